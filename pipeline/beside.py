"""Beside: the other half of an author's name, and the author named together with one."""

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
