"""Put the pieces of one phrase together: what somebody does, has or went through takes several words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from models.findings import EntityType, LookAlike
from pipeline.claims import Claim

PHRASES = frozenset(
    {EntityType.EVENT, EntityType.OCCUPATION, EntityType.FAMILY, EntityType.HEALTH, EntityType.DEMOGRAPHIC}
)

NUMBERS = frozenset(
    {
        EntityType.CASE_REFERENCE,
        EntityType.REGISTRATION_NUMBER,
        EntityType.NHS_NUMBER,
        EntityType.NINO,
        EntityType.PHONE_NUMBER,
        EntityType.BANK_ACCOUNT,
        EntityType.DATE_OF_BIRTH,
        EntityType.POSTCODE,
        EntityType.VEHICLE_REGISTRATION,
    }
)
_CUT = frozenset(
    {
        (EntityType.LOCATION, EntityType.STREET_ADDRESS, None),
        (EntityType.ORGANISATION, EntityType.ORGANISATION, LookAlike.COURSE),
    }
)
"""What the head of a cut name is taken for, and its last word."""

_IN_NUMBER = re.compile(r"[ \-/.]?")
_WHOLE_DATE = re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-](?:19|20)?\d\d")

_BETWEEN_SURE = re.compile(r"[^.!?\n|;:()\"“”]{0,26}")
_BETWEEN_WEAK = re.compile(
    r"[^\w.!?\n|;:()\"“”]{0,2}(?:(?:the|a|an|of|and|in|on|at|to|for|with|her|his)[ ]){0,2}"
)


def join(sure: Iterable[Claim], weak: Iterable[Claim], text: str) -> list[Claim]:
    """Join the pieces of phrases that the classifier marked apart.

    Two sure pieces of one kind are joined over a few words. A doubtful piece counts
    only beside a sure one.
    """
    dates = [c for c in weak if _WHOLE_DATE.fullmatch(text, c.start, c.end)]
    beside = [c for c in weak if c.entity_type in PHRASES and c.end - c.start > 1]
    pieces = sorted((*sure, *dates, *beside), key=lambda c: (c.start, c.end))
    doubtful = {id(c) for c in beside}
    joined: list[Claim] = []
    kept: list[bool] = []
    for piece in pieces:
        is_sure = id(piece) not in doubtful
        if joined and _belongs(joined[-1], piece, text, both_sure=is_sure and kept[-1]):
            joined[-1] = _union(joined[-1], piece)
            kept[-1] = kept[-1] or is_sure
        else:
            joined.append(piece)
            kept.append(is_sure)
    return [claim for claim, is_kept in zip(joined, kept, strict=True) if is_kept]


def _belongs(left: Claim, right: Claim, text: str, *, both_sure: bool) -> bool:
    """Tell whether two pieces in reading order are parts of one phrase."""
    if left.look_alike or right.look_alike:
        return _is_cut_name(left, right, text)
    if {left.entity_type, right.entity_type} <= NUMBERS:
        return bool(_IN_NUMBER.fullmatch(text, left.end, right.start))
    if not {left.entity_type, right.entity_type} <= PHRASES:
        return _is_cut_name(left, right, text)
    if both_sure and left.entity_type is not right.entity_type:
        return False
    if right.start < left.end:
        return True
    pattern = _BETWEEN_SURE if both_sure else _BETWEEN_WEAK
    return bool(pattern.fullmatch(text, left.end, right.start))


def _is_cut_name(left: Claim, right: Claim, text: str) -> bool:
    """Tell whether a place's or a body's name was cut before its last word: "Sowerby" and "Bridge"."""
    if left.look_alike or text[left.end : right.start] != " " or not text[right.start : right.end].istitle():
        return False
    is_one_word = text[right.start : right.end].isalpha()
    return is_one_word and (left.entity_type, right.entity_type, right.look_alike) in _CUT


def _union(left: Claim, right: Claim) -> Claim:
    """Make one claim of two; the surer says what it is, of a number the longer, of a cut name its head."""
    if (left.entity_type, right.entity_type, right.look_alike) in _CUT:
        return replace(left, end=right.end)
    is_number = left.entity_type in NUMBERS
    surer = max(left, right, key=lambda c: (c.end - c.start if is_number else 0, c.score))
    return replace(surer, start=min(left.start, right.start), end=max(left.end, right.end))
