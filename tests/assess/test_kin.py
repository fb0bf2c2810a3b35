"""One table of relatives, and those who read it."""

from __future__ import annotations

import re

import pytest

from models.text import Span
from pipeline.own_facts import is_own_fact
from pipeline.speech import is_lived
from rules.kin import NEAR, RELATIVE


@pytest.mark.parametrize(
    ("words", "is_relative", "is_near"),
    [
        ("mum", True, True),
        ("great-aunt", True, True),
        ("half brothers", True, True),
        ("grandsons", True, True),
        ("mother-in-law", True, True),
        ("sister", True, True),
        ("neighbour", False, True),
        ("young person", False, True),
        ("foster carers", False, True),
        ("nr", False, False),
        ("colleague", False, False),
        ("mumble", False, False),
    ],
)
def test_relatives_and_others_who_are_near(words, is_relative, is_near):
    assert bool(re.fullmatch(RELATIVE, words, re.IGNORECASE)) is is_relative
    assert bool(re.fullmatch(NEAR, words, re.IGNORECASE)) is is_near


@pytest.mark.parametrize("kin", ["mum", "great-aunt", "half-brother", "sister", "mother-in-law", "stepson"])
def test_every_reader_knows_them(kin):
    own = f"My {kin} lives in Hexham."
    assert is_own_fact(own, Span(own.index("Hexham"), len(own) - 1))
    theirs = f"I sat with Quill, his {kin}, that day."
    assert is_lived(theirs, theirs.index("Quill"), theirs.index("Quill") + 5)
