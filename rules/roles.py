"""Words that tell whose name this is: a title, a job or kin word beside it, a form label."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from models.findings import Role
from models.serialize import from_json

ROLES = Path(__file__).with_name("roles.json")

_SHAPES: dict[str, str] = {
    "before": r"\b(?:{})[\s,:;.(\-–|]*$",
    "after": r"^[\s,(\-–|]+(?:{})\b",
    "title": r"^(?:{})\b",
}


@dataclass(frozen=True)
class Cue:
    """Words beside or inside a name that tell the role.

    Attributes:
        side: Whether the words stand "before" the name, "after" it, or as its "title".
        words: A pattern, matched whole and in any letter case.
    """

    role: Role
    side: str
    words: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The words in their place."""
        return re.compile(_SHAPES[self.side].format(self.words), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RoleTable:
    """The cues in the order in which they are tried, and titles that are no name."""

    titles: tuple[str, ...]
    cues: tuple[Cue, ...]


def load_roles() -> RoleTable:
    """Load the project's cues.

    Raises:
        ValueError: If the table is malformed.
    """
    table = from_json(RoleTable, json.loads(ROLES.read_text(encoding="utf-8")))
    for cue in table.cues:
        if cue.side not in _SHAPES:
            raise ValueError(f"no such side: {cue.side}")
    return table
