"""Turn scores into bands: one small logistic model a standard, with thresholds and caps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path

from models.serialize import read_json
from models.standards import Band

FEATURES = ("sentences", "cues", "gate")
"""What a part is judged by: its pooled sentence score, how many of its cue groups stand near each
other anywhere in the text, and the score of the text for being CPD at all (no more than `GATE_LIMIT`
either way)."""

GATE_LIMIT = 4.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """The small model of one standard.

    Attributes:
        weights: One for each of `FEATURES`.
        intercepts: One for each part.
        strong: Least probability for "strong".
        possible: Least probability for "possible".
        gate: Least gate score at which anything is suggested.
        capped: Parts whose measured precision does not earn "strong".
        measured: Where the numbers come from, in words.
    """

    standard: str
    weights: tuple[float, ...]
    intercepts: dict[str, float]
    strong: float
    possible: float
    gate: float
    capped: tuple[str, ...]
    measured: str

    def probability(self, part: str, features: Sequence[float]) -> float:
        """Say how likely an assessor is to accept a part, judged by labelled passages."""
        total = self.intercepts[part] + sum(w * f for w, f in zip(self.weights, features, strict=True))
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))

    def band(self, part: str, probability: float) -> Band:
        """Choose the band of a part."""
        if probability >= self.strong and part not in self.capped:
            return Band.STRONG
        return Band.POSSIBLE if probability >= self.possible else Band.CONSIDER


def read_calibrations(folder: Path) -> dict[str, Calibration]:
    """Read the calibrations of a folder, by standard.

    Raises:
        ValueError: If one does not have a weight for each feature.
    """
    paths = sorted(folder.glob("calibration-*.json"))
    found = [read_json(Calibration, path) for path in paths]
    if any(len(c.weights) != len(FEATURES) for c in found):
        raise ValueError(f"a calibration needs {len(FEATURES)} weights")
    return {calibration.standard: calibration for calibration in found}
