"""Labels: neutral, the same for one person over an entry, and never a real initial."""

from __future__ import annotations

import time

import pytest

from models.document import Found, Place, SegmentKind, assemble
from models.findings import EntityType, Finding, Hide, Judgement, Role, Verdict
from models.redaction import LabelBook, Redaction
from models.results import Assessment, Context
from models.text import Span
from pipeline.assess import assess
from pipeline.life import stage_of
from pipeline.redact import redact
from rules.labels import load_labels
from tests.assess.made import POLICY, judged

TABLE = load_labels()


def redacted(
    *marked: str, book: LabelBook | None = None, for_assessor: bool = False
) -> tuple[Redaction, LabelBook]:
    made, assessment = judged(*marked)
    return redact(made, assessment, book or LabelBook(), TABLE, for_assessor=for_assessor)


def test_one_person_keeps_one_label_in_every_form():
    text = redacted(
        "The child, [[PERSON/supported|Kade Purvis]], is at home.",
        "I saw [[PERSON/supported|Kade]] and rang the child's mother, [[PERSON/family|Courtney Purvis]].",
        "[[PERSON/family|Courtney]] said [[PERSON/supported|kade]] slept."
        " The child, [[PERSON/supported|Kade]], is well.",
    )[0].text
    assert text.count("[Child A]") == 4
    assert text.count("[Child A's mother]") == 2
    assert "urvis" not in text
    assert "ade" not in text.replace("made", "")


def test_letters_keep_off_real_initials_and_go_by_appearance():
    text = redacted(
        "The child, [[PERSON/supported|Aisha Bello]], and the child, [[PERSON/supported|Tom Doyle]].",
        "The child, [[PERSON/supported|Mo Ali]].",
    )[0].text
    labels = [word for word in ("[Child A]", "[Child B]", "[Child C]") if word in text]
    assert labels == ["[Child A]", "[Child B]", "[Child C]"]
    assert text.startswith("The child, [Child C], and the child, [Child A].")
    assert text.endswith("The child, [Child B].")


def test_letters_never_run_out():
    names = [f"The child, [[PERSON/supported|{a}{b}o]], came." for a in "BCDFGHJKLM" for b in "aeiou"]
    text = redacted(*names)[0].text
    assert len({line.split("[")[1] for line in text.splitlines()}) == len(names)


def test_labels_go_on_over_the_entry():
    first, book = redacted(
        "The child, [[PERSON/supported|Kade Purvis]], at [[ORGANISATION/supported|Croft Lea School]]."
    )
    again, later = redacted(
        "The child [[PERSON/supported|Ines Roy]] and the child [[PERSON/supported|Kade]]:"
        " [[ORGANISATION/supported|Croft Lea]].",
        book=book,
    )
    assert "[Child A]" in first.text
    assert again.text == "The child [Child B] and the child [Child A]: [school 1]."
    assert set(book.labels) < set(later.labels)


def test_two_schools_are_told_apart_and_one_is_not():
    text = redacted(
        "[[ORGANISATION/supported|Oak Hill Primary School]], then [[ORGANISATION/supported|Elm Academy]],"
        " then [[ORGANISATION/supported|Oak Hill]] again."
    )[0].text
    assert text == "[school 1], then [school 2], then [school 1] again."


def test_own_name_is_hidden_for_assessors_only():
    marked = "Reflection by [[PERSON/self|Rowan Ashby]], [[REGISTRATION_NUMBER/self|SW12345]]."
    assert "Rowan Ashby, SW12345" in redacted(marked)[0].text
    assert "Ashby" not in redacted(marked, for_assessor=True)[0].text
    assert "SW12345" not in redacted(marked, for_assessor=True)[0].text


def test_about_you_and_look_alikes_stay():
    text = "I have [[HEALTH/self|asthma]] and read {{theorist|Kolb}}."
    assert redacted(text, for_assessor=True)[0].text == "I have asthma and read Kolb."


def test_replacements_reach_outside_the_body():
    made = assemble(
        [
            Found(SegmentKind.PARAGRAPH, Place("paragraph 1"), "Nothing here.", body=True),
            Found(SegmentKind.FILE_NAME, Place("file name"), "Jayden plan.docx"),
        ]
    )
    finding = Finding("s2", Span(0, 6), EntityType.PERSON, 0.9, "made", Role.SUPPORTED, 1)
    redaction, _ = redact(made, assess(made, (finding,), Context(), POLICY), LabelBook(), TABLE)
    assert redaction.text == "Nothing here."
    assert [(r.segment, r.span) for r in redaction.replacements] == [("s2", Span(0, 6))]


def test_overlapping_findings_leave_no_letter():
    made = assemble([Found(SegmentKind.TEXT, Place("the text"), "Ring jo.king@example.org now.", body=True)])
    spans = ((5, 12, EntityType.PERSON), (8, 24, EntityType.EMAIL_ADDRESS), (5, 10, EntityType.PERSON))
    judged = tuple(
        Judgement(Finding("s1", Span(a, b), kind, 0.9, "made"), Verdict.BLOCK, "r", "w", Hide.ALWAYS)
        for a, b, kind in spans
    )
    redaction, _ = redact(made, Assessment(judged, (), ()), LabelBook(), TABLE)
    assert redaction.text == "Ring [Person] now."
    assert len(redaction.replacements) == 1


def test_ten_thousand_findings_take_no_quadratic_time():
    address = "a.b@example.org, "
    made = assemble([Found(SegmentKind.TEXT, Place("the text"), address * 10_000, body=True)])
    judged = tuple(
        Judgement(
            Finding("s1", Span(n * 17, n * 17 + 15), EntityType.EMAIL_ADDRESS, 0.9, "made"),
            Verdict.BLOCK,
            "r",
            "w",
        )
        for n in range(10_000)
    )
    began = time.process_time()
    redaction, _ = redact(made, Assessment(judged, (), ()), LabelBook(), TABLE)
    assert redaction.text == "[e-mail address], " * 10_000
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("9", "primary-school age"),
        ("(11)", "secondary-school age"),
        ("nine year old", "primary-school age"),
        ("eighteen months", "baby"),
        ("Year 9", "secondary-school age"),
        ("forty-two", "adult"),
        ("83", "older adult"),
        ("twenty", "young adult"),
        ("2, 4 and 7", None),
        ("old", None),
        ("1989", None),
    ],
)
def test_stages_of_life(text, stage):
    assert stage_of(text) == stage
