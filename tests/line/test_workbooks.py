"""Workbooks as people keep them: a name in a header alone is found, hours are no dates."""

from __future__ import annotations

from html import escape

import pytest

from models.findings import EntityType
from models.results import Context
from models.upload import Upload
from pipeline.limits import Limits
from pipeline.line import check, read
from tests.reading.packages import small_workbook

LOG = (
    ("Date", "Activity", "Hours"),
    ("12/03/2026", "Safeguarding adults level 3", "3.5"),
    ("14/03/2026", "Motivational interviewing", "7"),
    ("02/04/2026", "Peer supervision", "2.25"),
    ("", "Total", "12.75"),
)


def found(kit, rows, header=""):
    """Check a workbook of these rows with this header, and return what was found, by its words."""
    cells = "".join(
        f"<row r='{n}'>"
        + "".join(_cell(letter, n, text) for letter, text in zip("ABC", row, strict=True))
        + "</row>"
        for n, row in enumerate(rows, start=1)
    )
    printed = f"<headerFooter>{header}</headerFooter>" if header else ""
    book = small_workbook(f"<sheetData>{cells}</sheetData>{printed}")
    results = check(read(Upload("log.xlsx", book), Limits()), Context(), kit)
    texts = results.document.by_id
    return {
        texts[f.segment].text[f.span.start : f.span.end]: f.entity_type
        for f in (judgement.finding for judgement in results.judgements)
    }


def _cell(letter, row, text):
    if text.replace(".", "", 1).isdigit():
        return f"<c r='{letter}{row}'><v>{text}</v></c>"
    return f"<c r='{letter}{row}' t='inlineStr'><is><t>{escape(text)}</t></is></c>"


@pytest.mark.parametrize("place", ["oddHeader", "oddFooter", "firstHeader"])
@pytest.mark.parametrize("name", ["Imogen Aldersey", "Yetunde Bakare"])
def test_a_bare_name_in_a_header_and_nowhere_else_is_found(kit, place, name):
    assert found(kit, LOG, f"<{place}>&amp;C{name}</{place}>").get(name) is EntityType.PERSON


def test_a_header_without_a_name_is_none(kit):
    header = "<oddHeader>&amp;LReflective log&amp;RPage &amp;P</oddHeader>"
    assert EntityType.PERSON not in found(kit, LOG, header).values()


def test_hours_are_no_dates(kit):
    kinds = found(kit, LOG)
    assert [words for words in ("3.5", "7", "2.25", "12.75") if words in kinds] == []
