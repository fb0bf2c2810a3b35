"""Measure a calibration on labelled texts, by their scores: no text is needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.serialize import read_json
from models.standards import Band
from pipeline.map_calibration import FEATURES, Calibration

MOST = 3
"""Suggestions shown at most: more would be a list to tick off, not a hint."""

_SUGGESTED = (Band.STRONG, Band.POSSIBLE)


@dataclass(frozen=True, slots=True)
class LabelledScore:
    """A part's features in a labelled text that the encoder had not seen.

    Attributes:
        author: Whose text it is: authors are judged one by one.
        shown: Whether the text shows the part; None where that can be argued.
        quoted: How many sentences come before the labelled one, or None where none is labelled.
    """

    author: str
    text: str
    part: str
    features: tuple[float, ...]
    shown: bool | None
    quoted: int | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled score with what a calibration makes of it. Not shown: no band."""

    row: LabelledScore
    chance: float
    band: Band | None


@dataclass(frozen=True, slots=True)
class Measures:
    """How suggestions fare. Shares from 0 to 1; what can be argued counts as wrong; None: nothing to count.

    Attributes:
        f1: Of the parts shown as strong or possible, as are precision and recall.
        none_flagged: Share of the texts without any part that get a strong or possible one.
        quoted_first: Share of the labelled sentences that are the first quote.
        quoted: Share of them among the two quotes.
    """

    f1: float | None
    precision: float | None
    recall: float | None
    precision_at_1: float | None
    recall_at_3: float | None
    strong_precision: float | None
    none_flagged: float | None
    quoted_first: float | None
    quoted: float | None


def read_labelled(folder: Path, standard: str) -> tuple[LabelledScore, ...]:
    """Read the scores of the labelled texts that lie beside a calibration."""
    return read_json(_Labelled, folder / f"labelled-{standard}.json").rows


@dataclass(frozen=True, slots=True)
class _Labelled:
    note: str
    rows: tuple[LabelledScore, ...]


def judge(rows: Iterable[LabelledScore], calibration: Calibration) -> list[list[Judged]]:
    """Rank the parts of each text, likeliest first, and band those that would be shown."""
    texts: dict[tuple[str, str], list[LabelledScore]] = defaultdict(list)
    for row in rows:
        texts[row.author, row.text].append(row)
    return [_judge(text, calibration) for text in texts.values()]


def _judge(rows: Sequence[LabelledScore], calibration: Calibration) -> list[Judged]:
    chances = [(row, calibration.probability(row.part, row.features)) for row in rows]
    chances.sort(key=lambda pair: -pair[1])
    passes = rows[0].features[FEATURES.index("gate")] >= calibration.gate
    return [
        Judged(row, chance, calibration.band(row.part, chance) if passes and place < MOST else None)
        for place, (row, chance) in enumerate(chances)
    ]


def measure(texts: Sequence[Sequence[Judged]]) -> Measures:
    """Measure what a calibration made of some labelled texts."""
    everything = [judged for text in texts for judged in text]
    wanted = [j for j in everything if j.row.shown]
    suggested = [j for j in everything if j.band in _SUGGESTED]
    some = [text for text in texts if any(j.row.shown for j in text)]
    none = [text for text in texts if not any(j.row.shown for j in text)]
    placed = [j for j in wanted if j.row.quoted is not None]
    right = sum(bool(j.row.shown) for j in suggested)
    return Measures(
        f1=_share(2 * right, len(suggested) + len(wanted)),
        precision=_share(right, len(suggested)),
        recall=_share(right, len(wanted)),
        precision_at_1=_share(sum(bool(t[0].band and t[0].row.shown) for t in some), len(some)),
        recall_at_3=_share(sum(j.band is not None for j in wanted), len(wanted)),
        strong_precision=_precision(j for j in everything if j.band is Band.STRONG),
        none_flagged=_share(sum(any(j.band in _SUGGESTED for j in t) for t in none), len(none)),
        quoted_first=_share(sum(j.row.quoted == 0 for j in placed), len(placed)),
        quoted=_share(sum((j.row.quoted or 0) < 2 for j in placed), len(placed)),
    )


def measure_part(texts: Sequence[Sequence[Judged]], part: str) -> Measures:
    """Measure one part alone."""
    return measure([[j for j in text if j.row.part == part] for text in texts])


def _precision(found: Iterable[Judged]) -> float | None:
    right = [bool(j.row.shown) for j in found]
    return _share(sum(right), len(right))


def _share(some: int, of: int) -> float | None:
    return some / of if of else None
