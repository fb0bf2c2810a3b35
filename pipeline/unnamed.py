"""Unnamed: words that stand for a thing or a place and name none, whatever the classifier says."""

from __future__ import annotations

import re

from models.findings import EntityType
from pipeline.capitals import is_careless
from pipeline.claims import Claim
from rules.lists.lists import load_list

_ORDINARY = load_list("words")
_WORD_NAMES = load_list("word_names")

_ARTICLE = re.compile(r"(?<!\w)(?:an?|the|another)[ ]$", re.IGNORECASE)
_AN = re.compile(r"(?<!\w)an?[ ]$", re.IGNORECASE)
_THE = re.compile(r"(?<!\w)the[ ]$", re.IGNORECASE)
_THEIRS = re.compile(
    r"[ ](?:baby|boys|brothers|case|children|family|file|girls|house|household|kids|lot|review|siblings"
    r"|sisters|twins|visit)\b"
)
"""What follows a surname that has "the" before it."""

_HOUSE = re.compile(r"\b(?:no\.?|number|flat|plot|c/o|to|at|not|of|from|about)[ \n>]{1,4}$", re.IGNORECASE)
"""What stands before a house's number."""

_PLACES = frozenset({EntityType.STREET_ADDRESS, EntityType.LOCATION, EntityType.ORGANISATION})
_KINDS_OF_PLACE = frozenset(
    (
        *("road", "street", "lane", "avenue", "close", "court", "house", "houses", "estate", "terrace"),
        *("place", "park", "way", "flat", "flats", "st"),
    )
)
_SURE_OF_NUMBER, _SURE_OF_KIND = 0.5, 0.7
"""How sure the classifier must be that a number alone is a house's, and that "the lane" is an address."""


def has_article(text: str, start: int) -> bool:
    """Tell whether an article stands before a place, as before nobody's name or initials."""
    return bool(_ARTICLE.search(text, max(0, start - 9), start))


def is_thing(text: str, start: int, end: int) -> bool:
    """Tell whether a word in small letters is a thing by its article: "a mark on his arm", "the mason"."""
    word = text[start:end]
    if not (word.islower() and word.isalpha()):
        return False
    if _THE.search(text, max(0, start - 5), start):
        return (word in _ORDINARY or word in _WORD_NAMES) and not _THEIRS.match(text, end)
    return bool(_AN.search(text, max(0, start - 4), start))


def is_unnamed_place(claim: Claim, text: str) -> bool:
    """Tell whether a place is none by its words: one plain word, a bare number, "Flat"."""
    words = text[claim.start : claim.end]
    if claim.entity_type not in _PLACES:
        return False
    if claim.entity_type is EntityType.STREET_ADDRESS:
        if words.isdigit():
            is_house = bool(_HOUSE.search(text, max(0, claim.start - 12), claim.start))
            return claim.score < _SURE_OF_NUMBER and not is_house
        if words.casefold() in _KINDS_OF_PLACE:
            return claim.score < _SURE_OF_KIND
    is_plain = words.isalpha() and words.islower() and words in _ORDINARY - _WORD_NAMES
    return is_plain and not is_careless(text, claim.start, claim.end)
