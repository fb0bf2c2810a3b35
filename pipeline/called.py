"""What people are called in a text: where a word is somebody's name once, it can be again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from models.findings import EntityType
from pipeline.claims import Claim
from pipeline.names import fold
from pipeline.people import parse

_OWNED = re.compile(r"\b(?:an?|the|this|that|my|her|his|their|our|your)[ ]$", re.IGNORECASE)
"""What stands before things and not before names."""

_SURE = 0.7
"""How sure the classifier must be of a mention for others to be told by it."""


@dataclass(frozen=True, slots=True)
class Called:
    """Words that somebody in a text surely is called by.

    Attributes:
        names: Words of names written with capitals, folded.
        given: Given names of people who are named with their surname.
    """

    names: frozenset[str]
    given: frozenset[str]

    @classmethod
    def of(cls, claims: Iterable[Claim], text: str) -> Self:
        """Gather the names that the classifier is sure of."""
        sure = [
            parse(words)
            for claim in claims
            if claim.entity_type is EntityType.PERSON and not claim.look_alike and claim.score >= _SURE
            if (words := text[claim.start : claim.end]) != words.lower()
        ]
        named = (word for name in sure if not name.is_initials for word in name.words)
        given = (part for name in sure if name.is_full for part in name.words[0].split())
        return cls(frozenset(named), frozenset(given))

    def by_name(self, written: str) -> bool:
        """Tell whether each word of a name, but for its title, is one that somebody is called by."""
        words = parse(written).words
        return bool(words) and self.names.issuperset(words)

    def is_given(self, text: str, start: int, end: int) -> bool:
        """Tell whether a word is the given name of somebody who is named in full: "Fanta", not "her Fanta".

        A surname alone is as often a firm's.
        """
        return fold(text[start:end]) in self.given and not _OWNED.search(text, max(0, start - 8), start)
