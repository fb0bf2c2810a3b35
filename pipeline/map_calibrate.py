"""Refit the small model of one standard on people's decisions, offline, and judge it first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from models.standards import PartDecision
from pipeline.map_calibration import FEATURES, Calibration
from pipeline.map_measure import LabelledScore, Measures, judge, measure

LEAST_PRECISION = 0.80
"""Share of "strong" suggestions on the labelled texts that must be right for a refit to be used."""

_PULL = 20.0
"""How firmly the shipped weights are held: about so many decisions outweigh them."""

_ROUNDS = 50


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
    before, after = measure(judge(labelled, shipped)), measure(judge(labelled, fitted))
    refused = None
    if after.strong_precision is None or after.strong_precision < LEAST_PRECISION:
        refused = f"Too few of the strong suggestions would be right: less than {LEAST_PRECISION:.0%}."
    return Refit(fitted if refused is None else shipped, before, after, len(own), refused)


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
