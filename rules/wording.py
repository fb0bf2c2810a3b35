"""What practitioners are told about a finding: title, why it matters, what to write instead."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from models.findings import EntityType, Role, Verdict
from models.serialize import from_json
from models.warnings import Grade

WORDING = Path(__file__).with_name("wording.json")


@dataclass(frozen=True, slots=True)
class Wording:
    """One line of the wording table. A condition that is left out holds always.

    Attributes:
        code: Id of the wording, kept for good: pages and statistics refer to it.
        kinds: Kinds of place or organisation, as in the kind table.
        verdicts: What policy says of the finding.
        title: What was found, as a heading; `{places}` stands for how often.
        instead: What to write instead; the checker itself does not flag it.
    """

    code: str
    title: str
    why: str
    instead: str
    grade: Grade
    types: tuple[EntityType, ...] = ()
    roles: tuple[Role, ...] = ()
    kinds: tuple[str, ...] = ()
    verdicts: tuple[Verdict, ...] = ()

    def fits(self, entity_type: EntityType, role: Role, kind: str | None, verdict: Verdict) -> bool:
        """Tell whether the wording is about such a finding."""
        return (
            (not self.types or entity_type in self.types)
            and (not self.roles or role in self.roles)
            and (not self.kinds or kind in self.kinds)
            and (not self.verdicts or verdict in self.verdicts)
        )


@dataclass(frozen=True)
class WordingTable:
    """All wordings: `findings` in the order in which they are tried, `others` by code."""

    findings: tuple[Wording, ...]
    others: tuple[Wording, ...]

    @cached_property
    def by_code(self) -> dict[str, Wording]:
        """The wordings by their code."""
        return {w.code: w for w in (*self.findings, *self.others)}

    def wording_for(self, entity_type: EntityType, role: Role, kind: str | None, verdict: Verdict) -> Wording:
        """Return the first wording that fits a finding."""
        return next(w for w in self.findings if w.fits(entity_type, role, kind, verdict))


def load_wording() -> WordingTable:
    """Load the project's wording.

    Raises:
        ValueError: If the table is malformed, uses a code twice, or has no wording for
            some finding.
    """
    table = from_json(WordingTable, json.loads(WORDING.read_text(encoding="utf-8")))
    if len(table.by_code) != len(table.findings) + len(table.others):
        raise ValueError("a code stands twice in the wording")
    for entity_type in EntityType:
        if not any(w.fits(entity_type, Role.UNKNOWN, None, Verdict.BLOCK) for w in table.findings):
            raise ValueError(f"no wording for {entity_type}")
    return table
