"""Two people whom the classifier marked in one go are two people."""

import pytest

from models.document import Found, Place, SegmentKind, assemble
from models.findings import EntityType, LookAlike
from models.results import Context
from pipeline.claims import Claim
from pipeline.detect import build_detector, detect
from pipeline.lines import one_name_each
from pipeline.sheets import sheets_of
from pipeline.tagger import Mark, Tagging


def divided(*paragraphs: str, marked: str, look_alike: LookAlike | None = None) -> list[str]:
    found = [Found(SegmentKind.PARAGRAPH, Place("text"), text, body=True) for text in paragraphs]
    (sheet,) = sheets_of(assemble(found))
    at = sheet.text.index(marked)
    claim = Claim(at, at + len(marked), EntityType.PERSON, 0.9, "tagger", look_alike)
    return [sheet.text[c.start : c.end] for c in one_name_each([claim], sheet)]


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        ("Odile and Corin", ["Odile", "Corin"]),
        ("Odile & Corin FARRINGTON", ["Odile", "Corin FARRINGTON"]),
        ("Odile / Corin", ["Odile", "Corin"]),
        ("Odile/Corin", ["Odile", "Corin"]),
        ("Odile | Corin", ["Odile", "Corin"]),
        ("Odile Farr, Corin Hale", ["Odile Farr", "Corin Hale"]),
        ("Corin\nOdile", ["Corin", "Odile"]),
        ("Corin\n\nOdile", ["Corin", "Odile"]),
        ("FARRINGTON, Odile", ["FARRINGTON, Odile"]),
        ("Mr and Mrs Farrington", ["Mr and Mrs Farrington"]),
        ("A/L", ["A/L"]),
        ("Odile-Corin Farrington", ["Odile-Corin Farrington"]),
    ],
)
def test_two_names_in_one_mark_are_two(marked, names):
    assert divided(f"Odd.\n{marked} met us there.", marked=marked) == names


def test_authors_cited_together_stay_one():
    marked = "Odile and Corin"
    assert divided(f"After {marked} we", marked=marked, look_alike=LookAlike.THEORIST) == [marked]


LONG = "We had talked for most of an hour about it when Mrs Odile\nFarrington came in, and after that we"


@pytest.mark.parametrize(
    ("text", "marked", "names"),
    [
        (LONG, "Odile\nFarrington", ["Odile\nFarrington"]),
        (LONG.replace("Odile", "Ode-").replace("Farr", "ttefarr"), "Ode-\nttefarr", ["Ode-\nttefarr"]),
        (LONG.replace("Farrington", "Odile"), "Odile\nOdile", ["Odile", "Odile"]),
        (
            LONG.replace("that we", "that we went on for longer than any of us had thought"),
            "Odile\nFarr",
            ["Odile", "Farr"],
        ),
    ],
)
def test_a_wrapped_line_does_not_divide_a_name(text, marked, names):
    assert divided(text, marked=marked) == names


def test_a_name_never_runs_into_the_next_paragraph():
    first, second = LONG.split("\n")
    assert divided(first, second, marked="Odile\nFarrington") == ["Odile", "Farrington"]


def test_a_heading_and_its_paragraph_name_two_people():
    class RunsOver:  # as the classifier does where only a line ends between two names
        def read(self, text):  # noqa: ARG002  (the interface)
            bounds = [(0, 5), (10, 21), (26, 31)]
            return Tagging(tuple(Mark(a, b, "PERSON", 0.95, "supported", 0.9) for a, b in bounds), ())

    text = ("Odile and Corin", "Odile and Corin are a retired couple.")
    document = assemble([Found(SegmentKind.PARAGRAPH, Place("p"), t, body=True) for t in text])
    found = detect(document, Context(), build_detector(RunsOver()))
    people = [(document.by_id[f.segment].text[f.span.start : f.span.end], f.person) for f in found]
    assert people == [("Odile", 1), ("Corin", 2), ("Odile", 1), ("Corin", 2)]
