"""Claims: what one recognizer says of one stretch of a text, before all of them are settled."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from models.findings import EntityType, LookAlike, Role


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


def settle(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Let the surer claim stand where two overlap, and of two equally sure the longer."""
    return Places(sorted(claims, key=lambda c: (-c.score, c.start - c.end, c.start))).in_order()
