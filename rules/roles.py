"""Signs of who somebody is - kin, job, form label beside a name - and how much each one weighs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.findings import EntityType, Role
from models.serialize import from_json

ROLES = Path(__file__).with_name("roles.json")
WEIGHTS = Path(__file__).with_name("role_weights.json")

Floats = NDArray[np.float64]
LONGEST_SIGN = 4
"""Words in the longest sign."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A word or phrase that tells something of the person named beside it.

    Attributes:
        kind: What sort of sign it is ("kin", "professional", "signed").
        word: The neutral word for it in a label ("mother", "health visitor"), or "".
    """

    kind: str
    word: str


@dataclass(frozen=True)
class RoleTable:
    """The signs by kind and neutral word, and the types of number whose owner is known.

    Attributes:
        types: Role of the owner of a number of this type, such as an NHS number.
    """

    signs: dict[str, dict[str, tuple[str, ...]]]
    types: dict[EntityType, Role]

    @cached_property
    def by_phrase(self) -> dict[str, Sign]:
        """The signs by the phrase they are written with, in lower case."""
        return dict(self._phrases())

    def _phrases(self) -> Iterator[tuple[str, Sign]]:
        for kind, words in self.signs.items():
            for word, phrases in words.items():
                yield from ((phrase, Sign(kind, word)) for phrase in phrases)


@dataclass(frozen=True)
class Layer:
    """Weights of one pass: a row for each trait, a column for each role."""

    traits: tuple[str, ...]
    weights: tuple[tuple[float, ...], ...]

    @cached_property
    def _rows(self) -> dict[str, Floats]:
        return {trait: np.array(row) for trait, row in zip(self.traits, self.weights, strict=True)}

    def shares(self, traits: dict[str, float]) -> Floats:
        """Return the share of each role for a person with these traits; they add up to 1."""
        total = np.zeros(len(self.weights[0]))
        for trait, value in traits.items():
            row = self._rows.get(trait)
            if row is not None:
                total += value * row
        raised = np.exp(total - total.max())
        return np.asarray(raised / raised.sum())


@dataclass(frozen=True, slots=True)
class RoleWeights:
    """What was learnt from labelled documents: how much each trait speaks for each role.

    Attributes:
        first: Looks at a person alone.
        second: Looks at the neighbours too, with what the first made of them.
    """

    roles: tuple[Role, ...]
    first: Layer
    second: Layer


@dataclass(frozen=True, slots=True)
class RoleRules:
    """Everything needed to tell roles."""

    table: RoleTable
    weights: RoleWeights


def load_roles() -> RoleRules:
    """Load the project's signs and weights.

    Raises:
        ValueError: If a table is malformed, or a phrase stands in it twice.
    """
    table = from_json(RoleTable, json.loads(ROLES.read_text(encoding="utf-8")))
    phrases = [p for words in table.signs.values() for found in words.values() for p in found]
    if len(set(phrases)) != len(phrases) or any(len(p.split()) > LONGEST_SIGN for p in phrases):
        raise ValueError("a sign stands twice or is too long")
    return RoleRules(table, from_json(RoleWeights, json.loads(WEIGHTS.read_text(encoding="utf-8"))))
