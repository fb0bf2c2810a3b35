"""Numbers that are days, and numbers that only look so: marks out of ten, references, times."""

from __future__ import annotations

import pytest

from models.findings import EntityType
from pipeline.claims import SURE, Claim
from pipeline.days import is_day, is_rating, of_learning


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        ("12/2/23", True),
        ("2021/2/3", True),
        ("12.02.2021", True),
        ("8/10", True),
        ("121/2/3", False),
        ("121-2-3", False),
        ("14.30", False),
        ("24/7", False),
    ],
)
def test_what_can_be_a_day(words, is_one):
    assert is_day(words, 0.8) is is_one


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("I rated my confidence as [8/10] before.", True),
        ("Asked how safe she felt she said [3 / 10], he said more.", True),
        ("On the scaling question mum gave [7/10].", True),
        ("My score for wellbeing is [4/5] now.", True),
        ("How I felt: [9/10]", True),
        ("We met on [8/10] and talked about safety.", False),
        ("Anxious since [4/10], she stays in.", False),
        ("Safety plan reviewed Tues [8/10].", False),
        ("Rang the school [8/10], no answer.", False),
        ("I rated the visit of [8/11] as good.", False),
        ("My score. Visit of [8/10].", False),
    ],
)
def test_a_mark_out_of_ten_is_no_day(text, is_one):
    start, end = text.index("["), text.index("]") - 1
    assert is_rating(text.replace("[", "").replace("]", ""), start, end) is is_one


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        ("Tues/Thurs", False),
        ("Mon & Wed", False),
        ("March/April", False),
        ("mid-May", False),
        ("Tues 4/3", True),
        ("4 May", True),
    ],
)
def test_a_bare_weekday_or_month_is_nobodys_day(words, is_one):
    text = f"Nan has the kids {words}."
    start = text.index(words)
    claim = of_learning(Claim(start, start + len(words), EntityType.DATE, 0.6, SURE), text)
    assert (claim.look_alike is None) is is_one
