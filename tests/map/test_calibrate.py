"""Learning from decisions: little moves, and never below the line; the measures that ship."""

from dataclasses import replace

import pytest

from models.serialize import from_json, to_json
from models.standards import Band, PartDecision, PartScore
from pipeline.map import FOLDER
from pipeline.map_calibrate import calibrate, measure, read_labelled
from pipeline.map_calibration import read_calibrations
from tests.quality.mapping import mapping_rows

SHIPPED = read_calibrations(FOLDER)["swe-4"]
LABELLED = read_labelled(FOLDER, "swe-4")


def _decisions(accepted, times, part="4.4", features=(1.0, 1.0, 2.0)):
    score = PartScore(part, features, 0.6, Band.POSSIBLE)
    return [PartDecision("swe-4", score, accepted, ("r", "m"))] * times


def test_without_decisions_nothing_moves():
    refit = calibrate(SHIPPED, [], LABELLED)
    assert (refit.calibration, refit.before) == (SHIPPED, refit.after)


@pytest.mark.parametrize(("accepted", "sign"), [(True, 1), (False, -1)])
def test_decisions_move_a_part_their_way(accepted, sign):
    refit = calibrate(SHIPPED, _decisions(accepted, 30), LABELLED)
    moved = refit.calibration.intercepts["4.4"] - SHIPPED.intercepts["4.4"]
    assert moved * sign > 0.05
    assert refit.decisions == 30


def test_decisions_on_another_standard_or_part_are_left_out():
    others = [replace(d, standard="hcpc-cpd") for d in _decisions(accepted=True, times=9)] + _decisions(
        accepted=True, times=9, part="9.9"
    )
    assert calibrate(SHIPPED, others, LABELLED).calibration == SHIPPED


def test_clicking_yes_to_everything_is_refused():
    yes = [
        d
        for p in SHIPPED.intercepts
        for d in _decisions(accepted=True, times=400, part=p, features=(-3.0, 0.0, -1.0))
    ]
    refit = calibrate(replace(SHIPPED, capped=()), yes, LABELLED)
    assert refit.refused
    assert refit.calibration.intercepts == SHIPPED.intercepts
    assert refit.after.strong_precision < 0.8 <= refit.before.strong_precision


def test_a_capped_part_is_never_strong():
    assert SHIPPED.capped == ("4.6",)
    assert SHIPPED.band("4.6", 1.0) is Band.POSSIBLE
    assert SHIPPED.band("4.2", 1.0) is Band.STRONG


def test_a_decision_holds_numbers_and_versions_only():
    (decision,) = _decisions(accepted=True, times=1)
    assert from_json(PartDecision, to_json(decision)) == decision


def test_the_shipped_calibration_keeps_to_its_lines():
    rows = dict(mapping_rows())
    assert rows["micro-F1"] >= 0.70
    assert rows["precision at 1"] >= 0.82
    assert rows["recall at 3"] >= 0.90
    assert rows["strong-band precision"] >= 0.85
    assert rows["none-texts with a suggestion"] <= 0.12
    assert min(value for name, value in rows.items() if name.startswith("F1 of")) >= 0.50
    assert measure(SHIPPED, LABELLED).strong_precision >= 0.85
