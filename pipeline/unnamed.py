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

KIND_OF_PLACE = re.compile(
    r"(?:flats?|houses?|lane|street|st|road|avenue|court|place|way|park|estate|close|wing|site|floor|room|bay|bed"
    r"|terrace)",
    re.IGNORECASE,
)
"""What an address is called that has a name or a number besides."""

_PLACES = frozenset({EntityType.STREET_ADDRESS, EntityType.LOCATION, EntityType.ORGANISATION})


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
    """Tell whether a place is none by its words: a single one, plain and in small letters.

    "The lane" as an address is doubted by how sure the classifier is (`pipeline.scraps`).
    """
    words = text[claim.start : claim.end]
    if claim.entity_type is EntityType.STREET_ADDRESS and KIND_OF_PLACE.fullmatch(words):
        return False
    is_plain = words.isalpha() and words.islower() and words in _ORDINARY - _WORD_NAMES
    return claim.entity_type in _PLACES and is_plain and not is_careless(text, claim.start, claim.end)
