"""How mapping fares on labelled texts: each author left out in turn, of encoder, fit and thresholds."""

from __future__ import annotations

from dataclasses import fields
from functools import cache

from models.document import Found, Place, SegmentKind, assemble
from models.redaction import Redaction
from models.standards import Candidate
from pipeline.map import FOLDER, Mapper, load_mapper, map_parts
from pipeline.map_measure import Judged, LabelledScore, Measures, judge, measure, measure_part, read_labelled
from tests.quality.passages import read_passages
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


def hcpc_rows() -> list[tuple[str, float]]:
    """Measure what ships for HCPC on its labelled texts: suggestions to consider, nothing trained on them."""
    mapper, passages = load_mapper(), read_passages(("hcpc",))
    shown = [{c.part for c in _suggested(p.text, mapper)} for p in passages]
    right = sum(len(found & p.parts) for found, p in zip(shown, passages, strict=True))
    none = [found for found, p in zip(shown, passages, strict=True) if not p.parts]
    return [
        ("hcpc precision", right / sum(map(len, shown))),
        ("hcpc recall", right / sum(len(p.parts) for p in passages)),
        ("hcpc none flagged", sum(map(bool, none)) / len(none)),
    ]


def _suggested(text: str, mapper: Mapper) -> tuple[Candidate, ...]:
    document = assemble([Found(SegmentKind.TEXT, Place("text"), text, body=True)])
    return map_parts(document, Redaction(text, ()), mapper.files["hcpc-cpd"].standard, mapper).candidates


def _rows(before: str, measures: Measures) -> list[tuple[str, float]]:
    found = [(f.name, getattr(measures, f.name)) for f in fields(measures)]
    return [(before + name.replace("_", " "), value) for name, value in found if value is not None]
