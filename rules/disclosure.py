"""What discloses something about a person without a name, told by words near each other."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from models.serialize import from_json

DISCLOSURES = Path(__file__).with_name("disclosure.json")


@dataclass(frozen=True)
class Disclosure:
    """A matter that may not be told of a person, even one without a name.

    Attributes:
        code: Of the wording.
        subject: Patterns of the words that stand for such a person, matched whole.
        matter: Patterns of the words that tell the matter, matched whole.
    """

    code: str
    subject: tuple[str, ...]
    matter: tuple[str, ...]

    @cached_property
    def subjects(self) -> re.Pattern[str]:
        """Words for such a person, or (as group `own`) for the practitioner."""
        return re.compile(
            rf"\b(?:(?P<own>i|i'm|i’m|i've|me|myself)|{'|'.join(self.subject)})\b", re.IGNORECASE
        )

    @cached_property
    def matters(self) -> re.Pattern[str]:
        """The words for the matter."""
        return re.compile(rf"\b(?:{'|'.join(self.matter)})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Table:
    disclosures: tuple[Disclosure, ...]


def load_disclosures() -> tuple[Disclosure, ...]:
    """Load the project's disclosures.

    Raises:
        ValueError: If the table is malformed.
    """
    return from_json(_Table, json.loads(DISCLOSURES.read_text(encoding="utf-8"))).disclosures
