"""Learn how much a sentence promises, from the words of sentences that the mapper has read closely.

usage: python -m training.mapper_skim --model FOLDER
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from math import log1p
from pathlib import Path

import numpy as np

from models.serialize import to_json
from pipeline.map_cues import CueTable
from pipeline.map_encoder import Encoder
from pipeline.map_scores import read_parts
from pipeline.map_skim import MOST_CUES, Skim, words_of
from rules.standards import load_standard_files
from tests.quality.passages import Passage, read_passages

STANDARD = "swe-4"
LEAST, PULL = 4, 20.0
"""Sentences that a word must stand in, and how firmly its weight is held to nothing."""

LOWEST, HIGHEST = -6.0, 4.0
"""Scores beyond these say no more."""


def examples(folder: Path, passages: Sequence[Passage]) -> Iterator[tuple[list[str], int, float]]:
    """Yield the words of each sentence, its cue groups, and the best score that it has for any part."""
    encoder, table = Encoder.load(folder), read_parts(folder)[STANDARD]
    cues = CueTable(load_standard_files()[STANDARD])
    for passage in passages:
        best = table.of(encoder.vectors(passage.sentences)).max(1).clip(LOWEST, HIGHEST)
        for sentence, score in zip(passage.sentences, best, strict=True):
            groups = sum(map(len, cues.names_in(sentence)))
            yield words_of(sentence), min(MOST_CUES, groups), float(score)


def fit(rows: Sequence[tuple[list[str], int, float]]) -> Skim:
    """Fit the scores by the words, as a sum."""
    counts = Counter(word for words, _, _ in rows for word in set(words))
    known = {word: n for n, word in enumerate(w for w, times in counts.items() if times >= LEAST)}
    columns = np.zeros((len(rows), len(known) + 3))
    for row, (words, cues, _) in zip(columns, rows, strict=True):
        row[[known[word] for word in set(words) if word in known]] = 1
        row[-3:] = log1p(len(words)), cues, 1
    pull = np.diag([PULL] * (len(known) + 2) + [1e-3])
    wanted = np.array([score for _, _, score in rows])
    weights = [round(float(w), 3) for w in np.linalg.solve(columns.T @ columns + pull, columns.T @ wanted)]
    told = {word: weights[known[word]] for word in sorted(known)}
    return Skim(told, length=weights[-3], cue=weights[-2])


def main() -> None:
    """Fit as the command line says, and write the table beside the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    asked = parser.parse_args()
    skim = fit(list(examples(asked.model, read_passages())))
    (asked.model / "skim.json").write_text(json.dumps(to_json(skim)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
