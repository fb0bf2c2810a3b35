"""What discloses something about a person without a name: whom a text speaks of, and matters told of them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from models.serialize import from_json

DISCLOSURES = Path(__file__).with_name("disclosure.json")


class Whose(StrEnum):
    """Whom a matter is told of, as far as such a matter goes.

    A worker is a colleague, manager or student; a professional works elsewhere, and "she" after one
    is more often the person whom both work with. Unsaid: a name whose owner we cannot tell, or
    a pronoun that nobody stands before.
    """

    OWN = "own"
    WORKER = "worker"
    PROFESSIONAL = "professional"
    OTHER = "other"
    ANYBODY = "anybody"
    PRONOUN = "pronoun"
    UNSAID = "unsaid"


@dataclass(frozen=True)
class Disclosure:
    """A matter that may not be told of a person, even one without a name.

    Attributes:
        code: Of the wording.
        told_of: Of whom it may not be told.
        told: Patterns of the words that tell it of whoever is named before, matched whole.
        about: Patterns of the words that tell it of whoever is named after "of", "by",
            "against": "a grievance against my manager". They tell it of those before too.
    """

    code: str
    told_of: tuple[Whose, ...]
    told: tuple[str, ...]
    about: tuple[str, ...]


@dataclass(frozen=True)
class DisclosureTable:
    """The table as its file has it.

    Attributes:
        people: Patterns of the words that speak of somebody, the first kind first.
        fragments: Patterns that others are made of, by the name they have in braces.
        about_all: Patterns that make a sentence one about people in general or a published case.
    """

    people: dict[str, tuple[str, ...]]
    fragments: dict[str, str]
    about_all: tuple[str, ...]
    disclosures: tuple[Disclosure, ...]

    @cached_property
    def matters(self) -> tuple[tuple[Disclosure, re.Pattern[str]], ...]:
        """The words for each matter; those that can be about somebody after them as group `about`."""
        return tuple(
            (d, self._pattern(f"(?P<about>{_any(d.about)})|{_any(d.told)}")) for d in self.disclosures
        )

    @cached_property
    def mentions(self) -> re.Pattern[str]:
        """Words that speak of somebody, each kind a group of its name."""
        return self._pattern("|".join(f"(?P<{Whose(kind)}>{_any(w)})" for kind, w in self.people.items()))

    @cached_property
    def in_general(self) -> re.Pattern[str]:
        """What shows that a sentence tells of nobody in particular."""
        return self._pattern(_any(self.about_all))

    def _pattern(self, pattern: str) -> re.Pattern[str]:
        """Make a pattern of whole words, fragments filled in."""
        for name, fragment in self.fragments.items():
            pattern = pattern.replace(f"{{{name}}}", fragment)
        return re.compile(rf"\b(?:{pattern})(?!\w)", re.IGNORECASE)


def _any(patterns: tuple[str, ...]) -> str:
    """Join patterns; none of none fits."""
    return "|".join(patterns) or "(?!)"


def load_disclosures() -> DisclosureTable:
    """Load the project's disclosures.

    Raises:
        ValueError: If the table is malformed, or names a kind of people that there is not.
    """
    return from_json(DisclosureTable, json.loads(DISCLOSURES.read_text(encoding="utf-8")))
