"""Authors: known names, and titles that make nobody a person."""

from __future__ import annotations

import pytest

from models.findings import EntityType, LookAlike
from pipeline.authors import author, lived, titled
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
    ],
)
def test_an_author_by_name(text, name, score, is_author):
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


@pytest.mark.parametrize("rule", ["title_and_name", "relation_and_name"])
@pytest.mark.parametrize(
    ("reason", "score", "is_kept"),
    [
        (LookAlike.PSEUDONYM, 0.7, False),
        (LookAlike.PSEUDONYM, 0.5, True),
        (LookAlike.INQUIRY, 0.7, True),
        (LookAlike.WORD, 0.9, True),
    ],
)
def test_who_surely_is_made_up_is_nobody_though_he_has_a_title_or_relatives(rule, reason, score, is_kept):
    text = "The vignette: Mrs Quill lives with her son."
    marked = [claim(text, "Mrs Quill", score, reason)]
    assert bool(list(titled([claim(text, "Mrs Quill", 0.88, None, rule)], marked, text))) is is_kept


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


@pytest.mark.parametrize(
    ("text", "word", "person"),
    [
        ("It was how Yusuf was spoken about.", "Yusuf", True),
        ("Her name is changed. It was how Yusuf was spoken about.", "Yusuf", False),
        ("It was how Client was spoken about.", "Client", False),
        ("It was how Child A was spoken about.", "Child A", False),
    ],
)
def test_nobody_is_made_up_where_the_text_does_not_say_so(text, word, person):
    at = text.index(word)
    made_up = Claim(at, at + len(word), EntityType.PERSON, 0.9, "tagger", LookAlike.PSEUDONYM)
    assert [c.look_alike is None for c in lived([made_up], text)] == [person]
