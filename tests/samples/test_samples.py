"""The samples are what their sources say, and the sources say what a person would mark."""

import io
import json
import re
import zipfile

import pytest

from tests.samples.builder.marks import Expected, expected, plain
from tests.samples.builder.samples import FOLDER, build_all
from tests.samples.builder.source import read_sources, tracked

BUILT = build_all()
SOURCES = read_sources()


def _content(name, data):
    """Take a package apart: how it was squeezed depends on the machine, what it holds does not."""
    if not name.endswith(".docx"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {part: package.read(part) for part in package.namelist()}


@pytest.mark.parametrize("name", sorted(BUILT))
def test_a_sample_is_what_its_source_builds(name):
    assert _content(name, (FOLDER / name).read_bytes()) == _content(name, BUILT[name])


def test_no_sample_is_left_over():
    kept = {p.name for p in FOLDER.iterdir() if p.is_file() and p.suffix != ".py"}
    assert kept == set(BUILT)


def test_there_is_a_sample_of_each_kind_and_one_with_nothing_to_find():
    assert {s.file.rpartition(".")[2] for s in SOURCES} == {"docx", "pdf", "txt", "md"}
    assert len(SOURCES) >= 6
    expectations = [json.loads(BUILT[n]) for n in BUILT if n.endswith(".expected.json")]
    assert [e["file"] for e in expectations if not e["find"]] == ["journal-club.txt"]
    assert all(e["leave"] for e in expectations)


@pytest.mark.parametrize("source", SOURCES, ids=lambda s: s.file)
def test_every_bracket_is_a_mark(source):
    assert not re.search(r"\[\[|\]\]|\{\{|\}\}", plain(source.body))


@pytest.mark.parametrize("source", SOURCES, ids=lambda s: s.file)
def test_phones_are_from_the_ranges_for_drama(source):
    for number in re.findall(r"\b0\d[\d ]{8,11}\d\b", plain(source.body)):
        assert re.match(r"07700 900\d{3}|01632 960\d{3}|0(113|161) 496 0\d{3}", number), number


@pytest.mark.parametrize(
    ("marked", "mark"),
    [
        (
            "I met [[PERSON/supported|Ann]]'s mum.",
            Expected("PERSON", "supported", "Ann", "I met ", "'s mum.", "body"),
        ),
        ("[[PERSON/self|Ann]]", Expected("PERSON", "self", "Ann", "", "", "body")),
        ("a b c d e {{word|will}} f", Expected("word", None, "will", "c d e ", " f", "body")),
        ("[[AGE/self|9]] {{law|s.20}}", Expected("AGE", "self", "9", "", " s.20", "body")),
    ],
)
def test_a_mark_is_kept_with_the_words_around_it(marked, mark):
    assert next(expected(marked, "body")) == mark


@pytest.mark.parametrize(
    ("marked", "pieces"),
    [
        ("plain", [("body", "plain")]),
        (
            "a +{[[PERSON/self|B]] c}-{d} e",
            [
                ("body", "a "),
                ("insertion", "[[PERSON/self|B]] c"),
                ("body", ""),
                ("deletion", "d"),
                ("body", " e"),
            ],
        ),
        ("1+{{word|may}}", [("body", "1+{{word|may}}")]),
    ],
)
def test_tracked_changes_are_told_from_marks(marked, pieces):
    assert list(tracked(marked)) == pieces
