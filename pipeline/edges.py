"""Bring the edges of a claim to where the name or number begins and ends."""

from __future__ import annotations

import re
from dataclasses import replace

from models.findings import EntityType
from pipeline.claims import Claim

_NEAR = 24
"""How far an edge may move, in code points."""

_WORD_BEFORE = re.compile(r"(?:[^\W\d_]+['’\-])*[^\W\d_]+['’\-]?$")
_WORD_AFTER = re.compile(
    r"(?:(?<=[^\W\d_])|['’\-](?!(?:s|d|ll|re|ve|m)\b)(?=[^\W\d_]))[^\W\d_]+(?:['’\-](?!(?:s|d|ll)\b)[^\W\d_]+)*"
)
_INITIALS_BEFORE = re.compile(r"(?<![\w.'’])(?:(?:[^\W\d_a-z]\.[ ]?\-?){1,3}|[B-HJ-Z](?:-[A-Z])?[ ])$")
_INITIAL_AFTER = re.compile(
    r"[ ](?:[B-HJ-Z]|[A-Z](?=\.))(?:-[A-Z])?(?=\.?(?:[\W_]|$))(?!['’\-/&]|[ ]?\d|\.\w)"
)
_TITLE_BEFORE = re.compile(
    r"(?<![\w.])(?:mr|mrs|ms|miss|mx|dr|prof|professor|cllr|rev|revd|pc|wpc|pcso|dc|ds|di|sgt|supt|insp"
    r"|hhj)\.?[ ]$",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’](?:[sSdD]|ll)$")
_RAGS = ' \t\n\r,;:|"“”‘*([<>'


def shape(claim: Claim, text: str) -> Claim:
    """Trim what is no part of the words, and take in the rest of a name that is cut.

    A name takes in its title, initials beside it and the other half of a double name.
    """
    start, end = _trimmed(text, claim.start, claim.end)
    if claim.entity_type is EntityType.PERSON and claim.look_alike is None:
        start, end = _whole_name(text, start, end)
    return claim if (start, end) == (claim.start, claim.end) else replace(claim, start=start, end=end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out spaces and opening marks at the edges, and a possessive at the end."""
    while start < end - 1 and text[start] in _RAGS:
        start += 1
    while end - 1 > start and text[end - 1] in _RAGS:
        end -= 1
    possessive = _POSSESSIVE.search(text, max(start + 1, end - 3), end)
    return start, possessive.start() if possessive and possessive.start() - start > 1 else end


def _whole_name(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in what belongs to a name on both sides of it."""
    after = _WORD_AFTER.match(text, end, end + _NEAR)
    if after and text[end - 1].isalpha():
        end = after.end()
    for pattern in (_WORD_BEFORE, _INITIALS_BEFORE, _TITLE_BEFORE):
        if pattern is _WORD_BEFORE and not (
            text[start].isalpha() and start and (text[start - 1].isalpha() or text[start - 1] in "'’-")
        ):
            continue
        before = pattern.search(text, max(0, start - _NEAR), start)
        start = before.start() if before else start
    initial = _INITIAL_AFTER.match(text, end, end + _NEAR)
    return start, initial.end() if initial else end
