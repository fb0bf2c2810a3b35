"""Profiles: gaps that the regulator wants explained, and what is missing, in words."""

import io
from datetime import date

import docx
import pypdfium2
import pytest

from models.profile import Activity, Passage
from pipeline.profile import build_profile
from pipeline.profile_docx import profile_docx
from pipeline.profile_layout import lay_out
from pipeline.profile_pdf import MISSING, UNKNOWN, missing_letters, profile_pdf
from pipeline.right_to_left import to_drawn
from rules.standards import load_standards
from rules.templates import load_templates

HCPC = next(t for t in load_templates().profiles if t.standard == "hcpc-cpd")
SPAN = (date(2025, 1, 1), date(2025, 12, 31))


def _profile(*days, statements=None, template=HCPC):
    activities = [Activity(str(n), day, "Reading", ()) for n, day in enumerate(days)]
    return build_profile(template, load_standards()["hcpc-cpd"], SPAN, activities, statements or {})


@pytest.mark.parametrize(
    ("days", "gaps"),
    [
        ((date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 28)), 1),  # 94 days to the end
        ((date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30), date(2025, 11, 1)), 0),
        ((date(2025, 6, 1),), 2),
        ((), 1),
    ],
)
def test_a_gap_that_the_regulator_wants_explained_is_told(days, gaps):
    assert sum("Nothing is recorded" in note for note in _profile(*days).notes) == gaps


def test_activities_stand_by_date_and_those_without_one_last():
    listed = _profile(date(2025, 9, 1), None, date(2025, 2, 1)).activities
    assert [a.entry for a in listed] == ["2", "0", "1"]


def test_a_statement_that_is_too_long_or_not_there_is_told():
    long = {"summary": (Passage("", "word " * 501),)}
    notes = " ".join(_profile(statements=long).notes)
    assert "Summary of your practice: 501 words. About 500 are asked for." in notes
    assert "Personal statement: not written yet." in notes
    assert "Summary of your practice" not in " ".join(
        _profile(statements={"summary": (Passage("", "word " * 500),)}).notes
    )


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("Reading", "Reading"),
        ("\u0645\u062d\u0645\u062f", "\ufeaa\ufee4\ufea4\ufee3"),  # four letters in one stroke
        ("\u062f\u0627\u0631", "\ufead\ufe8d\ufea9"),  # letters that join to none after them
        ("\u0633\u0644\u0627\u0645", "\ufee1\ufefc\ufeb3"),  # lam with alef is one shape
        ("\u05e9\u05dc\u05d5\u05dd", "\u05dd\u05d5\u05dc\u05e9"),
        (
            "about \u05d0\u05d1 \u05d2\u05d3 and \u05d4\u05d5.",
            "about \u05d3\u05d2 \u05d1\u05d0 and \u05d5\u05d4.",
        ),
        ("\u0628\u064e\u062a", "\ufe96\ufe91\u064e"),  # a mark stays with its letter
    ],
)
def test_words_from_right_to_left_are_put_in_the_order_of_drawing(written, drawn):
    assert to_drawn(written) == drawn


def _titled(title):
    activities = [Activity("1", SPAN[0], title, ())]
    return build_profile(HCPC, load_standards()["hcpc-cpd"], SPAN, activities, {})


def _text(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize(
    ("title", "missing"),
    [
        ("Zo\u00eb \u0141ukasz Nguy\u1ec5n", ""),
        ("\u03a3\u03bf\u03c6\u03af\u03b1 \u0418\u0440\u0438\u043d\u0430", ""),
        ("\u05e9\u05dc\u05d5\u05dd \u0645\u062d\u0645\u062f", ""),
        ("\u0905\u092e\u0930 and \u738b", "\u0905\u092e\u0930\u738b"),
    ],
)
def test_a_letter_that_the_pdf_cannot_draw_is_told_and_stands_in_the_word_file(title, missing):
    profile = _titled(title)
    assert missing_letters(lay_out(profile)) == missing
    text = _text(profile_pdf(profile))
    assert (UNKNOWN in text) == bool(missing)
    assert (MISSING.split(". ")[1] in " ".join(text.split())) == bool(missing)
    cells = [c.text for t in docx.Document(io.BytesIO(profile_docx(profile))).tables for c in t._cells]
    assert title in cells
