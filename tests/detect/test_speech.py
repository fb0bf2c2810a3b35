"""People with authors' names: found where a sentence speaks of a life, allowed where it cites.

The shipped classifier reads every text.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from models.document import Found, Place, SegmentKind, assemble
from models.findings import EntityType
from models.results import Context
from pipeline.detect import detect, load_detector
from pipeline.speech import dated, speech

TEXTS = tomllib.loads((Path(__file__).parent / "speech.toml").read_text(encoding="utf-8"))
STORIES = [text for group in ("listed", "said", "beside_authors", "mixed") for text in TEXTS[group]]


@pytest.fixture(scope="module")
def shipped():
    return load_detector()


def named(marked, detector):
    """Give of each marked name whether every letter of it, or none, is found to name somebody."""
    text = re.sub("[⟦⟧]", "", marked)
    document = assemble([Found(SegmentKind.TEXT, Place("text"), text, body=True)])
    found = {
        at
        for f in detect(document, Context(), detector)
        if f.entity_type is EntityType.PERSON and f.look_alike is None
        for at in range(f.span.start, f.span.end)
    }
    for number, name in enumerate(re.finditer("⟦(.*?)⟧", marked)):
        start = name.start() - 2 * number
        yield name[1], {start + at in found for at, letter in enumerate(name[1]) if letter != " "}


@pytest.mark.parametrize("marked", STORIES)
def test_somebody_of_the_story_is_found_whatever_the_name(marked, shipped):
    assert [name for name, letters in named(marked, shipped) if letters != {True}] == []


@pytest.mark.parametrize("marked", TEXTS["cited"])
def test_a_cited_author_is_allowed(marked, shipped):
    assert [name for name, letters in named(marked, shipped) if letters != {False}] == []


@pytest.mark.parametrize(
    ("marked", "of"),
    [
        ("The theory of ⟦Quarmby⟧ is old.", "ideas"),
        ("⟦Quarmby⟧ is old.", "open"),
        ("⟦Quarmby⟧ is 34.", "life"),
        ("⟦Quarmby⟧ is 34 % right in theory.", "ideas"),
        ("I met ⟦Quarmby⟧ and a theory.", "life"),
        ("I met ⟦Quarmby⟧ (1984) and a theory.", "ideas"),
        ("I met ⟦Quarmby⟧'s theory.", "open"),
        ("A theory, my sister and ⟦Quarmby⟧.", "open"),
        ("Asked to read ⟦Quarmby⟧ on home visits.", "ideas"),
        ("⟦Quarmby⟧ on Fridays visits her aunt.", "life"),
    ],
)
def test_what_stands_at_a_name_decides_before_its_sentence(marked, of):
    start, end = marked.index("⟦"), marked.index("⟧") - 1
    assert speech(re.sub("[⟦⟧]", "", marked), start, end).value == of


def test_a_name_is_dated_where_a_year_or_initials_follow():
    names = dated("Sue Wade (2010), (Quarmby, 2011), Moss' (1988), Lund, D. and Dale, aged 20, in 1990")
    assert {"Sue Wade", "Wade", "Quarmby", "Moss", "Lund"} <= names
    assert "Dale" not in names
