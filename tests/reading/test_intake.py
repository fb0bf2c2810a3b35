"""Intake: every kind told by its bytes, and every file that would do harm refused by a code."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile

import pytest

from models.errors import DocumentError, ReasonCode
from models.upload import FileKind, Upload
from pipeline.extract import extract
from pipeline.intake import intake
from pipeline.limits import MIB, Limits
from pipeline.refusals import Refusal
from tests.reading.drawings import emf, wmf
from tests.reading.packages import content_types, docx, package, paragraph, relations, table, word_part

_PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
_WORD = docx(paragraph("Hello"))


def _ole(stream: str) -> bytes:
    return _OLE + stream.encode("utf-16-le").ljust(128, b"\0")


def _sheet(program: str) -> bytes:
    main = f"application/vnd.openxmlformats-officedocument.{program}.main+xml"
    return package({"[Content_Types].xml": content_types(main)})


def kind_of(name: str, content: bytes) -> FileKind:
    return intake(Upload(name, content), Limits()).kind


def refusal_of(name: str, content: bytes, limits: Limits | None = None) -> ReasonCode:
    limits = limits or Limits()
    with pytest.raises(DocumentError) as refused:
        extract(intake(Upload(name, content), limits), limits)
    assert refused.value.reason.message.endswith(".")
    assert refused.value.reason.remedy.endswith(".")
    return refused.value.reason.code


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", _PDF, FileKind.PDF),
        ("a.docx", _PDF, FileKind.PDF),
        ("a.pdf", b"\n\n" + _PDF, FileKind.PDF),
        ("a.docx", _WORD, FileKind.DOCX),
        ("a.pdf", _WORD, FileKind.DOCX),
        ("no extension", _WORD, FileKind.DOCX),
        ("a.docx", b"Only text, whatever its name says.", FileKind.TEXT),
        ("a.txt", b"PK is a name, and the mark of a PDF comes late " + b"." * 1024 + b"%PDF-", FileKind.TEXT),
        ("a.md", b"# Reflection", FileKind.MARKDOWN),
        ("A.MARKDOWN", b"# Reflection", FileKind.MARKDOWN),
        ("a.emf", emf(), FileKind.DRAWING),
        ("a.docx", wmf(), FileKind.DRAWING),
        ("a.bmp", b"BM\x42\0\0\0" + bytes(4) + b"\x36" + bytes(60), FileKind.PICTURE),
        ("notes.txt", b"BM was glad to see me.", FileKind.TEXT),
        ("notes.txt", b"<html> is a tag I learned about", FileKind.TEXT),
        ("notes.txt", "Zoë’s café".encode("cp1252"), FileKind.TEXT),
        ("notes.txt", "Zoë".encode("utf-16"), FileKind.TEXT),
        ("notes.txt", b"text pasted from a PDF \x02 with a control " + b"." * 100, FileKind.TEXT),
    ],
)
def test_a_kind_is_told_by_the_bytes(name: str, content: bytes, kind: FileKind):
    assert kind_of(name, content) is kind


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.txt", b"", ReasonCode.EMPTY),
        ("a.docx", _WORD[:-30], ReasonCode.DAMAGED),
        ("a.docx", _WORD[: len(_WORD) // 2], ReasonCode.DAMAGED),
        ("a.pdf", _PDF + _WORD, ReasonCode.UNSAFE),
        ("a.docx", _ole("EncryptedPackage"), ReasonCode.NEEDS_PASSWORD),
        ("a.docx", _ole("WordDocument"), ReasonCode.OLD_FORMAT),
        ("a.doc", _ole("WordDocument"), ReasonCode.OLD_FORMAT),
        ("a.xls", _ole("Workbook"), ReasonCode.OLD_FORMAT),
        ("a.ppt", _ole("PowerPoint Document"), ReasonCode.OLD_FORMAT),
        ("a.msg", _ole("__properties_version1.0"), ReasonCode.OLD_FORMAT),
        ("a.doc", _OLE + b"..." + "WordDocument".encode("utf-16-le"), ReasonCode.UNKNOWN_KIND),
        ("a.zip", package({"notes.txt": "hello"}), ReasonCode.UNKNOWN_KIND),
        ("a.pptx", _sheet("presentationml.presentation"), ReasonCode.UNKNOWN_KIND),
        ("a.html", b"<!DOCTYPE html><p>Zo&euml;</p>", ReasonCode.UNKNOWN_KIND),
        ("a.docx", b"\xef\xbb\xbf <html><p>Zo&euml;</p>", ReasonCode.UNKNOWN_KIND),
        ("a.txt", bytes(range(256)), ReasonCode.NOT_TEXT),
        ("a.txt", b"\x01\x02\x03\x04 not text", ReasonCode.NOT_TEXT),
        ("a.dat", bytes(range(256)), ReasonCode.UNKNOWN_KIND),
        ("a.txt", "Zoë".encode("utf-16-le"), ReasonCode.NOT_TEXT),
    ],
)
def test_what_cannot_be_read_is_refused_by_a_code(name: str, content: bytes, code: ReasonCode):
    assert refusal_of(name, content) is code


def test_the_size_limit_is_exact():
    limits = Limits(upload_bytes=10)
    assert intake(Upload("a.txt", b"0123456789"), limits).kind is FileKind.TEXT
    assert refusal_of("a.txt", b"0123456789+", limits) is ReasonCode.TOO_LARGE
    assert refusal_of("a.txt", b"x" * (25 * MIB + 1)) is ReasonCode.TOO_LARGE


def test_more_text_than_is_checked_is_refused():
    limits = Limits(text_characters=20)
    assert refusal_of("a.txt", b"twenty-one characters", limits) is ReasonCode.TOO_LARGE


_LAUGHS = "<!DOCTYPE a [<!ENTITY a 'John'><!ENTITY b '&a;&a;&a;&a;'>]>" + word_part("document", "&b;")
_UTF7 = b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a +AFsAPAAh-ENTITY a "b"+AD4AXQA+-<a/>'


def _with_part(name: str, content: str | bytes) -> bytes:
    return docx(paragraph("Hello"), {name: content})


def _with_names(*names: str) -> bytes:
    buffer = io.BytesIO(_WORD)
    with zipfile.ZipFile(buffer, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # zipfile's own, about the name written twice
        for name in names:
            archive.writestr(name, "<a/>")
    return buffer.getvalue()


def _overlapping() -> bytes:
    """Return a package whose second entry points at the data of the first."""
    content = bytearray(package({"a.xml": b"x" * 50, "b.xml": b"y" * 50}))
    second = content.rfind(b"PK\x01\x02")
    content[second + 42 : second + 46] = struct.pack("<I", 0)
    return bytes(content)


def _flagged_encrypted() -> bytes:
    content = bytearray(_WORD)
    content[content.find(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def _deep(levels: int) -> bytes:
    return docx("<w:sdt><w:sdtContent>" * levels + paragraph("x") + "</w:sdtContent></w:sdt>" * levels)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(_with_part("word/document.xml", _LAUGHS), ReasonCode.UNSAFE, id="entities"),
        pytest.param(
            _with_part("customXml/item1.xml", "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"),
            ReasonCode.UNSAFE,
            id="external DOCTYPE in a side part",
        ),
        pytest.param(
            _with_part("customXml/item1.xml", "<!DOCTYPE a []><a/>".encode("utf-16")),
            ReasonCode.UNSAFE,
            id="DOCTYPE in UTF-16",
        ),
        pytest.param(_with_part("customXml/item1.xml", _UTF7), ReasonCode.UNSAFE, id="DOCTYPE in UTF-7"),
        pytest.param(_with_part("word/big.xml", b"x" * (65 * MIB)), ReasonCode.TOO_COMPLEX, id="a huge part"),
        pytest.param(
            _with_part("word/big.xml", b"x" * (3 * MIB)), ReasonCode.TOO_COMPLEX, id="a bomb's ratio"
        ),
        pytest.param(
            package({f"{n}.xml": b"" for n in range(2001)}), ReasonCode.TOO_COMPLEX, id="too many parts"
        ),
        pytest.param(_with_names("a.xml", "a.xml"), ReasonCode.UNSAFE, id="the same name twice"),
        pytest.param(_with_names("a.xml", "A.XML"), ReasonCode.UNSAFE, id="the same name but for case"),
        pytest.param(_with_part("../../etc/cron.d/x", "<a/>"), ReasonCode.UNSAFE, id="a path that leads out"),
        pytest.param(_with_part("/etc/x", "<a/>"), ReasonCode.UNSAFE, id="an absolute path"),
        pytest.param(_with_part("C:\\x.xml", "<a/>"), ReasonCode.UNSAFE, id="a drive"),
        pytest.param(_overlapping(), ReasonCode.UNSAFE, id="entries that share bytes"),
        pytest.param(_flagged_encrypted(), ReasonCode.NEEDS_PASSWORD, id="an encrypted entry"),
        pytest.param(_deep(200), ReasonCode.DAMAGED, id="400 levels of nesting"),
        pytest.param(_with_part("word/document.xml", "<w:document"), ReasonCode.DAMAGED, id="broken XML"),
        pytest.param(
            package({"[Content_Types].xml": content_types()}), ReasonCode.DAMAGED, id="no main part"
        ),
    ],
)
def test_a_hostile_package_is_refused(content: bytes, code: ReasonCode):
    assert refusal_of("a.docx", content) is code


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(
            _with_part("word/small.xml", b"<a>" + b" " * 900_000 + b"</a>"), id="a high ratio below 1 MiB"
        ),
        pytest.param(_with_part("word/a..b.xml", "<a/>"), id="dots inside a name"),
        pytest.param(_deep(100), id="200 levels of nesting"),
        pytest.param(_with_part("customXml/item1.xml", "<broken"), id="a damaged side part"),
        pytest.param(
            _with_part("word/_rels/document.xml.rels", relations(("image", "gone.png"))), id="a dead link"
        ),
        pytest.param(docx(paragraph("&lt;!DOCTYPE a&gt;")), id="a DOCTYPE that is text"),
        pytest.param(
            docx(table(("<w:tcPr><w:gridSpan w:val='50000000'/></w:tcPr><w:p/>",))),
            id="a cell 50 million columns wide",
        ),
    ],
)
def test_an_odd_package_that_hurts_nobody_is_read(content: bytes):
    assert extract(intake(Upload("a.docx", content), Limits()), Limits()).kind is FileKind.DOCX


@pytest.mark.parametrize("refusal", Refusal)
def test_every_refusal_says_what_is_wrong_and_what_to_do(refusal: Refusal):
    assert refusal.value.message.endswith(".")
    assert refusal.value.remedy.endswith(".")
