"""Claims: what one recognizer says of one stretch of a text, before all of them are settled."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace

from models.findings import EntityType, LookAlike, Role

_WORD = re.compile(r"[^\W\d_]{3}|\d")


@dataclass(frozen=True, slots=True)
class Claim:
    """Words that a recognizer holds for personal data, or for something that looks so.

    Attributes:
        start: Offset of the first code point in the readable text.
        end: Offset after the last.
        score: How sure the recognizer is, 0 to 1.
        look_alike: Why the words are not personal data although they look so, else None.
        role_score: How sure the recognizer is of the role, 0 to 1.
        person: Number of the person the words name, once people are told apart.
    """

    start: int
    end: int
    entity_type: EntityType
    score: float
    recognizer: str
    look_alike: LookAlike | None = None
    role: Role = Role.UNKNOWN
    role_score: float = 0.0
    person: int | None = None

    def overlaps(self, other: Claim) -> bool:
        """Tell whether the two share a character."""
        return self.start < other.end and other.start < self.end


class Places:
    """Stretches of a text that do not overlap, quick to ask what lies at a place."""

    def __init__(self, claims: Iterable[Claim] = ()) -> None:
        """Lay down claims in order; one that overlaps an earlier one is left out."""
        self._ends: list[int] = []
        self._claims: list[Claim] = []
        for claim in claims:
            self.add(claim)

    def add(self, claim: Claim) -> bool:
        """Lay a claim down where nothing lies yet, and tell whether there was room."""
        at = bisect_left(self._ends, claim.start + 1)
        if at < len(self._claims) and self._claims[at].start < claim.end:
            return False
        self._ends.insert(at, claim.end)
        self._claims.insert(at, claim)
        return True

    def over(self, start: int, end: int) -> list[Claim]:
        """List the claims that share a character with a stretch, in reading order."""
        at = bisect_left(self._ends, start + 1)
        found = []
        while at < len(self._claims) and self._claims[at].start < end:
            found.append(self._claims[at])
            at += 1
        return found

    def in_order(self) -> tuple[Claim, ...]:
        """List all claims in reading order."""
        return tuple(self._claims)


_DIRECT_FIRST = 0.1
"""How much surer what identifies by itself counts than what it may stand beside."""


def settle(claims: Iterable[Claim], text: str) -> tuple[Claim, ...]:
    """Let the surer claim stand where two overlap, and of two equally sure the longer.

    Of the other one, what is left beside it stays if that holds a word.
    """
    places = Places()
    for claim in sorted(claims, key=_rank):
        for part in _free(claim, places):
            if part is claim or _WORD.search(text, part.start, part.end):
                places.add(part)
    return places.in_order()


def _rank(claim: Claim) -> tuple[float, int, int]:
    """Order claims by how sure they are, then by length, then by place."""
    bonus = _DIRECT_FIRST if claim.entity_type.is_direct and claim.look_alike is None else 0.0
    return -(claim.score + bonus), claim.start - claim.end, claim.start


def _free(claim: Claim, places: Places) -> list[Claim]:
    """Give what no other claim covers of a claim: all of it, its longest part, or nothing."""
    others = places.over(claim.start, claim.end)
    if not others:
        return [claim]
    edges = [claim.start, *(edge for other in others for edge in (other.start, other.end)), claim.end]
    gaps = [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end]
    if not gaps or claim.look_alike:
        return []
    start, end = max(gaps, key=lambda gap: gap[1] - gap[0])
    return [replace(claim, start=start, end=end)]
