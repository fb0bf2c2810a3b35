"""Scraps: what the classifier marks that cannot be what it says, whatever the sentence means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from models.findings import EntityType
from pipeline.claims import Claim
from pipeline.days import is_month
from pipeline.recognizers.web import is_personal_page
from pipeline.unnamed import KIND_OF_PLACE

_SURE = 0.7
"""From which score on a word alone, such as "Lane", is left to the classifier."""

_NUMBER = re.compile(r"\(?\d{1,4}[a-z]?\)?|[A-Z]")
_HOUSE_BEFORE = re.compile(
    r"(?<!\w)(?:number|no\.?|flat|house|door|place[ ]of|instead[ ]of)[ ]$", re.IGNORECASE
)
_COUNTS = re.compile(
    r"\d|(?:first|second|third|fourth|fifth|sixth|seventh|eighth|nine?th|tenth|eleven|twel|teen|twent|thirt)",
    re.IGNORECASE,
)
_BORN = re.compile(r"\b(?:born|birth|birthday|d\.?o\.?b)\b", re.IGNORECASE)
_FILE = re.compile(r"[\w/\\.\-]+\.(?:xml|rels|docx?|pdf|png|jpe?g|xlsx?|txt)", re.IGNORECASE)
_PLATE_CHARACTERS, _LONGEST_PLATE = 5, 8
"""Letters and digits of the shortest and the longest number plate; a longer one is spelled out."""

_LASTED_BEFORE = re.compile(
    r"(?<![\w'’])(?:for|after|within|lived|(?:her|his|their|the)[ ](?:first|last)"
    r"|(?:wife|husband|partner)[ ]of)[ ]$",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"[ ]?(?:years|yrs|months|mths|weeks|wks)\b(?![ ](?:old|of[ ]age|younger|older))", re.IGNORECASE
)
_NEAR, _BIRTH = 20, 40
"""Characters before a claim that say what it counts; and that speak of a birth."""


def without_scraps(claims: Iterable[Claim], text: str) -> Iterator[Claim]:
    """Leave out what the classifier takes for a number, a plate or an address and cannot be one.

    A row's number in a table is no address, a word without a digit no date of birth, and
    how long a marriage lasted nobody's age.
    """
    for claim in claims:
        is_scrap = _SCRAPS.get(claim.entity_type)
        if claim.look_alike or is_scrap is None or not is_scrap(claim, text):
            yield claim


def _is_no_address(claim: Claim, text: str) -> bool:
    """Tell whether an address is a number or a kind of place alone."""
    words = text[claim.start : claim.end].strip()
    if _HOUSE_BEFORE.search(text, max(0, claim.start - _NEAR), claim.start):
        return False
    return claim.score < _SURE and any(p.fullmatch(words) for p in (_NUMBER, KIND_OF_PLACE))


def _is_no_birth(claim: Claim, text: str) -> bool:
    """Tell whether a date of birth counts nothing, and is no feast and not spoken of as a birth either."""
    words = text[claim.start : claim.end]
    is_sure, is_only_month = claim.score >= _SURE, is_month(words)
    is_named = words.istitle() or (is_sure and not words.islower())
    is_told = (is_sure or is_only_month) and _BORN.search(text, max(0, claim.start - _BIRTH), claim.end)
    return not (_COUNTS.search(words) or is_told or (is_named and not is_only_month))


def _is_no_plate(claim: Claim, text: str) -> bool:
    """Tell whether a number plate is too short for one or has no digit."""
    characters = [c for c in text[claim.start : claim.end] if c.isalnum()]
    is_word = len(characters) <= _LONGEST_PLATE and not any(c.isdigit() for c in characters)
    return len(characters) < _PLATE_CHARACTERS or is_word


def _is_no_page(claim: Claim, text: str) -> bool:
    """Tell whether an address on the web is a file's name, or leads to a body's page."""
    words = text[claim.start : claim.end]
    return bool(_FILE.fullmatch(words)) or not is_personal_page(words)


def _is_how_long(claim: Claim, text: str) -> bool:
    """Tell whether an age is how long something lasted: "for nineteen years"."""
    before = _LASTED_BEFORE.search(text, max(0, claim.start - _NEAR), claim.start)
    unit = _TIME.search(text, claim.start, claim.end + _NEAR)
    return bool(before and unit and unit.start() <= claim.end)


_SCRAPS: dict[EntityType, Callable[[Claim, str], bool]] = {
    EntityType.STREET_ADDRESS: _is_no_address,
    EntityType.DATE_OF_BIRTH: _is_no_birth,
    EntityType.VEHICLE_REGISTRATION: _is_no_plate,
    EntityType.URL: _is_no_page,
    EntityType.AGE: _is_how_long,
}
