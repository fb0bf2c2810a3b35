"""A small part of the quality table, fast enough for every change; `make quality` prints all of it."""

from pathlib import Path

import pytest

from pipeline.detect import build_detector, load_detector
from rules.policy import load_policy
from tests.quality.detection import below, interval, tally
from tests.quality.gold import read_folder
from tests.quality.recorded import RecordedTagger

GOLD = Path(__file__).parents[1] / "gold"
FLOORS = {
    "direct_recall": 0.96,
    "indirect_recall": 0.75,
    "precision": 0.9,
    "look_alikes_flagged_at_most": 0.08,
    "type_accuracy": 0.92,
}
DOCUMENTS = 20


def test_recorded_documents_keep_their_floors():
    documents = read_folder(GOLD / "train-1")[:DOCUMENTS]
    detector = build_detector(RecordedTagger.load(GOLD / "out-of-fold.jsonl"))
    assert below(FLOORS, tally(documents, detector, load_policy()).table()) == []


@pytest.mark.parametrize("folder", ["apart", "plain"])
def test_what_ships_keeps_its_floors_on_documents_that_nothing_was_trained_on(folder):
    table = tally(read_folder(GOLD / folder)[:DOCUMENTS], load_detector(), load_policy()).table()
    assert below(FLOORS, table) == []


def test_a_missed_floor_is_told():
    assert below({"a": 0.9, "b_at_most": 0.1, "c": 0.5}, {"a": 0.91, "b": 0.2}) == [
        "b_at_most: 0.2 misses 0.1",
        "c: None misses 0.5",
    ]


@pytest.mark.parametrize(("part", "whole", "low", "high"), [(50, 100, 0.404, 0.596), (0, 10, 0.0, 0.278)])
def test_intervals_are_wilsons(part, whole, low, high):
    assert interval(part, whole) == pytest.approx((low, high), abs=0.001)
