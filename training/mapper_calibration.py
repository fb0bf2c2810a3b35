"""Fit the mapper's calibration on passages by an author its encoder has not read.

usage: python -m training.mapper_calibration --model FOLDER --author NAME --out FOLDER

`--model` is a mapper exported from a run that left that author out.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from models.serialize import to_json
from pipeline.map import Mapper, load_mapper
from pipeline.map_calibrate import LabelledScore, measure
from pipeline.map_calibration import FEATURES, Calibration
from pipeline.map_reading import read_text
from tests.quality.passages import Passage, read_passages

STANDARD = "swe-4"
PRIOR = -2.0
"""Where an intercept is pulled to: without evidence a part is unlikely."""


def scores(passages: Sequence[Passage], mapper: Mapper) -> list[LabelledScore]:
    """Score every part of every passage."""
    rows = []
    parts = [part.id for part in mapper.files[STANDARD].standard.parts]
    tables = (mapper.encoder, mapper.gate, mapper.parts[STANDARD], mapper.cues[STANDARD])
    for passage in passages:
        reading = read_text(passage.text, passage.spans, *tables)
        for column, part in enumerate(parts):
            shown = None if part in passage.borderline else part in passage.parts
            rows.append(LabelledScore(passage.id, part, reading.features(column), shown))
    return rows


def fit(rows: Sequence[LabelledScore], parts: Sequence[str]) -> tuple[list[float], dict[str, float]]:
    """Fit weights shared by all parts, and an intercept for each."""
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
    return found[: len(FEATURES)], dict(zip(parts, found[len(FEATURES) :], strict=True))


def main() -> None:
    """Fit, measure and write as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--author", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--strong", type=float, default=0.8)
    parser.add_argument("--possible", type=float, default=0.45)
    parser.add_argument("--gate", type=float, default=-3.0)
    parser.add_argument("--capped", nargs="*", default=[], help="parts that never reach strong")
    asked = parser.parse_args()
    mapper = load_mapper(asked.model)
    rows = scores([p for p in read_passages() if p.author == asked.author], mapper)
    parts = [part.id for part in mapper.files[STANDARD].standard.parts]
    weights, intercepts = fit(rows, parts)
    measured = f"fitted on {asked.author}, whom the encoder of that run had not read"
    calibration = Calibration(
        STANDARD,
        tuple(weights),
        intercepts,
        asked.strong,
        asked.possible,
        asked.gate,
        tuple(asked.capped),
        measured,
    )
    print(measure(calibration, rows))
    _write(asked.out / f"calibration-{STANDARD}.json", to_json(calibration), indent=1)
    note = f"Scores of the texts of {asked.author} by an encoder that had not read them. No text."
    _write(asked.out / f"labelled-{STANDARD}.json", {"note": note, "rows": to_json(tuple(rows))}, indent=None)


def _write(path: Path, value: object, indent: int | None) -> None:
    path.write_text(json.dumps(value, indent=indent) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
