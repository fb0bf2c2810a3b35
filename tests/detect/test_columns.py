"""A name in a column of people is a person's; the same name elsewhere is left to its sentence."""

import pytest

from models.findings import EntityType, LookAlike
from pipeline.claims import Claim
from pipeline.columns import named_in_columns
from rules.lists.lists import load_list


def _look_alikes(text, word, reason=LookAlike.THEORIST):
    at = text.index(word)
    claim = Claim(at, at + len(word), EntityType.PERSON, 0.9, "tagger", reason)
    return [c.look_alike for c in named_in_columns([claim], text, load_list("person_columns"))]


@pytest.mark.parametrize(
    "text",
    [
        "| When | What | Talked over with |\n|---|---|---|\n| May | Read a book | Lerato Dlamini |\n",
        "Date | Discussed with (peer)\nJune | Lerato Dlamini\n",
        "Name | Hours\nLerato Dlamini | 3\n",
        "What | Who\nA | B\nC | Lerato Dlamini and one more",
    ],
)
def test_a_name_under_such_a_heading_is_a_persons(text):
    assert _look_alikes(text, "Lerato Dlamini") == [None]


@pytest.mark.parametrize(
    "text",
    [
        "| When | What | Talked over with |\n|---|---|---|\n| May | Lerato Dlamini on loss | nobody |\n",
        "Date | What I read\nJune | Lerato Dlamini\n",
        "Name | Hours\nA | 3\n\nLerato Dlamini | writes | well\n",
        "Lerato Dlamini | Name\n",
        f"Who | What\nIn {'long ' * 20} Lerato Dlamini says so | 3\n",
        "What did you and those who were there learn | Hours\nLerato Dlamini | 3\n",
        "I read Lerato Dlamini.",
    ],
)
def test_elsewhere_it_is_left_as_it_was(text):
    assert _look_alikes(text, "Lerato Dlamini") == [LookAlike.THEORIST]


def test_a_law_in_such_a_column_stays_a_law():
    assert _look_alikes("Who | What\nGillick | 3\n", "Gillick", LookAlike.LAW) == [LookAlike.LAW]


def test_a_lower_case_word_in_such_a_column_stays_a_word():
    assert _look_alikes("Who | What\nhope | 3\n", "hope", LookAlike.WORD) == [LookAlike.WORD]
