"""The token classifier: how it cuts a text, how it decides, and that no text breaks it."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.tagger import GROUPS, Labels, OperatingPoint, Tagger, company, decide
from pipeline.tagger_windows import OVERLAP, WINDOW, encode, load_tokenizer, passages, windows
from pipeline.tagger_words import Words

MODEL = Path(__file__).parents[2] / "rules" / "tagger"


@pytest.fixture(scope="module")
def tagger():
    return Tagger.load(MODEL)


@pytest.fixture(scope="module")
def tokenizer():
    return load_tokenizer(str(MODEL / "tokenizer.json"))


@given(st.text(alphabet="ab \n\té", max_size=400), st.integers(2, 50))
def test_passages_are_the_whole_text_in_order(text, longest):
    cuts = list(passages(text, longest))
    assert "".join(text[start:end] for start, end in cuts) == text
    assert all(0 < end - start <= longest for start, end in cuts)


def test_a_passage_ends_at_a_blank_line_where_it_can():
    text = "word " * 10 + "\n\n" + "word " * 10
    start, end = next(passages(text, 80))
    assert text[start:end].endswith("\n\n")


@given(st.integers(0, 5000))
def test_windows_cover_every_piece_with_context(pieces):
    cuts = windows(pieces)
    lengths = {end - start for start, end in cuts}
    assert (cuts == []) == (pieces == 0)
    assert len(lengths) <= 1
    assert max(lengths, default=0) <= WINDOW
    assert cuts == [] or (cuts[0][0], cuts[-1][1]) == (0, pieces)
    assert all(left[1] - right[0] >= OVERLAP - 1 for left, right in pairwise(cuts))


@pytest.mark.parametrize(
    ("text", "cases", "gaps"),
    [
        ("Tegan met JB\n\nat 14b", [2, 2, 1, 3, 3, 1, 4, 4], [3, 0, 1, 1, 0, 3, 1, 0]),
        ("A\tb\nMcD", [5, 1, 6, 6], [3, 4, 2, 0]),
    ],
)
def test_letter_case_and_layout_are_kept(tokenizer, text, cases, gaps):
    pieces = encode(text, tokenizer)
    assert pieces.cases.tolist() == cases
    assert pieces.gaps.tolist() == gaps


@given(text=st.text(max_size=60))
def test_pieces_lie_inside_the_text(tokenizer, text):
    pieces = encode(text, tokenizer)
    assert all(0 <= start <= end <= len(text) for start, end in zip(pieces.starts, pieces.ends, strict=True))


def words_with(outside, *labels):
    """Make one word with these probabilities."""
    row = np.array([labels], dtype=np.float32)
    place = np.array([0])
    return Words(place, place + 1, np.array([outside], dtype=np.float32), row, row, row, place + 1)


LABELS = Labels(("PERSON", "AGE", "theorist"), np.array([0, 1, 2]), ("supported",))


@pytest.mark.parametrize(
    ("word", "bias", "sure", "weak"),
    [
        (words_with(0.2, 0.7, 0.0, 0.1), 0.0, 0, -1),
        (words_with(0.6, 0.4, 0.0, 0.0), 0.0, -1, 0),
        (words_with(0.6, 0.4, 0.0, 0.0), 1.0, 0, -1),
        (words_with(0.95, 0.05, 0.0, 0.0), 0.0, -1, -1),
        (words_with(0.1, 0.3, 0.0, 0.6), 0.0, 2, 0),
        (words_with(0.1, 0.1, 0.8, 0.0), 0.0, 1, -1),
    ],
)
def test_the_likeliest_label_wins_after_the_bias(word, bias, sure, weak):
    even = dict.fromkeys(GROUPS, 0.0)
    marked, doubted = decide(word, LABELS, OperatingPoint(even | {"direct": bias}, even, {}, 0.15))
    assert (marked.tolist(), doubted.tolist()) == ([sure], [weak])


def row_of(*words):
    """Put words after one another."""
    columns = ("starts", "ends", "outside", "labels", "begins", "roles", "pieces")
    return Words(*(np.concatenate([getattr(word, column) for word in words]) for column in columns))


NAME, AUTHOR = words_with(0.0, 1.0, 0.0, 0.0), words_with(0.0, 0.0, 0.0, 1.0)
DOUBTFUL = words_with(0.55, 0.45, 0.0, 0.0)


@pytest.mark.parametrize(
    ("others", "kept", "marked"),
    [([], 0.35, -1), ([NAME] * 4, 0.9, 0), ([AUTHOR] * 4, -0.8, -1), ([NAME, AUTHOR], 0.2, -1)],
)
def test_a_doubtful_name_is_known_by_its_company(others, kept, marked):
    passage = row_of(DOUBTFUL, *others)
    even = dict.fromkeys(GROUPS, 0.0)
    point = OperatingPoint(even, even | {"direct": 0.4}, {}, 0.15)
    assert company(passage, LABELS) == pytest.approx(kept, abs=0.1)
    assert decide(passage, LABELS, point)[0].tolist()[0] == marked


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\x00\x01\x02", "\u200b", "…—", "\ud800", "\U0001f600"])
def test_a_text_without_words_has_no_marks(tagger, text):
    assert tagger.tag(text) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I visited Shanelle Okafor's home with Mrs Begum.", ["Shanelle Okafor", "Mrs Begum"]),
        ("Both children, Tegan, Kitto and their mum, were at home when I visited.", ["Tegan", "Kitto"]),
        (
            "I spoke to her manager, Folasade Adeyemi.\n\nPriya Nair was present.",
            ["Folasade Adeyemi", "Priya Nair"],
        ),
    ],
)
def test_people_are_marked_one_by_one(tagger, text, found):
    assert [text[m.start : m.end] for m in tagger.tag(text) if m.label == "PERSON"] == found


def test_an_author_is_a_look_alike(tagger):
    text = "In reflecting I used the cycle of Gibbs (1988) and read Kolb on learning."
    assert {m.label for m in tagger.tag(text)} == {"theorist"}


def test_weak_marks_never_lie_over_what_is_marked(tagger):
    text = (Path(__file__).parents[1] / "gold" / "train-6" / "t6-001.txt").read_text(encoding="utf-8")
    tagging = tagger.read(text)
    personal = [mark for mark in tagging.sure if mark.label.isupper()]
    assert not [w for w in tagging.weak for p in personal if w.start < p.end and p.start < w.end]


def test_one_long_line_is_read_to_its_end(tagger):
    text = "x" * 30_000 + " and then I met Shanelle Okafor at home. " * 3
    assert [text[m.start : m.end] for m in tagger.tag(text) if m.label == "PERSON"][-1] == "Shanelle Okafor"
