"""Mapping: suggestions with quotes for what shows a part, a plain reason for what shows none."""

import json
import re
from pathlib import Path

import pytest

from models.document import Found, Place, SegmentKind, assemble
from models.redaction import Redaction
from models.standards import Band
from pipeline.map import FOLDER, explain, load_mapper, map_parts, prompt
from pipeline.map_reading import sections
from pipeline.sentences import split_sentences
from rules.standards import load_standard_files, load_standards
from tests.quality.passages import read_passages

ROOT = Path(__file__).parents[2]
STANDARDS = load_standards()

FEEDBACK = (
    "A neighbour who sat in on my visit told me afterwards that I had filled in the form "
    "before I looked at anybody. "
    "I was put out. I asked two other people whether it was so and both said yes, kindly. "
    "Because of what they told me I leave the form in my bag until the end now, "
    "and ask people to check what I wrote. "
    "The last four families have corrected something each time."
)
CASE_NOTE = (
    "Visited at 10:00. Mum and both children seen. Home conditions adequate. "
    "School report attendance at 94 per cent. "
    "Discussed the plan and the next core group. Mum asked about housing and was given the number. "
    "Health visitor to be contacted. Next visit within ten working days. Recorded on the system the same day."
)


@pytest.fixture(scope="module")
def mapper():
    return load_mapper()


def _map(text, mapper, standard="swe-4"):
    document = assemble([Found(SegmentKind.TEXT, Place("text"), text, body=True)])
    return map_parts(document, Redaction(text, ()), STANDARDS[standard], mapper)


def test_feedback_acted_upon_is_suggested_with_its_words(mapper):
    mapping = _map(FEEDBACK, mapper)
    first = mapping.candidates[0]
    assert (first.part, mapping.note) == ("4.1", None)
    assert first.band in (Band.STRONG, Band.POSSIBLE)
    assert len(mapping.candidates) <= 3
    assert all(1 <= len(c.quotes) <= 2 for c in mapping.candidates)
    assert all(FEEDBACK[q.span.start : q.span.end] == q.text for c in mapping.candidates for q in c.quotes)


def test_a_suggestion_is_no_verdict(mapper):
    for candidate in _map(FEEDBACK, mapper).candidates:
        said = f"{candidate.why} {candidate.prompt}"
        assert "meets" not in said
        assert "%" not in said


FEEDBACK_GUIDE = load_standard_files()["swe-4"].guides[0]
COMMENT, CHANGE = (group.name for group in FEEDBACK_GUIDE.cues)


@pytest.mark.parametrize(
    ("names", "band", "asked"),
    [
        ([COMMENT], Band.POSSIBLE, True),
        ([COMMENT, CHANGE], Band.POSSIBLE, False),  # both are there
        ([CHANGE], Band.POSSIBLE, False),  # "You mention what somebody said" would be untrue
        ([], Band.CONSIDER, False),
        ([COMMENT], Band.STRONG, False),  # the text says it in other words
    ],
)
def test_what_is_missing_is_asked_for_where_the_rest_is_there(names, band, asked):
    assert prompt(FEEDBACK_GUIDE, names, band) == (FEEDBACK_GUIDE.prompt if asked else None)


@pytest.mark.parametrize("guide", [g for f in load_standard_files().values() for g in f.guides])
def test_a_reason_reads_as_one_text_and_passes_no_judgement(guide):
    why = explain(guide, [guide.cues[0].name])
    assert why.startswith(f"We found {guide.cues[0].name} in your text. What this part looks for: ")
    assert not re.search(r"\bme(?:ets?|t)\b|%|\bscore|\bgrade|\b0\.\d", f"{why} {guide.prompt}")


def test_a_case_note_gets_no_suggestion_that_looks_sure(mapper):
    mapping = _map(CASE_NOTE, mapper)
    assert not [c for c in mapping.candidates if c.band is not Band.CONSIDER]


COURSES = (
    "Fire safety, 2 hrs, 3 May\nReflective practice training, 6 hrs, 9 June\nValues webinar, 1 hr, 2 July\n"
)
COURSES_IN_A_ROW = (
    "Mandatory e-learning this year. Information governance (completed, 94%). Lone working (completed). "
    "Display screen equipment (overdue). Prevent (due in March). Safeguarding children level 2 (completed). "
    "Health and safety for managers (not applicable)."
)
POST = (
    "Main purpose: to hold a caseload of complex cases. Responsible to: team manager. Key responsibilities: "
    "to use supervision effectively, to keep up to date with research and theory, to seek feedback from "
    "families and to reflect on own values. Essential: current registration and a full driving licence."
)
ASSESSOR = (
    "The NQSW introduced himself clearly and had a calm manner. He was able to reflect on what he would do "
    "differently and said that he needs to learn more about direct payments. He has sought feedback "
    "from three families and changed his practice because of it. Observation 2 of 3, good for this stage."
)
MENTOR = (
    "The social worker told me that she has kept a reflective diary every week since the autumn. She "
    "described reading about systemic practice and she tried circular questions with one family. I think "
    "that her practice has changed: she listens more, and she says that families say more to her."
)
MINUTES = (
    "Minutes of the team meeting. Apologies were noted. Training: places on the neglect course can be "
    "booked. "
    "Feedback from families: two compliments and a complaint. A reminder that all CPD must be recorded by "
    "the end of November. Date of the next meeting agreed."
)
ATTENDED = (
    "I attended a webinar and would recommend it to others. The speaker was excellent and there was time for "
    "questions at the end. I have put the slides and the certificate in my folder for this year."
)
COMMITTED = (
    "I am committed to lifelong learning and always try to improve. It is important to be open and honest. "
    "I am passionate about making a difference to the lives of the people with whom I work, and will be."
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I went on a course.", "too_short"),
        ("", "too_short"),
        ("\n\n \u200b", "too_short"),
        (COURSES * 3, "course_list"),
        (COURSES_IN_A_ROW, "course_list"),
        ("Was war\n\nWas ich tat\n\nWas sich ge\u00e4ndert hat\n\n" * 4, "headings_only"),
        (
            "Ich habe in der Supervision gelernt, dass ich mehr \u00fcber Trauer wissen muss. " * 5,
            "not_english",
        ),
        (
            "What I did\n\nWhat I learnt\n\nImpact on practice\n\nNext steps\n\nFeedback\n\nValues\n\n" * 4,
            "headings_only",
        ),
        ("What did you do?\nWhat did you learn?\nHow has your practice changed?\n" * 3, "headings_only"),
        (POST, "job_description"),
        (CASE_NOTE, "case_record"),
        (ASSESSOR, "someone_else"),
        (MENTOR, "someone_else"),
        (MINUTES, "general_document"),
        (ATTENDED, "attended_only"),
        (COMMITTED, "no_learning"),
    ],
)
def test_what_cannot_be_mapped_gets_a_plain_reason(text, code, mapper):
    mapping = _map(text, mapper)
    assert mapping.candidates == ()
    assert mapping.note.code == code
    assert mapping.note.message.startswith("Not enough here to suggest a part.")
    assert mapping.note.remedy


def test_every_reason_is_explained_to_those_who_build_on_it():
    table = json.loads((FOLDER / "notes.json").read_text(encoding="utf-8"))
    codes = {*table["looks"], *(reading["code"] for reading in table["readings"])}
    page = (ROOT / "docs" / "codes.md").read_text(encoding="utf-8")
    assert {code for code in codes if f"| `{code}` |" not in page} == set()


@pytest.mark.parametrize(
    "added",
    [
        " My manager observed me and wrote that she saw her own practice in it.",  # of me, with her words
        " The student told me that she had learnt from her observation of him.",  # two sentences about her
    ],
)
def test_what_i_learnt_with_somebody_else_is_still_mine(added, mapper):
    assert _map(FEEDBACK + added, mapper).candidates


def test_no_labelled_text_that_shows_a_part_is_taken_for_what_cannot_be_mapped(mapper):
    shown = [p for p in read_passages() if p.parts]
    held_back = [p.id for p in shown if mapper.notes.looks(p.text, split_sentences(p.text))]
    assert held_back == []


def test_sets_without_labelled_passages_are_for_consideration_only(mapper):
    text = (
        FEEDBACK
        + " I realised that I had not listened to their wishes, and I now ask what matters to them first."
    )
    for standard in ("nmc-code", "hcpc-cpd"):
        assert {c.band for c in _map(text, mapper, standard).candidates} <= {Band.CONSIDER}


def test_the_same_text_gives_the_same_candidates(mapper):
    document = assemble([Found(SegmentKind.TEXT, Place("text"), FEEDBACK, body=True)])
    once = map_parts(document, Redaction(FEEDBACK, ()), STANDARDS["swe-4"], mapper)
    assert once == map_parts(document, Redaction(FEEDBACK, ()), STANDARDS["swe-4"], mapper)
    assert once == _map(FEEDBACK, mapper)


CASES = (CASE_NOTE + " ") * 5
LEARNT = (
    "What I am learning\n\n"
    "I noticed that I write that people refuse when I mean that nobody has asked them well. "
    "From the last group supervision I have started to begin each visit with the person's own account of a "
    "good day, and since then two support plans have changed: both people chose less care and more company."
)


def test_a_record_of_work_that_closes_with_what_was_learnt_is_read_by_its_sections(mapper):
    text = f"Cases discussed\n\n{CASES}\n\n{LEARNT}"
    candidates = _map(text, mapper).candidates
    assert candidates
    quoted = {q.text for c in candidates for q in c.quotes}
    assert "What I am learning" not in quoted
    assert any("good day" in words for words in quoted)
    assert not _map(f"Cases discussed\n\n{CASES}", mapper).candidates


@pytest.mark.parametrize(
    ("lines", "begins"),
    [
        (["Cases", "Two words. " * 100, "Learning", "Two words. " * 60], ["Cases", "Learning"]),
        (["Cases", "Two words. " * 60, "Learning", "Two words. " * 60], ["Cases"]),  # short: read at once
        (["Cases", "Two words. " * 160, "Signed", "Two words. " * 10], ["Cases"]),  # too small a section
        (["Name", "Cases", "Two words. " * 160], ["Name"]),
    ],
)
def test_a_long_text_is_divided_at_its_headings(lines, begins):
    text = "\n\n".join(lines)
    sentences = split_sentences(text)
    words = [text[s.span.start : s.span.end] for s in sentences]
    found = sections(words, sentences)
    assert [words[start] for start, _ in found] == begins
    assert found[-1][1] == len(words)


def test_a_text_of_book_length_is_mapped_and_does_not_gain_by_length(mapper):
    short = {s.part: s.features[0] for s in _map(CASE_NOTE, mapper).scores}
    long = {s.part: s.features[0] for s in _map((CASE_NOTE + "\n\n") * 12, mapper).scores}
    assert max(long[p] - short[p] for p in short) < 2.0
