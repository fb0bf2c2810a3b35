"""Standards as data: the regulator's words, and what a broken file is refused for."""

# ruff: noqa: E501  (the regulator's words are long, and stand here verbatim)

import json
from dataclasses import replace
from datetime import date

import pytest

from models.serialize import to_json
from rules.cues import check_cue, compile_cues, fold
from rules.standards import check_standard_file, load_standard_files, load_standards, read_standard_file

SWE = load_standard_files()["swe-4"]

WORDINGS = {
    "4.1": "Incorporate feedback from a range of sources, including from people with lived experience of my social work practice.",
    "4.2": "Use supervision and feedback to critically reflect on, and identify my learning needs, including how I use research and evidence to inform my practice.",
    "4.3": "Keep my practice up to date and record how I use research, theories and frameworks to inform my practice and my professional judgement.",
    "4.4": "Demonstrate good subject knowledge on key aspects of social work practice and develop knowledge of current issues in society and social policies impacting on social work.",
    "4.5": "Contribute to an open and creative learning culture in the workplace to discuss, reflect on and share best practice.",
    "4.6": "Reflect on my learning activities and evidence what impact continuing professional development has on the quality of my practice.",
    "4.7": "Record my learning and reflection on a regular basis and in accordance with Social Work England's guidance on continuing professional development.",
    "4.8": "Reflect on my own values and challenge the impact they have on my practice.",
}


def test_the_parts_stand_in_the_regulators_own_words():
    assert {p.id: p.wording for p in SWE.standard.parts} == WORDINGS
    assert SWE.standard.stem == "As a social worker, I will:"


@pytest.mark.parametrize(("name", "parts"), [("swe-4", 8), ("hcpc-cpd", 5), ("nmc-code", 4)])
def test_each_set_is_a_file(name, parts):
    standard = load_standards()[name]
    assert len(standard.parts) == parts
    assert all(part.wording and part.name for part in standard.parts)


@pytest.mark.parametrize("part", ["4.7"])
def test_what_rests_on_the_record_says_so(part):
    assert "record over the year" in next(g.history for g in SWE.guides if g.part == part)
    assert {g.part for g in load_standard_files()["hcpc-cpd"].guides if g.history} == {"1", "2", "5"}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"guides": SWE.guides[:-1]}, "one guide"),
        ({"standard": replace(SWE.standard, valid_to=date(2019, 1, 1))}, "ends before it begins"),
        ({"standard": replace(SWE.standard, source="a book")}, "not an address"),
        ({"guides": (replace(SWE.guides[0], prompt="Say more."), *SWE.guides[1:])}, "a prompt that asks"),
        ({"guides": (replace(SWE.guides[0], cues=SWE.guides[0].cues[:1]), *SWE.guides[1:])}, "two groups"),
        ({"guides": (replace(SWE.guides[0], prototypes=()), *SWE.guides[1:])}, "two examples"),
        ({"negatives": ()}, "examples of none"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(change, problem):
    assert any(problem in said for said in check_standard_file(replace(SWE, **change)))


def test_the_files_as_they_are_have_no_problem():
    assert [list(check_standard_file(file)) for file in load_standard_files().values()] == [[]] * 3


def test_a_file_with_an_unknown_field_or_under_another_name_is_refused(tmp_path):
    record = to_json(SWE)
    (tmp_path / "other.json").write_text(json.dumps(record))
    with pytest.raises(ValueError, match="holds the standard swe-4"):
        read_standard_file(tmp_path / "other.json")
    (tmp_path / "swe-4.json").write_text(json.dumps({**record, "grade": 1}))
    with pytest.raises(ValueError, match="grade"):
        read_standard_file(tmp_path / "swe-4.json")


@pytest.mark.parametrize(
    ("cue", "text", "is_there"),
    [
        ("complain*", "Two complaints came in.", True),
        ("complain*", "He was uncomplaining.", False),
        ("feedback", "The feedback was fair", True),
        ("feedback", "feedbacks", False),
        ("told .. me", "They told all of us and me", True),
        ("told .. me", "told a b c d e me", False),
        ("i'd", "I\u2019d rather", True),
        ("by the way", "by\nthe way", True),
    ],
)
def test_cues_find_whole_words(cue, text, is_there):
    assert bool(compile_cues((cue,)).search(fold(text))) is is_there


@pytest.mark.parametrize("cue", ["", "(a+)+", "Feedback", ".. me", "a" * 61, "x|y"])
def test_a_cue_that_is_no_word_pattern_is_refused(cue):
    assert check_cue(cue)
    with pytest.raises(ValueError, match="cue"):
        compile_cues((cue,))
