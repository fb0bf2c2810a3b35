"""Fit the mapper's calibration on passages by authors whom the encoder has not read.

usage: python -m training.mapper_calibration --models FOLDER --out FOLDER

`--models` holds a folder for each author, such as `author-2`: a mapper exported from a run that left that
author out. Each author's passages are scored by the mapper that has not read them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np

from models.serialize import to_json
from models.standards import Band
from pipeline.map import Mapper, load_mapper
from pipeline.map_calibration import FEATURES, Calibration
from pipeline.map_measure import Judged, LabelledScore, judge, measure
from pipeline.map_reading import Reading
from pipeline.sentences import split_sentences
from tests.quality.passages import Passage, read_passages

STANDARD = "swe-4"
PRIOR = -2.0
"""Where an intercept is pulled to: without evidence a part is unlikely."""

POSSIBLE = tuple(n / 100 for n in range(20, 65, 5))
STRONG = tuple(n / 100 for n in range(60, 100, 5))
GATE = (-4.0, -3.0, -2.0, -1.0, 0.0)
"""Thresholds to choose from."""

MOST_NONE = 0.12
"""Share of texts that show nothing and may yet get a suggestion."""

STRONG_PRECISION, PART_PRECISION, ENOUGH = 0.90, 0.80, 5
"""Precision that "strong" must have over all parts, and in a part with enough of them; else it is capped."""


def scores(passages: Sequence[Passage], mapper: Mapper) -> Iterator[LabelledScore]:
    """Score every part of every passage."""
    parts = [part.id for part in mapper.files[STANDARD].standard.parts]
    for passage in passages:
        reading = mapper.readers[STANDARD].read(passage.text, split_sentences(passage.text))
        for column, part in enumerate(parts):
            shown = None if part in passage.borderline else part in passage.parts
            quoted = _place(reading, column, passage.evidence.get(part, ()))
            yield LabelledScore(passage.author, passage.id, part, reading.features(column), shown, quoted)


def _place(reading: Reading, column: int, evidence: Sequence[int]) -> int | None:
    """Return how many sentences are quoted before the labelled one, or None where none is labelled."""
    best = reading.best(column)
    return min((best.index(row) for row in evidence), default=None)


def make(rows: Sequence[LabelledScore], measured: str) -> Calibration:
    """Fit a calibration and choose its thresholds, each author judged by a fit without that author."""
    authors = sorted({row.author for row in rows})
    outside = {author: fit([row for row in rows if row.author != author]) for author in authors}
    return replace(_choose(rows, outside, fit(rows)), measured=measured)


def fit(rows: Sequence[LabelledScore]) -> Calibration:
    """Fit a calibration; its thresholds let everything through."""
    weights, intercepts = _fit(rows)
    return Calibration(STANDARD, weights, intercepts, 1.0, 0.0, GATE[0], (), "")


def _fit(rows: Sequence[LabelledScore]) -> tuple[tuple[float, ...], dict[str, float]]:
    """Fit weights shared by all parts, and an intercept for each."""
    parts = sorted({row.part for row in rows})
    judged = [row for row in rows if row.shown is not None]
    columns = np.array([[*row.features, *(float(row.part == part) for part in parts)] for row in judged])
    wanted = np.array([float(bool(row.shown)) for row in judged])
    start = np.array([0.0] * len(FEATURES) + [PRIOR] * len(parts))
    pull = np.diag([0.01] * len(FEATURES) + [0.3] * len(parts))
    weights = start.copy()
    for _ in range(60):
        chance = 1 / (1 + np.exp(-np.clip(columns @ weights, -30, 30)))
        bend = (columns * (chance * (1 - chance))[:, None]).T @ columns + pull
        weights -= np.linalg.solve(bend, columns.T @ (chance - wanted) + pull @ (weights - start))
    found = [round(float(w), 4) for w in weights]
    return tuple(found[: len(FEATURES)]), dict(zip(parts, found[len(FEATURES) :], strict=True))


def _choose(
    rows: Sequence[LabelledScore], outside: dict[str, Calibration], fitted: Calibration
) -> Calibration:
    """Choose thresholds by what each author's texts get from the fit without that author."""

    def judged(chosen: Calibration) -> list[list[Judged]]:
        return [
            text
            for author, own in outside.items()
            for text in judge((r for r in rows if r.author == author), _with_thresholds(own, chosen))
        ]

    tried = [replace(fitted, gate=gate, possible=possible) for gate, possible in product(GATE, POSSIBLE)]
    found = [(c, measure(judged(c))) for c in tried]
    allowed = [(c, m) for c, m in found if (m.none_flagged or 0.0) <= MOST_NONE]
    best, _ = max(allowed, key=lambda pair: pair[1].f1 or 0.0)
    for strong in STRONG:
        best = replace(best, strong=strong, capped=())
        best = replace(best, capped=_capped(judged(best)))
        if (measure(judged(best)).strong_precision or 0.0) >= STRONG_PRECISION:
            break
    return best


def _with_thresholds(fitted: Calibration, chosen: Calibration) -> Calibration:
    return replace(
        fitted, strong=chosen.strong, possible=chosen.possible, gate=chosen.gate, capped=chosen.capped
    )


def _capped(texts: Sequence[Sequence[Judged]]) -> tuple[str, ...]:
    """Name the parts whose strong suggestions are too often wrong."""
    strong = [j for text in texts for j in text if j.band is Band.STRONG]
    right = {part: [bool(j.row.shown) for j in strong if j.row.part == part] for part in _parts(strong)}
    return tuple(p for p, r in right.items() if len(r) >= ENOUGH and sum(r) / len(r) < PART_PRECISION)


def _parts(judged: Sequence[Judged]) -> list[str]:
    return sorted({j.row.part for j in judged})


def main() -> None:
    """Score, fit, measure and write as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    passages = read_passages()
    authors = sorted({p.author for p in passages})
    rows: list[LabelledScore] = []
    for author in authors:
        mapper = load_mapper(asked.models / author)
        rows += scores([p for p in passages if p.author == author], mapper)
    told = (
        f"{len(passages)} texts by {len(authors)} authors, each scored by an encoder that had not read them"
    )
    calibration = make(rows, told)
    print(to_json(calibration))
    _write(asked.out / f"calibration-{STANDARD}.json", to_json(calibration), indent=1)
    note = "Scores of labelled texts by encoders that had not read their authors. No text."
    _write(asked.out / f"labelled-{STANDARD}.json", {"note": note, "rows": to_json(tuple(rows))}, indent=None)


def _write(path: Path, value: object, indent: int | None) -> None:
    path.write_text(json.dumps(value, indent=indent) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
