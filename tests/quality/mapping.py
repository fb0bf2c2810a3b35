"""How mapping fares on labelled texts by an author whom the encoder of the run had not read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pipeline.map import FOLDER, MOST
from pipeline.map_calibrate import LabelledScore, read_labelled
from pipeline.map_calibration import FEATURES, Calibration, read_calibrations

STANDARD = "swe-4"


def mapping_rows() -> list[tuple[str, float]]:
    """Measure the shipped calibration on the recorded scores, strictly: borderline counts as wrong."""
    calibration = read_calibrations(FOLDER)[STANDARD]
    texts: dict[str, list[LabelledScore]] = defaultdict(list)
    for row in read_labelled(FOLDER, STANDARD):
        texts[row.text].append(row)
    ranked = [_rank(rows, calibration) for rows in texts.values()]
    wanted = sum(bool(row.shown) for rows in ranked for row, _ in rows)
    shown = [(row, chance) for rows in ranked for row, chance in _suggested(rows, calibration)]
    right = [row for row, _ in shown if row.shown]
    strong = [row for row, chance in shown if calibration.band(row.part, chance) == "strong"]
    some = [rows for rows in ranked if any(row.shown for row, _ in rows)]
    none = [rows for rows in ranked if not any(row.shown for row, _ in rows)]
    offered = [[row for row, _ in rows[:MOST] if _passes(row, calibration)] for rows in some]
    return [
        ("micro-F1", 2 * len(right) / (len(shown) + wanted)),
        ("precision at 1", sum(bool(rows and rows[0].shown) for rows in offered) / len(some)),
        ("recall at 3", sum(bool(row.shown) for rows in offered for row in rows) / wanted),
        ("strong-band precision", sum(bool(row.shown) for row in strong) / len(strong)),
        ("none-texts with a suggestion", sum(bool(_suggested(r, calibration)) for r in none) / len(none)),
        *[(f"F1 of {part}", _f1(part, ranked, shown)) for part in calibration.intercepts],
    ]


def _rank(rows: Sequence[LabelledScore], calibration: Calibration) -> list[tuple[LabelledScore, float]]:
    chances = [(row, calibration.probability(row.part, row.features)) for row in rows]
    return sorted(chances, key=lambda pair: -pair[1])


def _passes(row: LabelledScore, calibration: Calibration) -> bool:
    return row.features[FEATURES.index("gate")] >= calibration.gate


def _suggested(
    ranked: list[tuple[LabelledScore, float]], calibration: Calibration
) -> list[tuple[LabelledScore, float]]:
    """Return the parts of one text that are shown as strong or possible."""
    best = [pair for pair in ranked[:MOST] if _passes(pair[0], calibration)]
    return [pair for pair in best if pair[1] >= calibration.possible]


def _f1(
    part: str, ranked: list[list[tuple[LabelledScore, float]]], shown: list[tuple[LabelledScore, float]]
) -> float:
    wanted = sum(bool(row.shown) for rows in ranked for row, _ in rows if row.part == part)
    found = [row for row, _ in shown if row.part == part]
    return 2 * sum(bool(row.shown) for row in found) / (len(found) + wanted)
