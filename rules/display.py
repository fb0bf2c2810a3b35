"""The words that people read for the codes of the system, on the terminal, in reports and on pages."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from models.entry import DocumentStatus
from models.findings import EntityType, Finding, LookAlike, Role, Verdict
from models.ledger import LedgerState
from models.results import Outcome
from models.serialize import from_json
from models.standards import Band

DISPLAY = Path(__file__).with_name("display.json")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A code as a heading and the sentence that explains it."""

    title: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Display:
    """The words for each code; of matters, those that stand beside the words that a warning marks."""

    types: dict[EntityType, str]
    roles: dict[Role, str]
    verdicts: dict[Verdict, str]
    outcomes: dict[Outcome, Sentence]
    statuses: dict[DocumentStatus, Sentence]
    states: dict[LedgerState, str]
    bands: dict[Band, str]
    matters: dict[str, str]

    def label(self, finding: Finding) -> str:
        """Name a finding in a few words: what it is and, where that is known, whose."""
        if finding.role is Role.UNKNOWN:
            return self.types[finding.entity_type]
        return f"{self.types[finding.entity_type]}, {self.roles[finding.role]}"

    @staticmethod
    def reason(look_alike: LookAlike) -> str:
        """Name the reason why something was left alone."""
        return look_alike.value.replace("_", " ")


@cache
def load_display() -> Display:
    """Load the project's words.

    Raises:
        ValueError: If the table is malformed or a code has no words.
    """
    display = from_json(Display, json.loads(DISPLAY.read_text(encoding="utf-8")))
    tables: tuple[tuple[type[StrEnum], Collection[str]], ...] = (
        (EntityType, display.types),
        (Role, display.roles),
        (Verdict, display.verdicts),
        (Outcome, display.outcomes),
        (LedgerState, display.states),
        (Band, display.bands),
    )
    for codes, words in tables:
        if set(codes) - set(words):
            raise ValueError(f"no words for some {codes.__name__}")
    return display
