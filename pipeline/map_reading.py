"""Read a text for mapping: its sentences with what they say of each part."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.text import Span
from pipeline.map_calibration import GATE_LIMIT
from pipeline.map_cues import CueTable
from pipeline.map_encoder import Encoder, Floats
from pipeline.map_scores import GateTable, PartTable, pool
from rules.standards import StandardFile

_SHARPNESS = 12.0
"""Turns how alike two sentences are (-1 to 1) into a score of about the trained tables' size."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in a text for one standard.

    Attributes:
        spans: The sentences, in the redacted text.
        scores: Of each sentence (row) for each part (column).
        cues: Names of the cue groups in each sentence, part by part.
        gate: Score of the text for being CPD at all.
    """

    spans: tuple[Span, ...]
    scores: Floats
    cues: tuple[tuple[tuple[str, ...], ...], ...]
    gate: float

    def features(self, column: int) -> tuple[float, ...]:
        """Return a part's features, in the order of `map_calibration.FEATURES`."""
        gate = max(-GATE_LIMIT, min(GATE_LIMIT, self.gate))
        pooled = float(pool(self.scores[:, [column]])[0])
        cues = max(len(self.cue_names(column, row)) for row in range(len(self.spans)))
        return (round(pooled, 3), float(cues), round(gate, 3))

    def best(self, column: int) -> list[int]:
        """Return the sentences that show a part best, best first."""
        return [int(row) for row in np.argsort(-self.scores[:, column], kind="stable")]

    def cue_names(self, column: int, row: int) -> list[str]:
        """Name a part's cue groups in a sentence and its neighbours."""
        near = self.cues[max(0, row - 1) : row + 2]
        return sorted({name for found in near for name in found[column]})


class Prototypes:
    """How the parts of a standard without labelled passages are told: by likeness to examples."""

    def __init__(self, file: StandardFile, encoder: Encoder) -> None:
        """Read the examples of each part, and those of none."""
        self._parts = [_unit(encoder.vectors(guide.prototypes)) for guide in file.guides]
        self._none = _unit(encoder.vectors(file.negatives))

    def of(self, vectors: Floats) -> Floats:
        """Score each sentence (row) for each part (column), above 0 where like it more than like none."""
        rows = _unit(vectors)
        none = np.max(rows @ self._none.T, axis=1)
        likeness = [np.max(rows @ examples.T, axis=1) - none for examples in self._parts]
        scored: Floats = np.float32(_SHARPNESS) * np.column_stack(likeness)
        return scored


def read_text(
    text: str,
    spans: tuple[Span, ...],
    encoder: Encoder,
    gate: GateTable,
    parts: PartTable | Prototypes,
    cues: CueTable,
) -> Reading:
    """Read the sentences of a text for one standard."""
    sentences = [text[span.start : span.end] for span in spans]
    vectors = encoder.vectors(sentences)
    found = tuple(cues.names_in(sentence) for sentence in sentences)
    return Reading(spans, parts.of(vectors), found, gate.of(vectors))


def _unit(vectors: Floats) -> Floats:
    """Bring vectors to length 1."""
    unit: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return unit
