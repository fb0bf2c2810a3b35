"""Letters of the office: which say what somebody is, and which say who."""

import re

import pytest

from pipeline.office import is_post


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chair: Ada Quill (TM), others", True),
        ("Ada Quill (TM, chair)", True),
        ("Tom Moss (TM), others", False),
        ("Tom Ellis Moss (TM), others", False),
        ("Ada Quill (AQ), others", False),
        ("Mum Tracey (TB), who was tearful", False),
        ("Placed with Dawn Oakes (TJ, KL)", False),
        ("the meeting (TM) was", False),
        ("Ada Quill (tm) came", False),
    ],
)
def test_letters_in_brackets_that_name_a_post(text, expected):
    start = text.index("(") + 1
    assert is_post(text, start, re.compile(r"\w+").match(text, start).end()) is expected
