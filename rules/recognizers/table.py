"""Read the recognizer tables: what a pattern finds, how sure it is, and what it must leave alone."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from models.findings import EntityType, LookAlike, Role

_FOLDER = Path(__file__).parent
_FRAGMENT = re.compile(r"<<(\w+)>>")


@dataclass(frozen=True, slots=True)
class Row:
    """One pattern of a table.

    Attributes:
        name: What findings say they were found by.
        pattern: Matches the cue words with the identifying words; the group `it` (or
            `it2`, `it3` where there are several) holds just the identifying words.
        score: How sure a match is, 0 to 1.
        entity_type: What it finds; of a look-alike, what that would be taken for.
        look_alike: Why a match is not personal data, or None where it is.
        role: Whom a match is about, where the pattern tells.
        check: Name of the check that a match must pass, or None.
        unchecked_score: Score of a match that fails the check; 0 drops it.
        find: Texts with the words to find in ⟦brackets⟧.
        leave: Texts in which nothing is found.
    """

    name: str
    pattern: re.Pattern[str]
    score: float
    entity_type: EntityType
    look_alike: LookAlike | None
    role: Role
    check: str | None
    unchecked_score: float
    find: tuple[str, ...]
    leave: tuple[str, ...]


@cache
def load_rows(table: str) -> tuple[Row, ...]:
    """Read one table, such as "numbers", with its patterns compiled.

    Raises:
        ValueError: A row names an unknown type or fragment, or its pattern is malformed.
    """
    path = _FOLDER / f"{table}.toml"
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    fragments = _load_fragments() | read.get("fragments", {})
    return tuple(_row(row, fragments) for row in read["recognizer"])


@cache
def _load_fragments() -> dict[str, str]:
    """Read the pieces that patterns of all tables are made of."""
    return dict(tomllib.loads((_FOLDER / "fragments.toml").read_text(encoding="utf-8")))


def tables() -> tuple[str, ...]:
    """Name every table in order."""
    return tuple(sorted(p.stem for p in _FOLDER.glob("*.toml") if p.stem != "fragments"))


def _row(row: dict[str, Any], fragments: dict[str, str]) -> Row:
    """Make one row of what the file says of it."""
    look_alike = row.get("look_alike")
    try:
        pattern = re.compile(_filled(row["pattern"], fragments), re.VERBOSE | re.MULTILINE)
    except (re.error, KeyError) as error:
        raise ValueError(f"recognizer {row['name']}: {error}") from error
    return Row(
        name=row["name"],
        pattern=pattern,
        score=row["score"],
        entity_type=EntityType(row["type"]),
        look_alike=LookAlike(look_alike) if look_alike else None,
        role=Role(row.get("role", Role.UNKNOWN)),
        check=row.get("check"),
        unchecked_score=row.get("unchecked_score", 0.0),
        find=tuple(row.get("find", ())),
        leave=tuple(row.get("leave", ())),
    )


def _filled(pattern: str, fragments: dict[str, str]) -> str:
    """Put the fragments that a pattern names in their places, those of fragments too."""
    while _FRAGMENT.search(pattern):
        pattern = _FRAGMENT.sub(lambda found: f"(?:{fragments[found[1]]})", pattern)
    return pattern
