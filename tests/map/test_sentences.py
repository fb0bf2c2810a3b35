"""Sentences with their places: messy input, abbreviations, bullets, headings, dictation."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sentences import count_words, split_sentences


def _split(text):
    return [text[s.span.start : s.span.end] for s in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("I went. I saw.", ["I went.", "I saw."]),
        ("Mr. Bell rang, e.g. on Monday. Then I wrote.", ["Mr. Bell rang, e.g. on Monday.", "Then I wrote."]),
        ("She asked why. It hurt.", ["She asked why.", "It hurt."]),
        ("See Munro et al. for more. Yes.", ["See Munro et al. for more.", "Yes."]),
        ("It cost 4.5 hours. No more.", ["It cost 4.5 hours.", "No more."]),
        ('"Why?" she said. I left.', ['"Why?" she said.', "I left."]),
        ('He said "go." I went.', ['He said "go."', "I went."]),
        ("i went. then i wrote it up.", ["i went.", "then i wrote it up."]),
        ("That was I. Then J. Smith came.", ["That was I.", "Then J. Smith came."]),
        ("What?! Really? Yes", ["What?!", "Really?", "Yes"]),
        ("- one thing\n- another thing", ["one thing", "another thing"]),
        ("1. First point.\n2. Second point.", ["First point.", "Second point."]),
        ("a line that the page's\nwidth broke. Next.", ["a line that the page's\nwidth broke.", "Next."]),
        ("No stop here\n\nNew paragraph", ["No stop here", "New paragraph"]),
        ("One line.\r\nAnother line.", ["One line.", "Another line."]),
        ("  \n\n ", []),
        ("", []),
    ],
)
def test_sentences(text, sentences):
    assert _split(text) == sentences


def test_a_short_line_without_a_stop_is_a_heading():
    text = "What I learnt\nI learnt to ask first and to wait for the answer.\nImpact:\nMore people answer."
    assert [s.is_heading for s in split_sentences(text)] == [True, False, True, False]


def test_dictation_without_any_stop_is_cut_at_pauses():
    text = " ".join(["and then i asked her what she wanted and she told me"] * 30)
    pieces = _split(text)
    assert max(map(count_words, pieces)) <= 61
    assert " ".join(pieces) == text


def test_a_long_sentence_that_somebody_ended_stays_whole():
    text = " ".join(["the long and winding word"] * 30) + "."
    assert _split(text) == [text]


@given(st.text(alphabet='aB.?! \n-\r\u2022\u2019"1)i', max_size=120))
def test_sentences_lie_in_order_and_lose_no_letter(text):
    spans = [s.span for s in split_sentences(text)]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    kept = "".join(text[s.start : s.end] for s in spans)
    assert kept.count("B") == text.count("B")
