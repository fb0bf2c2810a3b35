"""Beside: the other half of an author's name, who is named together with one, and what has an address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from models.findings import EntityType, LookAlike
from pipeline.claims import SURE as TAGGER
from pipeline.claims import Claim
from pipeline.people import parse
from pipeline.speech import is_lived

_SPREADS = frozenset({LookAlike.THEORIST, LookAlike.INQUIRY, LookAlike.LAW})
"""What names stand together: authors cited in a row, judges, children of inquiries."""

SURE = 0.85
"""How sure an author must be before that says anything of a name joined to it."""

HALF = 0.95
"""How sure the classifier may be that half a name is somebody's, and be wrong."""

JOINED = 0.8
"""The same of a name joined to another one by a comma or "and"."""

_ONE_NAME = re.compile(r"[ ]|-")
_TOGETHER = re.compile(r"[ ]?[,;][ ](?:and[ ]|&[ ])?|[ ](?:and|&|with)[ ]|[ ]?/[ ]?")
_COMMA = re.compile(r",[ \n]")
_CAPITAL = re.compile(r"[^\W\d_a-zß-öø-ÿ]")


def beside(claims: Iterable[Claim], text: str) -> Iterator[Claim]:
    """Say of a doubtful name that it is an author's where a name on either side of it is."""
    found = list(claims)
    for order in (range(1, len(found)), range(len(found) - 2, -1, -1)):
        step = -1 if order.step > 0 else 1
        for at in order:
            reason = _reason(found[at], found[at + step], text)
            if reason:
                found[at] = replace(found[at], look_alike=reason)
    yield from found


def _reason(claim: Claim, other: Claim, text: str) -> LookAlike | None:
    """Return why a name is nobody's in the story, if the claim beside it says so."""
    if claim.look_alike or claim.entity_type is not EntityType.PERSON or claim.recognizer != TAGGER:
        return None
    if other.look_alike not in _SPREADS or parse(text[claim.start : claim.end]).titles:
        return None
    if is_lived(text, claim.start, claim.end):
        return None
    left, right = sorted((claim, other), key=lambda c: c.start)
    is_name = _CAPITAL.match(text, left.start) and _CAPITAL.match(text, right.start)
    if is_name and claim.score <= HALF and _ONE_NAME.fullmatch(text, left.end, right.start):
        return other.look_alike
    if claim.score <= JOINED and other.score >= SURE and _TOGETHER.fullmatch(text, left.end, right.start):
        return other.look_alike
    return None


def addressed(claims: Iterable[Claim], text: str) -> Iterator[Claim]:
    """Take what has a street address for a body, and what follows that for its town: courses have none.

    "Calder Vale Training, 40 Wharf Row, Sowerby Bridge".
    """
    found = list(claims)
    for at, claim in enumerate(found):
        if claim.entity_type is EntityType.STREET_ADDRESS and claim.look_alike is None:
            for beside_it, kind in ((at - 1, EntityType.ORGANISATION), (at + 1, EntityType.LOCATION)):
                if 0 <= beside_it < len(found) and _is_part(found[beside_it], claim, text):
                    found[beside_it] = replace(found[beside_it], entity_type=kind, look_alike=None)
    yield from found


def _is_part(claim: Claim, address: Claim, text: str) -> bool:
    """Tell whether a doubtful course is joined to an address by a comma."""
    if claim.look_alike is not LookAlike.COURSE or claim.score >= SURE or claim.recognizer != TAGGER:
        return False
    left, right = sorted((claim, address), key=lambda c: c.start)
    return bool(_CAPITAL.match(text, claim.start) and _COMMA.fullmatch(text, left.end, right.start))
