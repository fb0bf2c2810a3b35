"""Requirements at a glance: what counts for a year, and what a draft lacks."""

import json
from dataclasses import replace
from datetime import date

import pytest

from models.entry import Answer, Entry, EntryStatus, FormKind
from models.requirements import Glance, Light
from models.serialize import from_json, to_json
from pipeline.requirements import at_a_glance, read_date
from rules.forms import load_forms
from rules.regimes import load_regimes, load_standing, read_regimes, regime_of_year, regime_on
from rules.standards import load_standards

STANDARD = load_standards()["swe-4"]
REGIMES = load_regimes()
TODAY = date(2024, 11, 1)


def _entry(name, status=EntryStatus.SUBMITTED, day="3 May 2024", peer="", text="I read a paper", parts=()):
    answers = (Answer("date", day), Answer("learnt", text), Answer("peer", peer))
    return Entry(name, status, load_forms()[FormKind.SINGLE], answers, (), (), parts)


def _glance(*entries, today=TODAY):
    regime = regime_on("swe-4", today, REGIMES)
    return at_a_glance(entries, regime, REGIMES, STANDARD, today)


def test_two_different_pieces_with_one_peer_reflection_are_what_the_year_asks_for():
    glance = _glance(
        _entry("a", peer="My peer asked why"), _entry("b", text="I watched a film", parts=("4.3",))
    )
    assert (glance.pieces.have, glance.pieces.needed, glance.pieces.light) == (2, 2, Light.GREEN)
    assert glance.peer.light is Light.GREEN
    assert [c.part for c in glance.parts if c.light is Light.GREEN] == ["4.3"]
    assert glance.days_left == 30


@pytest.mark.parametrize(
    ("entry", "counted"),
    [
        (_entry("a"), 1),
        (_entry("a", day="30/11/2024"), 1),
        (_entry("a", day="2023-12-01"), 1),
        (_entry("a", day="30 November 2023"), 0),  # the day before the year begins
        (_entry("a", day="1 December 2024"), 0),  # the day after it ends
        (_entry("a", day="in spring"), 0),
        (_entry("a", status=EntryStatus.DRAFT), 0),
        (_entry("a", status=EntryStatus.WITHDRAWN), 0),
    ],
)
def test_a_piece_counts_when_submitted_and_dated_in_the_year(entry, counted):
    assert _glance(entry).pieces.have == counted


def test_the_same_piece_twice_counts_once_and_is_said():
    glance = _glance(_entry("a"), _entry("b", text="I  READ a paper"))
    assert glance.pieces.have == 1
    assert glance.pieces.light is Light.AMBER
    assert any("count as one" in note for note in glance.notes)
    assert not any("count as one" in note for note in _glance(_entry("a")).notes)


def test_nothing_recorded_says_what_is_needed():
    glance = _glance()
    assert glance.pieces.light is Light.RED
    assert glance.pieces.words == "0 pieces of CPD recorded of 2: 2 still needed."
    assert all(cover.words for cover in glance.parts)


@pytest.mark.parametrize(
    ("day", "lack"),
    [
        ("30 November 2023", "outside the registration year 2023 to 2024"),
        ("12/12/2024", "in the future"),
        ("last week", "day, month and year"),
        ("3 May 2024", None),
    ],
)
def test_a_draft_lacks_a_date_that_counts(day, lack):
    (draft,) = _glance(_entry("a", status=EntryStatus.DRAFT, day=day)).drafts
    about_dates = [said for said in draft.lacks if not said.startswith("Answer the question")]
    assert [lack in said for said in about_dates] == ([True] if lack else [])


def test_a_draft_lacks_required_answers():
    (draft,) = _glance(_entry("a", status=EntryStatus.DRAFT)).drafts
    assert any("Type of CPD" in said for said in draft.lacks)
    assert not any("What did you learn?" in said for said in draft.lacks)


def test_a_year_whose_rules_are_not_known_shows_the_year_before_and_says_so():
    glance = _glance(_entry("a", day="2026-05-01"), today=date(2026, 6, 1))
    assert glance.pieces.needed == 2
    assert any("not known yet" in note for note in glance.notes)


def test_the_first_year_asked_for_one_piece_and_no_peer():
    glance = _glance(_entry("a", day="2020-05-01"), today=date(2020, 6, 1))
    assert (glance.pieces.light, glance.peer.light) == (Light.GREEN, Light.GREEN)
    assert any("4 times a year" in note for note in glance.notes)


def test_a_glance_goes_to_json_and_back():
    glance = _glance(_entry("a"), _entry("b", status=EntryStatus.DRAFT))
    assert from_json(Glance, to_json(glance)) == glance


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("3/4/2026", date(2026, 4, 3)),
        ("03.04.2026", date(2026, 4, 3)),
        ("3rd April 2026", date(2026, 4, 3)),
        ("2026-04-03", date(2026, 4, 3)),
        ("3 Sept 2026", date(2026, 9, 3)),
        ("31/2/2026", None),
        ("3 Foo 2026", None),
        ("April 2026", None),
        ("", None),
    ],
)
def test_dates_as_people_write_them(written, day):
    assert read_date(written) == day


def test_regimes_leave_no_gap_and_nothing_is_known_of_a_day_outside_them():
    assert regime_on("swe-4", date(2019, 12, 1), REGIMES) is None
    assert regime_on("hcpc-cpd", TODAY, REGIMES) is None
    assert regime_of_year("swe-4", "2018-19", REGIMES) is None
    table = to_json({"regimes": [r for r in REGIMES if r.label != "2021 to 2022"]})
    with pytest.raises(ValueError, match="does not follow on"):
        read_regimes(json.dumps(table))
    table = to_json({"regimes": [replace(REGIMES[0], like="1066")]})
    with pytest.raises(ValueError, match="not in the table"):
        read_regimes(json.dumps(table))


@pytest.mark.parametrize("year", ["2026-27", "2019-20", "2099-00"])
def test_a_standard_without_years_says_what_it_asks_for_in_any_year(year):
    regime = regime_of_year("hcpc-cpd", year, REGIMES)
    assert (regime.year, regime.pieces, regime.peer_pieces) == (year, None, None)
    glance = at_a_glance([_entry("a")], regime, REGIMES, load_standards()["hcpc-cpd"], TODAY)
    assert (glance.pieces.light, glance.pieces.needed) == (Light.UNKNOWN, None)
    assert set(load_standing()["hcpc-cpd"].asks + load_standing()["hcpc-cpd"].unknown) <= set(glance.notes)
    assert not any("need not cover" in cover.words for cover in glance.parts)
    assert any("need not cover" in cover.words for cover in _glance().parts)


@pytest.mark.parametrize("year", ["2026-31", "0000-01", "", "soon"])
def test_what_is_no_registration_year_is_not_known(year):
    assert regime_of_year("hcpc-cpd", year, REGIMES) is None


def test_every_standard_has_years_or_a_standing_rule():
    covered = {r.standard for r in REGIMES} | set(load_standing())
    assert covered == set(load_standards())
