"""How mapping fares on labelled texts: each author left out in turn, of encoder, fit and thresholds."""

from __future__ import annotations

from dataclasses import fields
from functools import cache

from pipeline.map import FOLDER
from pipeline.map_measure import Judged, LabelledScore, Measures, judge, measure, measure_part, read_labelled
from training.mapper_calibration import make

STANDARD = "swe-4"


@cache
def left_out() -> dict[str, list[list[Judged]]]:
    """Judge each author's texts by a calibration made of the other authors' alone."""
    rows = read_labelled(FOLDER, STANDARD)
    found: dict[str, list[list[Judged]]] = {}
    for author in sorted({row.author for row in rows}):
        others: list[LabelledScore] = [row for row in rows if row.author != author]
        found[author] = judge((row for row in rows if row.author == author), make(others, author))
    return found


def mapping_rows() -> list[tuple[str, float]]:
    """Return each measure over the texts of all authors, by part, and by author, under its name."""
    texts = [text for author in left_out().values() for text in author]
    parts = sorted({j.row.part for text in texts for j in text})
    by_part = [(f"F1 of {part}", measure_part(texts, part).f1 or 0.0) for part in parts]
    by_author = [row for author, own in left_out().items() for row in _rows(f"{author}: ", measure(own))]
    return [*_rows("", measure(texts)), *by_part, *by_author]


def _rows(before: str, measures: Measures) -> list[tuple[str, float]]:
    found = [(f.name, getattr(measures, f.name)) for f in fields(measures)]
    return [(before + name.replace("_", " "), value) for name, value in found if value is not None]
