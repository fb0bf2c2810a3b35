"""Authors: known names, what is said of authors, titles that make nobody a person, and their company."""

from __future__ import annotations

import pytest

from models.findings import EntityType, LookAlike
from pipeline.authors import author, titled
from pipeline.beside import beside
from pipeline.claims import Claim
from pipeline.memory import is_written_as_name


def claim(text, words, score, look_alike=None, recognizer="tagger"):
    at = text.index(words)
    return Claim(at, at + len(words), EntityType.PERSON, score, recognizer, look_alike)


@pytest.mark.parametrize(
    ("text", "name", "score", "is_author"),
    [
        ("I went to hear Eileen Munro in town.", "Eileen Munro", 0.55, True),
        ("I went to hear Eileen Munro in town.", "Eileen Munro", 0.65, False),
        ("I went to hear Eileen Munro on her book.", "Eileen Munro", 0.95, True),
        ("I went to hear Eileen Munro on her book.", "Eileen Munro", 0.98, False),
        ("I went to meet Eileen Munro in town.", "Eileen Munro", 0.3, False),
        ("Eileen Munro, 34, has a book.", "Eileen Munro", 0.3, False),
        ("Eileen Munro (1999) has a book.", "Eileen Munro", 0.9, True),
        ("I went to hear Mrs Eileen Munro in town.", "Mrs Eileen Munro", 0.5, False),
        ("I went to hear Eileen Murdo in town.", "Eileen Murdo", 0.5, False),
        ("We used Munro here.", "Munro", 0.75, True),
        ("At six Munro rang the bell.", "Munro", 0.95, False),
        ("Her book says Munro is right.", "Munro", 0.95, True),
        ("Quarmby writes that it is fear.", "Quarmby", 0.75, True),
        ("Quarmby writes that it is fear.", "Quarmby", 0.85, False),
        ("Quarmby would say that it is fear.", "Quarmby", 0.75, False),
        ("Quarmby writes that she is ill.", "Quarmby", 0.3, False),
        ("Quarmby writes things down.", "Quarmby", 0.8, False),
        ("Then Quarmby on shame.", "Quarmby", 0.6, True),
        ("Then Quarmby on the phone.", "Quarmby", 0.6, False),
        ("Then Quarmby on one log.", "Quarmby", 0.6, False),
        ("Then Quarmby on the other side.", "Quarmby", 0.6, False),
        ("Then quarmby on shame.", "quarmby", 0.6, False),
        ("Then Quarmby on Thurs at ten.", "Quarmby", 0.6, False),
        ("Then K.Q. on shame.", "K.Q.", 0.6, False),
    ],
)
def test_an_author_by_name_or_by_what_is_said(text, name, score, is_author):
    assert author(claim(text, name, score), text).look_alike is (LookAlike.THEORIST if is_author else None)


@pytest.mark.parametrize(
    ("text", "name", "alike", "is_kept"),
    [
        ("Professor Quarmby opened.", "Professor Quarmby", (LookAlike.THEORIST, 0.7), False),
        ("Professor Quarmby opened.", "Professor Quarmby", (LookAlike.THEORIST, 0.5), True),
        ("Professor Quarmby opened.", "Professor Quarmby", (LookAlike.PUBLIC_BODY, 0.9), True),
        ("PC Quarmby opened.", "PC Quarmby", (LookAlike.THEORIST, 0.9), True),
        ("Dr Karen Treisman has a book.", "Dr Karen Treisman", None, False),
        ("Dr Karen Treisman opened.", "Dr Karen Treisman", None, True),
        ("Dr Karen Treisman, her GP, opened.", "Dr Karen Treisman", (LookAlike.THEORIST, 0.9), True),
        ("Rev Karen Treisman has a book.", "Rev Karen Treisman", (LookAlike.THEORIST, 0.9), True),
        ("Mrs Karen Treisman opened.", "Mrs Karen Treisman", None, True),
    ],
)
def test_a_title_makes_no_author_a_person(text, name, alike, is_kept):
    marked = [claim(text, name, alike[1], alike[0])] if alike else []
    assert bool(list(titled([claim(text, name, 0.88, None, "title_and_name")], marked, text))) is is_kept


@pytest.mark.parametrize(
    ("text", "score", "is_author"),
    [
        ("Munro on systems, then Quarmby", 0.55, True),
        ("Munro on systems, then Quarmby", 0.65, False),
        ("Munro on systems was what Quarmby", 0.55, False),
        ("Munro on systems; ask Quarmby", 0.55, False),
        ("In Munro's writing: Quarmby", 0.55, False),
        ("Munro, which I gave to Quarmby", 0.55, False),
        ("Munro on systems. Quarmby", 0.55, False),
        ("Munro, a book about systems, people, care and doubt, and Quarmby", 0.55, False),
    ],
)
def test_a_name_in_one_breath_with_an_author(text, score, is_author):
    claims = [claim(text, "Munro", 0.9, LookAlike.THEORIST), claim(text, "Quarmby", score)]
    assert [c.look_alike for c in beside(claims, text)][1] is (LookAlike.THEORIST if is_author else None)


@pytest.mark.parametrize(
    ("text", "word", "is_name"),
    [
        ("I saw June was cold.", "June", True),
        ("The review of June is late.", "June", False),
        ("Tell her what Sunday said.", "Sunday", True),
        ("We move Sunday to the top.", "Sunday", False),
        ("I gave Grace the keys.", "Grace", True),
    ],
)
def test_a_capital_says_nothing_of_months_and_days(text, word, is_name):
    at = text.index(word)
    assert is_written_as_name(text, at, at + len(word)) is is_name
