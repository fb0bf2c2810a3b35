"""Read a text for mapping: its sentences with what they say of each part."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from models.text import Span
from pipeline.map_calibration import GATE_LIMIT
from pipeline.map_cues import CueTable
from pipeline.map_encoder import Encoder, Floats
from pipeline.map_scores import GateTable, PartTable, pool
from pipeline.map_skim import Skim
from pipeline.sentences import Sentence, count_words
from rules.standards import StandardFile

_LONG, _SECTION = 300, 40
"""Words of a text from which its sections are read on their own, and of such a section. What is
shorter is read at once: there one section explains another."""

_LABEL = re.compile(r"\[[^\[\]]*\]")

_UNREAD = -20.0
"""Score of a sentence that was not read closely: below every other."""

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
        mute: Headings of what follows them, and lines of labels: they are not quoted.
    """

    spans: tuple[Span, ...]
    scores: Floats
    cues: tuple[tuple[tuple[str, ...], ...], ...]
    gate: float
    mute: frozenset[int] = frozenset()

    def features(self, column: int) -> tuple[float, ...]:
        """Return a part's features, in the order of `map_calibration.FEATURES`."""
        gate = max(-GATE_LIMIT, min(GATE_LIMIT, self.gate))
        pooled = float(pool(self.scores[:, [column]])[0])
        cues = max(len(self.cue_names(column, row)) for row in range(len(self.spans)))
        return (round(pooled, 3), float(cues), round(gate, 3))

    def best(self, column: int) -> list[int]:
        """Return the sentences that show a part best, best first; what says nothing by itself last."""
        order = [int(row) for row in np.argsort(-self.scores[:, column], kind="stable")]
        return sorted(order, key=lambda row: row in self.mute)

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


@dataclass(frozen=True, slots=True)
class Reader:
    """What it takes to read a text for one standard."""

    encoder: Encoder
    gate: GateTable
    skim: Skim
    parts: PartTable | Prototypes
    cues: CueTable

    def read(self, text: str, sentences: Sequence[Sentence]) -> Reading:
        """Read the sentences of a text, section by section; of a very long one, the most promising.

        A text is CPD where one of its sections is: a record of work may close with what was learnt.
        """
        spans = tuple(sentence.span for sentence in sentences)
        words = [text[span.start : span.end] for span in spans]
        found = tuple(map(self.cues.names_in, words))
        chosen = self.skim.choose(words, [sum(map(len, cues)) for cues in found])
        edges = [bisect_left(chosen, start) for start, _ in sections(words, sentences)]
        parts = [chosen[start:end] for start, end in pairwise([*edges, len(chosen)]) if start < end]
        vectors = [self.encoder.vectors([words[row] for row in part]) for part in parts]
        read = self.parts.of(np.concatenate(vectors))
        scores = np.full((len(words), read.shape[1]), _UNREAD, dtype=np.float32)
        scores[chosen] = read
        return Reading(spans, scores, found, max(map(self.gate.of, vectors)), _mute(words, sentences))


def sections(words: Sequence[str], sentences: Sequence[Sentence]) -> list[tuple[int, int]]:
    """Divide a long text at its headings; a section of few words stays with the one before or after it."""
    counts = [count_words(sentence) for sentence in words]
    if sum(counts) <= _LONG:
        return [(0, len(words))]
    edges, length = [0], 0
    for row, (sentence, count) in enumerate(zip(sentences, counts, strict=True)):
        if sentence.is_heading and length >= _SECTION:
            edges.append(row)
            length = 0
        length += count
    if length < _SECTION and len(edges) > 1:
        edges.pop()
    return list(pairwise([*edges, len(sentences)]))


def _mute(words: Sequence[str], sentences: Sequence[Sentence]) -> frozenset[int]:
    """Number lines of labels, and headings that no heading follows: of notes, each line looks like one."""
    following = enumerate(pairwise(sentences))
    titles = {row for row, (one, then) in following if one.is_heading and not then.is_heading}
    labels = {row for row, said in enumerate(words) if "[" in said and count_words(_LABEL.sub("", said)) < 3}
    return frozenset(titles | labels)


def _unit(vectors: Floats) -> Floats:
    """Bring vectors to length 1."""
    unit: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return unit
