"""Workbooks: every place is read, and the document text is what the sheets show."""

from __future__ import annotations

import io
import zipfile

import pytest

from models.document import SegmentKind
from models.upload import Extraction, FileKind, Upload
from pipeline.extract import extract
from pipeline.intake import intake
from pipeline.limits import Limits
from pipeline.redactors.table import file_copy
from tests.reading.packages import small_workbook
from tests.reading.planted_xlsx import PLANTED, PLANTING
from tests.redacting.removing import removing

name_in = PLANTING.name_in


@pytest.fixture(scope="module")
def extraction() -> Extraction:
    return extract(intake(Upload("made-up.xlsx", PLANTED), Limits()), Limits())


def test_enough_places_are_planted(extraction: Extraction):
    assert len(PLANTING.places) >= 12
    assert extraction.kind is FileKind.XLSX
    assert extraction.ledger.is_fully_read


@pytest.mark.parametrize("place", PLANTING.places)
def test_a_name_is_found_wherever_it_stands(place: str, extraction: Extraction):
    assert any(name_in(place) in s.text for s in extraction.document.segments)


def test_the_text_is_what_the_sheets_show(extraction: Extraction):
    shared, rich, inline = name_in("shared string"), name_in("rich string"), name_in("inline string")
    assert extraction.document.text == (
        f"{name_in('sheet name')}\n{shared} | {rich} | {inline}\n"
        f"{name_in('result of a formula')} | 10/03/2011 | 07700900123 | 10/03/2011 12:00"
    )


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("hidden sheet name", SegmentKind.HIDDEN),
        ("cell of a hidden sheet", SegmentKind.HIDDEN),
        ("hidden column", SegmentKind.HIDDEN),
        ("hidden cell", SegmentKind.HIDDEN),
        ("string left behind", SegmentKind.OTHER),
        ("cell comment", SegmentKind.COMMENT),
        ("comment author", SegmentKind.AUTHOR),
        ("sheet name", SegmentKind.SHEET),
        ("inline string", SegmentKind.TABLE_CELL),
        ("page header", SegmentKind.HEADER),
        ("creator", SegmentKind.PROPERTY),
    ],
)
def test_a_name_is_told_by_its_kind_of_place_and_only_once(
    place: str, kind: SegmentKind, extraction: Extraction
):
    assert [s.kind for s in extraction.document.segments if name_in(place) in s.text] == [kind]


def test_a_cell_is_told_by_sheet_and_reference(extraction: Extraction):
    cell = next(s for s in extraction.document.body if s.text == name_in("inline string"))
    assert cell.place.name == "sheet 1, cell C1"


_FILTER = "<autoFilter ref='A1:A3'><filterColumn colId='0'>{}</filterColumn></autoFilter>"


@pytest.mark.parametrize(
    "sheet",
    [
        _FILTER.format("<filters><filter val='Zebedee'/></filters>"),
        _FILTER.format("<customFilters><customFilter val='*Zebedee*'/></customFilters>"),
        "<conditionalFormatting><cfRule type='containsText' text='Zebedee'/></conditionalFormatting>",
        "<sortState ref='A1'><sortCondition ref='A1' customList='Sam,Zebedee'/></sortState>",
        "<scenarios><scenario><inputCells r='A1' val='Zebedee'/></scenario></scenarios>",
        "<oleObjects><oleObject progId='Word.Document' link='[1]!Zebedee'/></oleObjects>",
        "<webPublishItems><webPublishItem destinationFile='C:/Zebedee.htm'/></webPublishItems>",
    ],
)
def test_a_name_in_a_rule_or_filter_of_a_sheet_is_read_and_passes_into_no_copy(sheet: str):
    cell = "<sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>hours</t></is></c></row></sheetData>"
    received = intake(Upload("a.xlsx", small_workbook(cell + sheet)), Limits())
    document = extract(received, Limits()).document
    assert any("Zebedee" in s.text for s in document.segments)
    copy = file_copy(received, document, removing(document, ["Zebedee"]), Limits()).data
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        assert [n for n in archive.namelist() if b"Zebedee" in archive.read(n)] == []


def test_numbers_in_filters_are_no_words():
    cell = "<sheetData><row r='1'><c r='A1'><v>3</v></c></row></sheetData>"
    sheet = cell + _FILTER.format("<filters><filter val='3.5'/></filters>")
    document = extract(intake(Upload("a.xlsx", small_workbook(sheet)), Limits()), Limits()).document
    assert "3.5" not in [s.text for s in document.segments]
