"""Marks: overlaps are one mark, and the words of a warning give way to findings in them."""

from __future__ import annotations

import pytest

from models.document import Found, Place, SegmentKind, assemble
from models.findings import Verdict
from models.text import Span
from models.warnings import Spot
from pipeline.marked import LONGEST, words_at
from pipeline.marks import Mark, merged, side_by_side

TEXT = "She was off with stress since May."


def mark(words: str, *ids: str, verdict: Verdict = Verdict.WARN, label: str = "") -> Mark:
    start = TEXT.index(words)
    return Mark(Span(start, start + len(words)), ids, verdict, (label or words,), None)


def shown(marks: list[Mark]) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [(TEXT[m.span.start : m.span.end], m.ids, m.labels) for m in marks]


def test_findings_that_overlap_are_one_mark_as_grave_as_the_graver():
    (one,) = merged([mark("off with stress", "a"), mark("stress since", "b", verdict=Verdict.BLOCK)])
    assert shown([one]) == [("off with stress since", ("a", "b"), ("off with stress", "stress since"))]
    assert one.verdict is Verdict.BLOCK
    assert shown(merged([mark("off with stress since", "a"), mark("stress", "b")]))[0][0].endswith("since")


def test_findings_that_only_touch_stay_two():
    assert len(merged([mark("off with ", "a"), mark("stress", "b")])) == 2


@pytest.mark.parametrize(
    ("found", "told", "expected"),
    [
        ([], "off with stress", [("off with stress", ("t",), ("told",))]),
        (
            ["stress"],
            "was off with stress since",
            [
                ("was off with ", ("t",), ("told",)),
                ("stress", ("stress",), ("stress",)),
                (" since", ("t-2",), ()),
            ],
        ),
        (
            ["off with stress"],
            "stress",
            [("off with stress", ("off with stress", "t"), ("off with stress",))],
        ),
        (
            ["off", "with"],
            "off with",
            [("off", ("off", "t"), ("off",)), ("with", ("with",), ("with",))],
        ),
        (["She"], "stress", [("She", ("She",), ("She",)), ("stress", ("t",), ("told",))]),
    ],
)
def test_words_of_a_warning_give_way_to_the_findings_in_them(found, told, expected):
    marks = side_by_side(TEXT, [mark(words, words) for words in found], [mark(told, "t", label="told")])
    assert shown(marks) == expected


def test_a_long_passage_is_named_by_its_beginning():
    text = "Mae hi " * 40
    document = assemble([Found(SegmentKind.TEXT, Place("text"), text, body=True)])
    words = words_at(document, Spot("s1", Span(0, len(text))))
    assert words.startswith("Mae hi Mae")
    assert words.endswith(" …")
    assert len(words) <= LONGEST + 2
    assert words_at(document, Spot("s1", Span(0, 6))) == "Mae hi"
