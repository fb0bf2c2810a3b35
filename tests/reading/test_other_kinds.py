"""RTF, OpenDocument texts and messages: every place is read, and the text is what is seen."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from models.document import SegmentKind
from models.errors import DocumentError, ReasonCode
from models.ledger import LedgerState
from models.upload import Extraction, FileKind, Upload
from pipeline.extract import READERS, extract
from pipeline.intake import intake
from pipeline.limits import Limits
from tests.reading.packages import docx, package, paragraph
from tests.reading.planting import Planting

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Planted:
    planting: Planting
    kind: FileKind
    extraction: Extraction


def _read(name: str, content: bytes) -> Extraction:
    return extract(intake(Upload(name, content), Limits()), Limits())


def _rtf() -> Planted:
    planting = Planting()
    text = planting.plant((_HERE / "planted.rtf").read_text())
    packed = planting.name_in("packed xml in hex")
    text = text.replace(packed, f"<a>{packed}</a>".encode().hex())
    return Planted(planting, FileKind.RTF, _read("made-up.rtf", text.encode()))


def _odt() -> Planted:
    planting = Planting()
    parts = planting.plant_folder(_HERE / "planted_odt")
    parts = {"mimetype": parts["mimetype"], **parts}
    return Planted(planting, FileKind.ODT, _read("made-up.odt", package(parts)))


def _eml() -> Planted:
    planting = Planting()
    text = planting.plant((_HERE / "planted.eml").read_text())
    return Planted(planting, FileKind.EML, _read("made-up.eml", text.encode()))


PLANTED = {"rtf": _rtf(), "odt": _odt(), "eml": _eml()}
_PLACES = [(kind, place) for kind, planted in PLANTED.items() for place in planted.planting.places]


def test_every_kind_of_file_has_a_reader():
    assert set(READERS) == set(FileKind)


@pytest.mark.parametrize("kind", PLANTED)
def test_the_file_is_told_by_its_content_and_fully_read(kind: str):
    planted = PLANTED[kind]
    assert planted.extraction.kind is planted.kind
    assert planted.extraction.ledger.is_fully_read
    assert len(planted.planting.places) >= 12


@pytest.mark.parametrize(("kind", "place"), _PLACES)
def test_a_name_is_found_wherever_it_stands(kind: str, place: str):
    planted = PLANTED[kind]
    name = planted.planting.name_in(place)
    assert any(name in s.text for s in planted.extraction.document.segments)


_SEEN = {
    "rtf": {"split", "first cell", "second cell", "footnote", "link text", "text box"},
    "odt": {"heading", "split", "list item", "first cell", "second cell", "footnote", "text box"},
    "eml": {"text"},
}


@pytest.mark.parametrize(("kind", "place"), _PLACES)
def test_the_document_text_is_what_a_reader_sees(kind: str, place: str):
    planted = PLANTED[kind]
    is_in_text = planted.planting.name_in(place) in planted.extraction.document.text
    assert is_in_text is (place in _SEEN[kind])


@pytest.mark.parametrize(
    ("kind", "place", "segment"),
    [
        ("rtf", "hidden text", SegmentKind.HIDDEN),
        ("rtf", "deleted text", SegmentKind.DELETION),
        ("rtf", "comment author", SegmentKind.AUTHOR),
        ("rtf", "comment", SegmentKind.COMMENT),
        ("rtf", "author", SegmentKind.PROPERTY),
        ("rtf", "header", SegmentKind.HEADER),
        ("rtf", "second cell", SegmentKind.TABLE_CELL),
        ("odt", "hidden text", SegmentKind.HIDDEN),
        ("odt", "hidden section", SegmentKind.HIDDEN),
        ("odt", "deleted text", SegmentKind.DELETION),
        ("odt", "comment author", SegmentKind.AUTHOR),
        ("odt", "comment", SegmentKind.COMMENT),
        ("odt", "footer", SegmentKind.FOOTER),
        ("odt", "footnote", SegmentKind.FOOTNOTE),
        ("eml", "receiver", SegmentKind.MAIL_HEADER),
        ("eml", "hidden", SegmentKind.HIDDEN),
        ("eml", "attached text", SegmentKind.ATTACHMENT),
        ("eml", "file name", SegmentKind.ATTACHMENT),
    ],
)
def test_a_name_is_told_by_its_kind_of_place(kind: str, place: str, segment: SegmentKind):
    planted = PLANTED[kind]
    name = planted.planting.name_in(place)
    assert segment in [s.kind for s in planted.extraction.document.segments if name in s.text]


def test_letters_of_rich_text_are_read_in_their_font_s_alphabet():
    assert "Zoë, З and З" in PLANTED["rtf"].extraction.document.text


@pytest.mark.parametrize("kind", ["rtf", "odt"])
def test_cells_of_a_row_stand_in_one_line(kind: str):
    planted = PLANTED[kind]
    first, second = (planted.planting.name_in(p) for p in ("first cell", "second cell"))
    assert re.search(rf"^{first} \| {second}$", planted.extraction.document.text, re.MULTILINE)


def _letter(attachment: bytes, name: str = "file.bin") -> bytes:
    head = f"From: a@example.org\r\nTo: b@example.org\r\nContent-Type: x/y; name={name}\r\n"
    return f"{head}Content-Transfer-Encoding: base64\r\n\r\n".encode() + base64.encodebytes(attachment)


def test_attachments_are_read_in_turn_so_deep_and_no_deeper():
    content = _letter(docx(paragraph("We met Sam.")), "a.docx")
    for _ in range(2):
        content = _letter(content, "m.eml")
    assert any("We met Sam." in s.text for s in _read("a.eml", content).document.segments)
    deeper = _read("a.eml", _letter(content, "m.eml"))
    assert not any("We met Sam." in s.text for s in deeper.document.segments)
    assert [line.state for line in deeper.ledger.lines if line.reason] == [LedgerState.NOT_READ]


@pytest.mark.parametrize(
    "attachment",
    [
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, id="an old format"),
        pytest.param(b"PK\x03\x04 broken", id="a broken package"),
        pytest.param(bytes(range(256)), id="unknown bytes"),
    ],
)
def test_an_attachment_that_cannot_be_read_is_named_in_the_ledger(attachment: bytes):
    lines = _read("a.eml", _letter(attachment)).ledger.lines
    assert [(line.place, line.state) for line in lines if line.reason] == [
        ("attachment 1", LedgerState.NOT_READ)
    ]


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.eml", b"From: a@example.org\nTo: b@example.org\n\nHello", FileKind.EML),
        ("a", b"From: a@example.org\nMIME-Version: 1.0\n\nHello", FileKind.EML),
        ("a.txt", b"From: a@example.org\nMIME-Version: 1.0\n\nHello", FileKind.TEXT),
        ("a.eml", b"Date: today\nI met a family and wrote:\n\nHello", FileKind.TEXT),
        ("reflection", b"Date: today\nSubject: a visit\n\nHello", FileKind.TEXT),
        ("a.docx", b"{\\rtf1 Hello}", FileKind.RTF),
        ("log.csv", b"name,hours\nSam,2\n", FileKind.CSV),
    ],
)
def test_a_kind_is_told_by_the_bytes(name: str, content: bytes, kind: FileKind):
    assert _read(name, content).kind is kind


def _open_document(kind: str, manifest: str = "<m/>") -> bytes:
    return package(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": "<a/>",
            "META-INF/manifest.xml": manifest,
        }
    )


_ENCRYPTED = "<m:x xmlns:m='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'><m:encryption-data/></m:x>"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (_open_document("spreadsheet"), ReasonCode.UNKNOWN_KIND),
        (_open_document("presentation"), ReasonCode.UNKNOWN_KIND),
        (_open_document("text", _ENCRYPTED), ReasonCode.NEEDS_PASSWORD),
        (_open_document("text", "<!DOCTYPE a []><a/>"), ReasonCode.UNSAFE),
    ],
)
def test_open_documents_that_cannot_be_read_are_refused(content: bytes, code: ReasonCode):
    with pytest.raises(DocumentError) as refused:
        _read("a.odt", content)
    assert refused.value.reason.code is code


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"{\\rtf1 " + b"{" * 100_000 + b"x", id="groups without end"),
        pytest.param(b"{\\rtf1 }}}}} x", id="more ends than groups"),
        pytest.param(b"{\\rtf1 \\bin999999999 x", id="a packed object longer than the file"),
        pytest.param(b"{\\rtf1 \\u99999999 \\'zz \\uc-5 x}", id="numbers out of range"),
    ],
)
def test_malformed_rich_text_hurts_nobody(content: bytes):
    assert _read("a.rtf", content).kind is FileKind.RTF
