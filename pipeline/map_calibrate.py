"""Refit the small model of one standard on people's decisions, offline, and judge it first."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.serialize import from_json
from models.standards import Band, PartDecision
from pipeline.map_calibration import FEATURES, Calibration

LEAST_PRECISION = 0.80
"""Share of "strong" suggestions on the labelled texts that must be right for a refit to be used."""

_PULL = 20.0
"""How firmly the shipped weights are held: about so many decisions outweigh them."""

_ROUNDS = 50


@dataclass(frozen=True, slots=True)
class LabelledScore:
    """A part's features in a labelled text that the model had not seen.

    Attributes:
        shown: Whether the text shows the part; None where that can be argued.
    """

    text: str
    part: str
    features: tuple[float, ...]
    shown: bool | None


@dataclass(frozen=True, slots=True)
class Measures:
    """How suggestions fare on the labelled texts. Shares from 0 to 1; None: nothing to count."""

    strong_precision: float | None
    precision: float | None
    recall: float | None
    none_flagged: float | None


@dataclass(frozen=True, slots=True)
class Refit:
    """A refit calibration with the measures before and after. Used only if accepted."""

    calibration: Calibration
    before: Measures
    after: Measures
    decisions: int
    refused: str | None


def calibrate(
    shipped: Calibration, decisions: Sequence[PartDecision], labelled: Sequence[LabelledScore]
) -> Refit:
    """Refit a calibration on decisions, held close to the shipped one.

    A refit that would let "strong" be right in less than `LEAST_PRECISION` of the labelled
    texts is refused. It never runs by itself: a named person starts it and looks at it.
    """
    own = [d for d in decisions if d.standard == shipped.standard and d.score.part in shipped.intercepts]
    fitted = _fit(shipped, own)
    before, after = measure(shipped, labelled), measure(fitted, labelled)
    refused = None
    if after.strong_precision is None or after.strong_precision < LEAST_PRECISION:
        refused = f"Too few of the strong suggestions would be right: less than {LEAST_PRECISION:.0%}."
    return Refit(fitted if refused is None else shipped, before, after, len(own), refused)


def measure(calibration: Calibration, labelled: Sequence[LabelledScore]) -> Measures:
    """Measure a calibration on labelled texts. What can be argued counts neither way."""
    bands = [_band(calibration, row) for row in labelled]
    pairs = [(row, band) for row, band in zip(labelled, bands, strict=True) if row.shown is not None]
    strong = [row.shown for row, band in pairs if band is Band.STRONG]
    suggested = [row.shown for row, band in pairs if band in (Band.STRONG, Band.POSSIBLE)]
    texts: dict[str, list[tuple[LabelledScore, Band | None]]] = defaultdict(list)
    for row, band in zip(labelled, bands, strict=True):
        texts[row.text].append((row, band))
    none = [rows for rows in texts.values() if not any(row.shown for row, _ in rows)]
    flagged = sum(any(band in (Band.STRONG, Band.POSSIBLE) for _, band in rows) for rows in none)
    return Measures(
        strong_precision=_share(sum(map(bool, strong)), len(strong)),
        precision=_share(sum(map(bool, suggested)), len(suggested)),
        recall=_share(sum(map(bool, suggested)), sum(bool(row.shown) for row in labelled)),
        none_flagged=_share(flagged, len(none)),
    )


def read_labelled(folder: Path, standard: str) -> tuple[LabelledScore, ...]:
    """Read the scores of the labelled texts that lie beside a calibration."""
    untrusted = json.loads((folder / f"labelled-{standard}.json").read_text(encoding="utf-8"))
    return from_json(_Labelled, untrusted).rows


@dataclass(frozen=True, slots=True)
class _Labelled:
    note: str
    rows: tuple[LabelledScore, ...]


def _band(calibration: Calibration, row: LabelledScore) -> Band | None:
    if row.features[FEATURES.index("gate")] < calibration.gate:
        return None
    return calibration.band(row.part, calibration.probability(row.part, row.features))


def _share(some: int, of: int) -> float | None:
    return some / of if of else None


def _fit(shipped: Calibration, decisions: Sequence[PartDecision]) -> Calibration:
    """Fit weights and intercepts by Newton's method, pulled towards the shipped ones."""
    parts = list(shipped.intercepts)
    start = np.array([*shipped.weights, *shipped.intercepts.values()])
    if not decisions:
        return shipped
    rows = np.zeros((len(decisions), len(start)))
    for number, decision in enumerate(decisions):
        rows[number, : len(FEATURES)] = decision.score.features
        rows[number, len(FEATURES) + parts.index(decision.score.part)] = 1
    wanted = np.array([float(d.accepted) for d in decisions])
    fitted = _newton(rows, wanted, start)
    weights, intercepts = fitted[: len(FEATURES)], fitted[len(FEATURES) :]
    return replace(
        shipped,
        weights=tuple(round(float(w), 4) for w in weights),
        intercepts={part: round(float(i), 4) for part, i in zip(parts, intercepts, strict=True)},
    )


def _newton(
    rows: NDArray[np.float64], wanted: NDArray[np.float64], start: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Find the weights that explain the answers best, at a price for leaving the start."""
    weights = start.copy()
    pull = _PULL * np.eye(len(start))
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (chance - wanted) + pull @ (weights - start)
        bend = (rows * (chance * (1 - chance))[:, None]).T @ rows + pull
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return weights
