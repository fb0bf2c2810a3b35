"""Profiles: gaps that the regulator wants explained, and what is missing, in words."""

from datetime import date

import pytest

from models.profile import Activity, Passage
from pipeline.profile import build_profile
from rules.standards import load_standards
from rules.templates import load_templates

HCPC = next(t for t in load_templates().profiles if t.standard == "hcpc-cpd")
SPAN = (date(2025, 1, 1), date(2025, 12, 31))


def _profile(*days, statements=None, template=HCPC):
    activities = [Activity(str(n), day, "Reading", ()) for n, day in enumerate(days)]
    return build_profile(template, load_standards()["hcpc-cpd"], SPAN, activities, statements or {})


@pytest.mark.parametrize(
    ("days", "gaps"),
    [
        ((date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 28)), 1),  # 94 days to the end
        ((date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30), date(2025, 11, 1)), 0),
        ((date(2025, 6, 1),), 2),
        ((), 1),
    ],
)
def test_a_gap_that_the_regulator_wants_explained_is_told(days, gaps):
    assert sum("Nothing is recorded" in note for note in _profile(*days).notes) == gaps


def test_activities_stand_by_date_and_those_without_one_last():
    listed = _profile(date(2025, 9, 1), None, date(2025, 2, 1)).activities
    assert [a.entry for a in listed] == ["2", "0", "1"]


def test_a_statement_that_is_too_long_or_not_there_is_told():
    long = {"summary": (Passage("", "word " * 501),)}
    notes = " ".join(_profile(statements=long).notes)
    assert "Summary of your practice: 501 words. About 500 are asked for." in notes
    assert "Personal statement: not written yet." in notes
    assert "Summary of your practice" not in " ".join(
        _profile(statements={"summary": (Passage("", "word " * 500),)}).notes
    )
