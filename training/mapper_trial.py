"""Try whether a trained table would serve a standard better than its examples and cues.

usage: python -m training.mapper_trial

By folds of texts, for a standard with few of them by one author: there is no author to leave out, so that
the figures are the upper end of what to expect.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np

from pipeline.map import Mapper, load_mapper
from pipeline.map_calibration import FEATURES
from pipeline.map_encoder import Floats
from pipeline.map_measure import MOST
from pipeline.map_scores import pool
from pipeline.sentences import split_sentences
from tests.quality.passages import Passage, read_passages

STANDARD, FILE = "hcpc-cpd", "hcpc"
FOLDS, PULLS = 5, (1.0, 3.0, 10.0, 30.0)
SHOWN = 4.0
"""Weight of a sentence that shows a part."""

CUES, GATE = FEATURES.index("cues"), FEATURES.index("gate")


def main() -> None:
    """Print precision at 1, recall at 3 and the F1 of the best threshold for each way."""
    mapper, passages = load_mapper(), read_passages((FILE,))
    parts = [part.id for part in mapper.files[STANDARD].standard.parts]
    wanted = np.array([[part in p.parts for part in parts] for p in passages])
    features = np.array([_features(p, mapper, len(parts)) for p in passages])
    passes = features[:, 0, GATE] > 0
    _tell("examples", features[:, :, 0], wanted, passes)
    _tell("examples and cues", features[:, :, 0] + 2 * features[:, :, CUES], wanted, passes)
    vectors = [mapper.readers[STANDARD].encoder.vectors(p.sentences) for p in passages]
    for strength in PULLS:
        scores = _trained(passages, vectors, parts, strength)
        _tell(f"trained, held by {strength:g}", scores, wanted, passes)
        _tell(f"trained, held by {strength:g}, and cues", scores + features[:, :, CUES], wanted, passes)


def _features(passage: Passage, mapper: Mapper, parts: int) -> list[tuple[float, ...]]:
    reading = mapper.readers[STANDARD].read(passage.text, split_sentences(passage.text))
    return [reading.features(column) for column in range(parts)]


def _trained(
    passages: Sequence[Passage], vectors: Sequence[Floats], parts: Sequence[str], strength: float
) -> Floats:
    """Score each passage by tables trained on the other folds."""
    fold = [n % FOLDS for n in range(len(passages))]
    random.Random(0).shuffle(fold)
    scores = np.zeros((len(passages), len(parts)), dtype=np.float32)
    for left_out in range(FOLDS):
        for column, part in enumerate(parts):
            weights = _fit(
                [r for n, r in enumerate(zip(passages, vectors, strict=True)) if fold[n] != left_out],
                part,
                strength,
            )
            for n, own in enumerate(fold):
                if own == left_out:
                    scores[n, column] = pool((vectors[n] @ weights[:-1] + weights[-1])[:, None])[0]
    return scores


def _fit(rows: Sequence[tuple[Passage, Floats]], part: str, strength: float) -> Floats:
    """Fit one part: its labelled sentences against every sentence of texts that do not show it."""
    found: list[tuple[Floats, float, float]] = []
    for passage, vectors in rows:
        if part in passage.parts:
            found += [(vectors[row], 1.0, SHOWN) for row in passage.evidence.get(part, ())]
        elif part not in passage.borderline:
            found += [(vector, 0.0, 1.0) for vector in vectors]
    columns = np.array([[*vector, 1.0] for vector, _, _ in found])
    right, counts = np.array([r for _, r, _ in found]), np.array([c for _, _, c in found])
    pull = strength * np.eye(columns.shape[1])
    pull[-1, -1] = 1e-3
    weights = np.zeros(columns.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-np.clip(columns @ weights, -30, 30)))
        bend = (columns * (counts * chance * (1 - chance))[:, None]).T @ columns + pull
        weights -= np.linalg.solve(bend, columns.T @ (counts * (chance - right)) + pull @ weights)
    return weights.astype(np.float32)


def _tell(name: str, scores: Floats, wanted: np.ndarray, passes: np.ndarray) -> None:  # type: ignore[type-arg]
    some = wanted.any(1)
    order = np.argsort(-scores, 1, kind="stable")
    first = wanted[some, order[some, 0]].mean()
    at_most = np.take_along_axis(wanted, order[:, :MOST], 1).sum() / wanted.sum()
    tried = [(scores > t) & passes[:, None] for t in np.quantile(scores, np.linspace(0.3, 0.99, 60))]
    best = max(2 * (shown & wanted).sum() / (shown.sum() + wanted.sum()) for shown in tried)
    print(f"{name:32} precision at 1 {first:.2f}, recall at 3 {at_most:.2f}, best F1 {best:.2f}")


if __name__ == "__main__":
    main()
