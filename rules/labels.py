"""Neutral labels that stand in the place of names and other identifying words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from models.findings import EntityType, Person, Role
from models.serialize import from_json

LABELS = Path(__file__).with_name("labels.json")
_NEEDS = ("kin", "kin_of", "job")


@dataclass(frozen=True, slots=True)
class PersonLabel:
    """What a person is called, by role and by what else is known.

    Attributes:
        needs: "kin", "kin_of" or "job": must be known of the person for this label.
        label: A pattern: `{letter}` and `{number}` are given in order of appearance,
            `{owner}` is the label of the person supported, `{kin}` and `{job}` are words.
    """

    label: str
    roles: tuple[Role, ...] = ()
    stages: tuple[str, ...] = ()
    needs: str | None = None

    def fits(self, person: Person) -> bool:
        """Tell whether the label suits a person."""
        return (
            (not self.roles or person.role in self.roles)
            and (not self.stages or person.stage in self.stages)
            and (self.needs is None or getattr(person, self.needs) is not None)
        )


@dataclass(frozen=True, slots=True)
class ThingLabel:
    """What anything but a person is called, by type and kind."""

    type: EntityType
    label: str
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class LabelTable:
    """All labels, the more telling first.

    Attributes:
        letters: Letters for people, in the order in which they are given. Letters that
            may hint at where a name comes from (Q, X, Z) are left out.
    """

    letters: str
    people: tuple[PersonLabel, ...]
    things: tuple[ThingLabel, ...]

    def for_person(self, person: Person) -> str:
        """Return the pattern of a person's label. The last one suits everybody."""
        return next(p.label for p in self.people if p.fits(person))

    def for_thing(self, entity_type: EntityType, kind: str | None) -> str:
        """Return the pattern of a thing's label."""
        fitting = (t for t in self.things if t.type is entity_type and t.kind in (kind, None))
        return next(fitting).label


def read_labels(untrusted: str) -> LabelTable:
    """Read a label table.

    Raises:
        ValueError: If it is malformed or leaves a person or a type without a label.
    """
    table = from_json(LabelTable, json.loads(untrusted))
    last = table.people[-1]
    if last.roles or last.stages or last.needs or any(p.needs not in (*_NEEDS, None) for p in table.people):
        raise ValueError("the last label for people must suit everybody")
    plain = {t.type for t in table.things if t.kind is None} | {EntityType.PERSON}
    if plain != set(EntityType):
        raise ValueError(f"no plain label for {sorted(set(EntityType) - plain)}")
    return table


def load_labels() -> LabelTable:
    """Load the project's labels."""
    return read_labels(LABELS.read_text(encoding="utf-8"))
