"""Score sentences and entries for the parts of a standard: small tables over sentence vectors."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.serialize import read_json
from pipeline.map_encoder import Floats

_BEST, _NEXT = 0.7, 0.3
"""An entry's score is mostly its best sentence's: it does not grow with length."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One score: a weight for each number of a vector, and what is added."""

    weights: tuple[float, ...]
    bias: float

    def of(self, vectors: Floats) -> Floats:
        """Score each row."""
        scored: Floats = vectors @ np.asarray(self.weights, dtype=np.float32) + np.float32(self.bias)
        return scored


@dataclass(frozen=True, slots=True)
class GateTable:
    """How an entry is told from what is no CPD at all."""

    weigh: Layer
    gate: Layer

    def of(self, vectors: Floats) -> float:
        """Score a text for being CPD: above 0 more likely than not."""
        weights = self.weigh.of(vectors)
        weights = np.exp(weights - weights.max())
        return float(self.gate.of((weights / weights.sum())[None, :] @ vectors)[0])


@dataclass(frozen=True, slots=True)
class PartTable:
    """How the parts of one standard are told in a sentence, by part."""

    standard: str
    trained_on: str
    parts: dict[str, Layer]

    def of(self, vectors: Floats) -> Floats:
        """Score each sentence (row) for each part (column)."""
        return np.column_stack([layer.of(vectors) for layer in self.parts.values()])


def pool(scores: Floats) -> Floats:
    """Make one score for a text of its sentences' scores, part by part."""
    best = -np.sort(-scores, axis=0)[:2]
    pooled: Floats = _BEST * best[0] + _NEXT * best.mean(axis=0)
    return pooled


def read_gate(folder: Path) -> GateTable:
    """Read the gate of a folder."""
    return read_json(GateTable, folder / "gate.json")


def read_parts(folder: Path) -> dict[str, PartTable]:
    """Read the tables of the standards that have labelled passages, by standard."""
    paths = sorted(folder.glob("parts-*.json"))
    tables = [read_json(PartTable, path) for path in paths]
    return {table.standard: table for table in tables}
