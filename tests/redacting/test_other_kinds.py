"""Redacted workbooks, texts, rich text, OpenDocument texts and messages: every planted name gone."""

from __future__ import annotations

import io
import re
import zipfile
from html import escape
from pathlib import Path

import pytest

from models.document import Document, SegmentKind
from models.upload import FileKind, Received, Upload
from pipeline.extract import extract
from pipeline.intake import intake
from pipeline.limits import Limits
from pipeline.redactors.notes import COPY_NOTES
from pipeline.redactors.table import FILE_REDACTORS
from tests.reading.packages import package, relations, small_workbook
from tests.reading.planted_xlsx import PLANTED as WORKBOOK
from tests.reading.planted_xlsx import PLANTING as IN_WORKBOOK
from tests.reading.planting import Planting
from tests.redacting.removing import removing

_READING = Path(__file__).parent.parent / "reading"


def read(name: str, content: bytes) -> tuple[Received, Document]:
    received = intake(Upload(name, content), Limits())
    return received, extract(received, Limits()).document


def redacted(name: str, content: bytes, *names: str) -> bytes:
    received, document = read(name, content)
    redaction = removing(document, names)
    return FILE_REDACTORS[received.kind](received, document, redaction, Limits())


def everything(copy: bytes) -> bytes:
    if not copy.startswith(b"PK"):
        return copy
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        return b"\n".join([name.encode() + archive.read(name) for name in archive.namelist()])


def planted(name: str) -> tuple[Planting, bytes]:
    planting = Planting()
    if name == "made-up.odt":
        parts = planting.plant_folder(_READING / "planted_odt")
        return planting, package({"mimetype": parts["mimetype"], **parts})
    return planting, planting.plant((_READING / f"planted{Path(name).suffix}").read_text()).encode()


@pytest.mark.parametrize("name", ["made-up.rtf", "made-up.odt", "made-up.eml"])
def test_no_planted_name_is_left_in_a_clean_copy(name: str):
    planting, content = planted(name)
    copy = redacted(name, content, *map(planting.name_in, planting.places))
    left = [p for p in planting.places if planting.name_in(p).encode() in everything(copy)]
    assert left == []
    assert b"[Person" in everything(copy)


def test_no_planted_name_is_left_in_a_workbook():
    copy = redacted("a.xlsx", WORKBOOK, *map(IN_WORKBOOK.name_in, IN_WORKBOOK.places))
    left = [p for p in IN_WORKBOOK.places if IN_WORKBOOK.name_in(p).encode() in everything(copy)]
    assert left == []


def test_a_workbook_keeps_its_cells_numbers_and_dates():
    kept = redacted("a.xlsx", WORKBOOK, IN_WORKBOOK.name_in("shared string"))
    original, copy = read("a.xlsx", WORKBOOK)[1], read("a.xlsx", kept)[1]
    sheets, _, _ = copy.text.partition("\n\nComments\n")
    assert sheets == original.text.replace(IN_WORKBOOK.name_in("shared string"), "[Person 1]")


def test_a_sheet_s_name_stays_one_that_a_workbook_may_have():
    kept = redacted("a.xlsx", WORKBOOK, IN_WORKBOOK.name_in("sheet name"))
    assert read("a.xlsx", kept)[1].text.splitlines()[0] == "Person 1"


@pytest.mark.parametrize(
    ("name", "content", "copy"),
    [
        ("a.txt", b"We met Sam.\r\nSam left.", b"We met [Person 1].\r\n[Person 1] left."),
        ("a.md", "\ufeff# Zoë and Sam".encode(), "\ufeff# Zoë and [Person 1]".encode()),
        ("a.txt", "Zoë met Sam".encode("cp1252"), "Zoë met [Person 1]".encode("cp1252")),
        ("a.csv", b"name,hours\nSam,2\n", b"name,hours\n[Person 1],2\n"),
    ],
)
def test_plain_text_keeps_its_encoding_and_line_ends(name: str, content: bytes, copy: bytes):
    assert redacted(name, content, "Sam") == copy


def test_a_clean_copy_says_the_redacted_text_and_nothing_else():
    copy = redacted("a.rtf", b"{\\rtf1{\\info{\\author Zed}}We met Sam.\\par Then we left.}", "Sam")
    received, document = read("a.docx", copy)
    assert received.kind is FileKind.DOCX
    assert document.text == "We met [Person 1].\nThen we left."
    assert b"Zed" not in everything(copy)


def test_a_message_keeps_subject_and_text_only():
    letter = b"From: Sam <sam@example.org>\r\nTo: b@example.org\r\nSubject: About Sam\r\n\r\nSam came."
    copy = redacted("a.eml", letter, "Sam")
    assert b"example.org" not in copy
    assert read("a.eml", copy)[1].text.strip() == "[Person 1] came."


def test_a_workbook_keeps_comments_headers_and_frozen_panes():
    sheet = (
        "<sheetPr codeName='Zebedee'/><sheetViews><sheetView workbookViewId='0'>"
        "<pane ySplit='1' state='frozen'/></sheetView></sheetViews>"
        "<sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>Sam came</t></is></c></row></sheetData>"
        "<pageSetup orientation='landscape' r:id='r9'/>"
        "<headerFooter><oddHeader>&amp;LLog of Sam</oddHeader></headerFooter>"
    )
    comment = "<comment ref='A1'><text><r><t>Sam wept, said Zebedee</t></r></text></comment>"
    copy = redacted("a.xlsx", small_workbook(sheet, comment), "Sam", "Zebedee")
    assert [word for word in (b"Sam", b"Zebedee", b"r9") if word in everything(copy)] == []
    assert b'orientation="landscape"' in everything(copy)
    assert b"<pane " in everything(copy)
    document = read("a.xlsx", copy)[1]
    assert document.text == (
        "Visits\n[Person 1] came\n\nComments\nsheet 1, comment on cell A1 | [Person 1] wept, said [Person 2]"
    )
    assert b"<oddHeader>&amp;LLog of [Person 1]</oddHeader>" in everything(copy)
    assert "Log of [Person 1]" in [s.text.strip() for s in document.segments]


@pytest.mark.parametrize(
    ("sheet", "reference"),
    [
        ("<cols><col min='3' max='4' hidden='1'/></cols><sheetData>{}</sheetData>", "D1"),
        ("<sheetData>{}<row r='7' hidden='1'/></sheetData>", "D7"),
    ],
    ids=["column", "row"],
)
def test_a_comment_on_a_cell_that_nobody_sees_is_left_out(sheet: str, reference: str):
    row = "<row r='1'><c r='A1' t='inlineStr'><is><t>Sam came</t></is></c></row>"
    comments = "".join(
        f"<comment ref='{ref}'><text><r><t>{text}</t></r></text></comment>"
        for ref, text in (("A1", "seen"), (reference, "unseen"))
    )
    copy = everything(redacted("a.xlsx", small_workbook(sheet.format(row), comments), "Sam"))
    assert b">seen<" in copy
    assert b"unseen" not in copy


def _two_sheets(
    first: str, second: str, state: str = "visible", comments: tuple[str, str] = ("a", "b")
) -> bytes:
    """Build a workbook of two sheets, of which the one that comes first in it is named last here."""
    with zipfile.ZipFile(io.BytesIO(small_workbook(_sheet("Sam came"), _comment(comments[0])))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    for part in ("worksheets/sheet1.xml", "worksheets/_rels/sheet1.xml.rels", "comments1.xml"):
        copy = parts[f"xl/{part}"].replace("comments1", "comments2").replace(comments[0], comments[1])
        parts[f"xl/{part.replace('1', '2')}"] = copy
    targets = [("worksheet", "worksheets/sheet1.xml"), ("worksheet", "worksheets/sheet2.xml")]
    parts["xl/_rels/workbook.xml.rels"] = relations(*targets)
    entries = (
        f'<sheets><sheet name="{second}" sheetId="2" state="{state}" r:id="r2"/>'
        f'<sheet name="{first}" sheetId="1" r:id="r1"/></sheets>'
    )
    book = parts["xl/workbook.xml"]
    parts["xl/workbook.xml"] = re.sub("<sheets>.*</sheets>", entries, book)
    return package(dict(parts))


@pytest.mark.parametrize(
    ("first", "second", "names"),
    [
        ("Comments", "comments 2", ["comments 2", "Comments", "Comments 3"]),
        ("Sheet 1", "?", ["Sheet 1", "Sheet 2", "Comments"]),
        ("Sheet 2", "sheet 2", ["sheet 2", "Sheet 2 2", "Comments"]),
    ],
)
def test_no_two_sheets_of_a_copy_have_one_name(first: str, second: str, names: list[str]):
    copy = redacted("a.xlsx", _two_sheets(first, second), "Sam")
    said = [s.text for s in read("a.xlsx", copy)[1].segments if s.kind is SegmentKind.SHEET]
    assert said == names


def test_a_comment_keeps_its_spaces():
    copy = redacted("a.xlsx", small_workbook(_sheet("Sam"), _comment("  wept\n  twice")), "Sam")
    assert b'<ns0:t xml:space="preserve">  wept\n  twice</ns0:t>' in everything(copy)


def test_comments_of_a_hidden_sheet_are_left_out_and_sheets_are_numbered_as_in_the_copy():
    book = _two_sheets("Visits", "Old", state="hidden", comments=("seen", "unseen"))
    copy = redacted("a.xlsx", book, "Sam")
    assert b"unseen" not in everything(copy)
    assert read("a.xlsx", copy)[1].text.endswith("\n\nComments\nsheet 1, comment on cell A1 | seen")


def _sheet(text: str, more: str = "") -> str:
    cell = f"<c r='A1' t='inlineStr'><is><t>{text}</t></is></c>"
    return f"<sheetData><row r='1'>{cell}</row></sheetData>{more}"


def _comment(text: str) -> str:
    return f"<comment ref='A1'><text><r><t xml:space='preserve'>{text}</t></r></text></comment>"


@pytest.mark.parametrize(
    ("header", "text", "written"),
    [
        ("&CSam Lee", "Sam Lee", "&C[Person 1]"),
        ('&C&"Arial,Bold"&14Visit log', "Visit log", '&C&"Arial,Bold"&14Visit log'),
        ("Page &P of &N", "Page   of", "Page &P of &N"),
        ("&C&K000000Sam Lee", "Sam Lee", "&C&K000000[Person 1]"),
        ("&C&K01+034Sam Lee", "Sam Lee", "&C&K01+034[Person 1]"),
        ("&LOf Sam&RLee, Jo", "Of Sam\nLee, Jo", "&LOf Sam&RLee, Jo"),
        ("&CSa&Bm Lee 2", "Sam Lee 2", "&C[Person 1]&B 2"),
        ("Sam Lee && Son", "Sam Lee & Son", "[Person 1] && Son"),
        ("Sam & Sam Lee", "Sam & Sam Lee", "Sam & [Person 1]"),
    ],
)
def test_the_codes_of_a_header_are_no_words_and_stay(header: str, text: str, written: str):
    sheet = _sheet("Visit", f"<headerFooter><oddHeader>{escape(header)}</oddHeader></headerFooter>")
    book = small_workbook(sheet)
    said = [s.text.strip() for s in read("a.xlsx", book)[1].segments if s.kind is SegmentKind.HEADER]
    assert said == [text]
    kept = everything(redacted("a.xlsx", book, "Sam Lee")).decode("utf-8", "replace")
    assert f"<oddHeader>{escape(written, quote=False)}</oddHeader>" in kept


def test_a_header_of_codes_alone_says_nothing():
    sheet = _sheet("Visit", "<headerFooter><oddFooter>&amp;C&amp;P</oddFooter></headerFooter>")
    document = read("a.xlsx", small_workbook(sheet))[1]
    assert SegmentKind.HEADER not in {s.kind for s in document.segments}


def test_a_note_tells_of_every_kind_of_copy_what_it_leaves_out():
    assert set(COPY_NOTES) == set(FILE_REDACTORS)
