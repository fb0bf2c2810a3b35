"""Letters of the office: which say what somebody is, and which say who."""

import re

import pytest

from models.findings import EntityType
from pipeline.claims import Claim
from pipeline.office import is_post, office_of, without_posts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chair: Ada Quill (TM), others", True),
        ("Ada Quill (TM, chair)", True),
        ("Best Wishes, TM\n(", False),
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
    start = re.search(r"(?<=\()\w|(?<=, )TM", text).start()
    assert is_post(text, start, re.compile(r"\w+").match(text, start).end()) is expected


@pytest.mark.parametrize(
    ("letters", "score", "expected"),
    [("SW", 0.6, True), ("SW", 0.97, True), ("YP", 0.6, True), ("DP", 0.4, False), ("QZ", 0.1, False)],
)
def test_letters_of_those_who_act_in_every_record_are_nobodys(letters, score, expected):
    text = f"Then {letters} said so."
    claim = Claim(5, 7, EntityType.PERSON, score, "tagger")
    assert office_of([], text).is_letters(claim, text) is expected


def test_letters_of_somebody_named_in_full_are_hers():
    text = "Seren Wyn came. Then SW said so."
    named = Claim(0, 9, EntityType.PERSON, 0.99, "tagger")
    claim = Claim(21, 23, EntityType.PERSON, 0.6, "tagger")
    assert not office_of([named], text).is_letters(claim, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Social worker: SW\n", False),
        ("Social worker: sw\n", True),
        ("Social worker: QZ\n", True),
        ("Practice educator: SW\n", True),
        ("Present: SW, HV\n", False),
        ("Present: SW, HV, QZ\n", True),
        ("Presented by: SW\n", True),
        ("To: SW\n", True),
        ("Signed by the worker: SW\n", True),
        ("Social worker: SW\nSeren Wyn came.", True),
        ("Social worker: SW\nSeren Wyn (SW) came.", True),
    ],
)
def test_a_post_on_a_form_is_nobody_unless_somebody_has_its_letters(text, expected):
    at = text.index(": ") + 2
    given = Claim(at, at + 2, EntityType.PERSON, 0.9, "form_label")
    named = [
        Claim(m.start(), m.end(), EntityType.PERSON, 0.9, "tagger") for m in re.finditer("Seren Wyn", text)
    ]
    assert (given in without_posts([given], named, text)) is expected
