"""Learning from decisions: little moves, and never below the line; the measures that ship."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from models.serialize import from_json, to_json
from models.standards import Band, PartDecision, PartScore
from pipeline.map import FOLDER
from pipeline.map_calibrate import calibrate
from pipeline.map_calibration import read_calibrations
from pipeline.map_measure import LabelledScore, judge, measure, measure_part, read_labelled
from tests.quality.detection import below
from tests.quality.mapping import hcpc_rows, left_out, mapping_rows

FLOORS = json.loads((Path(__file__).parents[1] / "quality" / "floors.json").read_text(encoding="utf-8"))
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
    refit = calibrate(SHIPPED, yes, LABELLED)
    assert refit.refused
    assert refit.calibration.intercepts == SHIPPED.intercepts
    assert refit.after.strong_precision < 0.8 <= refit.before.strong_precision


def test_a_capped_part_is_never_strong():
    assert "4.6" in SHIPPED.capped
    assert SHIPPED.band("4.6", 1.0) is Band.POSSIBLE
    assert SHIPPED.band("4.2", 1.0) is Band.STRONG


def test_a_decision_holds_numbers_and_versions_only():
    (decision,) = _decisions(accepted=True, times=1)
    assert from_json(PartDecision, to_json(decision)) == decision


def _row(text, part, sentences, *, shown, quoted=None, cues=1.0, gate=4.0):
    return LabelledScore("a", text, part, (sentences, cues, gate), shown, quoted)


ROWS = [
    _row("t1", "4.2", 9.0, shown=True, quoted=0),
    _row("t1", "4.4", 9.0, shown=False),
    _row("t1", "4.8", -9.0, shown=True, quoted=2),
    _row("t2", "4.2", 9.0, shown=True, quoted=1, gate=-4.0),  # held back by the gate
    _row("t3", "4.2", 9.0, shown=False),
    _row("t4", "4.2", -9.0, shown=False),
]


def test_measures_count_what_is_shown_against_what_is_labelled():
    found = measure(judge(ROWS, SHIPPED))
    assert found.precision == pytest.approx(1 / 3)
    assert found.recall == pytest.approx(1 / 3)
    assert found.precision_at_1 == 0.5
    assert found.recall_at_3 == pytest.approx(2 / 3)
    assert found.none_flagged == 0.5
    assert (found.quoted_first, found.quoted) == (pytest.approx(1 / 3), pytest.approx(2 / 3))
    assert measure_part(judge(ROWS, SHIPPED), "4.8").recall == 0
    assert measure([]).f1 is None


def test_four_parts_are_never_shown():
    rows = [_row("t", part, 9.0, shown=True) for part in ("4.2", "4.4", "4.5", "4.8")]
    (text,) = judge(rows, SHIPPED)
    assert sum(j.band is not None for j in text) == 3


def test_every_author_is_judged_without_that_author():
    assert sum(len(texts) for texts in left_out().values()) == len({(r.author, r.text) for r in LABELLED})
    assert set(left_out()) == {f"author-{n}" for n in range(1, 6)}


def test_mapping_keeps_its_floors():
    floors = {k.removeprefix("mapping."): v for k, v in FLOORS.items() if k.startswith("mapping.")}
    assert len(floors) > 5
    assert below(floors, dict([*mapping_rows(), *hcpc_rows()])) == []
