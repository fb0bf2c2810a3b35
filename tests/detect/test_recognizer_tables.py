import re

import pytest

from pipeline.recognizers.table import claims_of
from rules.recognizers.table import load_rows, tables

ROWS = [(table, row) for table in tables() for row in load_rows(table)]
MARK = re.compile("⟦([^⟧]*)⟧")


def marked(text):
    """Return a text without its brackets, and the places that stood in brackets."""
    places, plain, at = [], "", 0
    for found in MARK.finditer(text):
        plain += text[at : found.start()]
        places.append((len(plain), len(plain) + len(found[1])))
        plain += found[1]
        at = found.end()
    return plain + text[at:], places


@pytest.mark.parametrize(
    ("row", "text"),
    [(row, text) for _, row in ROWS for text in row.find],
    ids=lambda v: getattr(v, "name", v),
)
def test_a_row_finds_just_the_identifying_words(row, text):
    plain, places = marked(text)
    assert sorted((c.start, c.end) for c in claims_of(row, plain)) == places


@pytest.mark.parametrize(
    ("row", "text"),
    [(row, text) for _, row in ROWS for text in row.leave],
    ids=lambda v: getattr(v, "name", v),
)
def test_a_row_leaves_its_near_misses_alone(row, text):
    assert [text[c.start : c.end] for c in claims_of(row, text)] == []


@pytest.mark.parametrize(("table", "row"), ROWS, ids=lambda value: getattr(value, "name", value))
def test_every_row_has_examples_and_near_misses(table, row):
    assert row.find, f"{table}: {row.name} has no example"
    assert row.leave, f"{table}: {row.name} has no near miss"


def test_no_two_rows_share_a_name():
    names = [row.name for _, row in ROWS]
    assert len(names) == len(set(names))
