"""Claims: what one recognizer says of one stretch of a text, before all of them are settled."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from models.findings import EntityType, LookAlike, Role

_WORD = re.compile(r"[^\W\d_]{3}|\d")
_CODE = re.compile(r"[^\W_]{2}|\d")
_DIGIT = re.compile(r"\d")
_WORDED = frozenset(
    {
        EntityType.PERSON,
        EntityType.STREET_ADDRESS,
        EntityType.SOCIAL_HANDLE,
        EntityType.EMAIL_ADDRESS,
        EntityType.URL,
    }
)
"""What identifies by itself and need not hold a digit."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Words that a recognizer holds for personal data, or for something that looks so.

    Attributes:
        start: Offset of the first code point in the readable text.
        end: Offset after the last.
        score: How sure the recognizer is, 0 to 1.
        look_alike: Why the words are not personal data although they look so, else None.
        role_score: How sure the recognizer is of the role, 0 to 1.
        other_roles: Other roles that it holds for possible, with how sure it is of each.
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
    other_roles: tuple[tuple[Role, float], ...] = ()
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

    def grow(self, claim: Claim) -> bool:
        """Let a claim of the same kind that lies under another grow over it, and tell whether it did."""
        under = self.over(claim.start, claim.end)
        if len(under) != 1 or not _is_same_kind(under[0], claim):
            return False
        at = self._claims.index(under[0], bisect_left(self._ends, under[0].end))
        self._claims[at] = replace(
            under[0], start=min(under[0].start, claim.start), end=max(under[0].end, claim.end)
        )
        self._ends[at] = self._claims[at].end
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
"""How much surer a rule of what is allowed, or what identifies by itself, counts."""

_KNOWN_FORM, _FORM_FIRST = 0.9, 0.2
"""How sure a rule is that knows a number by its form or by what it is called; and how much surer it counts:
of what kind a number is, a check digit or "meeting ID" knows more than the classifier."""

SURE, WEAK = "tagger", "tagger (weak)"
"""Names of the classifier as a recognizer: what it marks, and what it only doubts."""


def _is_same_kind(one: Claim, other: Claim) -> bool:
    """Tell whether two claims say the same of what they cover."""
    return one.entity_type is other.entity_type and one.look_alike is None and other.look_alike is None


def settle(claims: Iterable[Claim], text: str) -> tuple[Claim, ...]:
    """Let the surer claim stand where two overlap, and of two equally sure the longer.

    Two of one kind become one. Of another kind, what is left beside the surer stays
    if that holds a word.
    """
    places = Places()
    for claim in sorted(claims, key=_rank):
        if places.grow(claim):
            continue
        for part in _free(claim, places):
            if part is claim or _is_worth(part, text):
                places.add(part)
    return places.in_order()


def _is_worth(part: Claim, text: str) -> bool:
    """Tell whether what is left of a claim holds anything to hide."""
    word = _DIGIT if _is_number(part) else _CODE if part.entity_type.is_direct else _WORD
    return bool(word.search(text, part.start, part.end))


def _rank(claim: Claim) -> tuple[float, int, int]:
    """Order claims by how sure they are, then by length, then by place."""
    is_ruled = claim.recognizer not in (SURE, WEAK)
    is_first = claim.entity_type.is_direct if claim.look_alike is None else is_ruled
    bonus = _DIRECT_FIRST if is_first else 0.0
    if is_ruled and claim.score >= _KNOWN_FORM and _is_number(claim):
        bonus = _FORM_FIRST
    return -(claim.score + bonus), claim.start - claim.end, claim.start


def _is_number(claim: Claim) -> bool:
    """Tell whether a claim is of a number or a code."""
    return claim.entity_type.is_direct and claim.entity_type not in _WORDED


def owned(ruled: Iterable[Claim], learned: Iterable[Claim]) -> Iterator[Claim]:
    """Let a rule's claim be about whom the classifier takes the same words to be about."""
    places = Places(claim for claim in learned if claim.look_alike is None)
    for claim in ruled:
        over = places.over(claim.start, claim.end) if claim.role is Role.UNKNOWN else ()
        owner = max(over, key=lambda c: c.role_score, default=claim)
        yield replace(claim, role=owner.role, role_score=owner.role_score, other_roles=owner.other_roles)


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
