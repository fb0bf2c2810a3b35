"""The registration year on the list of records: the current one first, and how much of it is left."""

from datetime import UTC, date, datetime

import pytest

from models.entry import FormKind
from rules.regimes import load_regimes, regime_of_year
from storage.entries import NewEntry, create_entry
from web.pages.years import left_of

YEAR = regime_of_year("swe-4", "2025-26", load_regimes())


@pytest.mark.parametrize(
    ("today", "left"),
    [
        (date(2025, 11, 30), "It begins on 1 December 2025."),
        (date(2025, 12, 1), "364 days left: it ends on 30 November 2026."),
        (date(2026, 11, 22), "8 days left: it ends on 30 November 2026."),
        (date(2026, 11, 29), "1 day left: it ends on 30 November 2026."),
        (date(2026, 11, 30), "Today, 30 November 2026, is its last day."),
        (date(2026, 12, 1), "It ended on 30 November 2026."),
    ],
)
def test_how_much_is_left_is_said_in_words(today, left):
    assert left_of(YEAR, today) == left


@pytest.fixture
def on(service, visit, mine, monkeypatch):
    """Open the list of records of somebody with records of some years, on a day."""

    def opened(day, *records, path="/entries"):
        moment = datetime.combine(day, datetime.min.time(), UTC)
        monkeypatch.setattr(service.store.records, "_clock", lambda: moment)
        made = [
            create_entry(service.store, "north", NewEntry("SW1", None, FormKind.SINGLE, standard, year))
            for standard, year in records
        ]
        return visit(mine(made[-1])).open(path)

    return opened


def test_the_current_year_comes_first_though_a_record_of_the_next_was_opened_last(on):
    page = on(date(2026, 11, 22), ("swe-4", "2025-26"), ("swe-4", "2026-27"))
    assert 'id="year">Registration year 2025 to 2026<' in page
    assert "app-near" in page
    assert "8 days left" in page
    assert ">2026 to 2027</a> (begins on 1 December 2026)" in page


def test_the_current_year_is_shown_to_those_who_have_no_record_of_it(on):
    page = on(date(2026, 11, 22), ("swe-4", "2026-27"))
    assert 'id="year">Registration year 2025 to 2026<' in page


def test_another_year_is_shown_when_it_is_asked_for(on):
    path = "/entries?year=2026-27&standard=swe-4"
    page = on(date(2026, 11, 22), ("swe-4", "2026-27"), path=path)
    assert 'id="year">Registration year 2026 to 2027<' in page
    assert "app-near" not in page
    assert ">2025 to 2026</a> (now)" in page


@pytest.mark.parametrize("asked", ["year=1999-00", "year=<b>", "year=2025-26&standard=nonsense"])
def test_a_year_that_is_not_theirs_is_no_year(on, asked):
    assert 'id="year">Registration year 2025 to 2026<' in on(
        date(2026, 11, 22), ("swe-4", "2026-27"), path=f"/entries?{asked}"
    )


def test_the_year_is_that_of_the_practitioners_own_standard(on):
    page = on(date(2026, 11, 22), ("swe-4", "2025-26"), ("nmc-code", "2025-26"))
    assert "2025 to 2026 (" in page, "the other standard's year says whose it is"
