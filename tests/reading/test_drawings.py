"""The words in vector drawings are read; what is drawn as shapes stands in the ledger as not read."""

from __future__ import annotations

import gzip
import io
import struct
import time
import tracemalloc

import pytest
from PIL import Image

from models.document import SegmentKind
from models.errors import DocumentError
from models.ledger import LedgerState
from models.upload import Extraction, FileKind, Received, Upload
from pipeline.extract import extract
from pipeline.intake import intake
from pipeline.limits import MIB, Limits
from pipeline.readers.drawing import read_drawing
from pipeline.readers.drawing_emf import read_emf
from pipeline.readers.drawing_packed import unpack_drawing
from tests.reading.drawings import (
    emf,
    emf_comment,
    emf_plus,
    emf_plus_text,
    emf_record,
    emf_shape,
    emf_small_text,
    emf_text,
    emf_texts,
    wmf,
    wmf_old_text,
    wmf_record,
    wmf_text,
)
from tests.reading.packages import docx, paragraph

_DOTS = Image.new("RGB", (4, 4), "white").tobytes("raw", "BGR")
_HEAD = struct.pack("<IiiHHIIiiII", 40, 4, 4, 1, 24, 0, len(_DOTS), 0, 0, 0, 0)
_PICTURE = emf_record(
    81,
    bytes(40)
    + struct.pack("<6I", 80, len(_HEAD), 80 + len(_HEAD), len(_DOTS), 0, 0)
    + bytes(8)
    + _HEAD
    + _DOTS,
)


def _read(drawing: bytes) -> Extraction:
    holder = docx(paragraph("Hello"), {"word/media/image1.emf": drawing})
    return extract(intake(Upload("a.docx", holder), Limits()), Limits())


def _said(extraction: Extraction, kind: SegmentKind = SegmentKind.IMAGE_TEXT) -> list[str]:
    return [s.text for s in extraction.document.segments if s.kind is kind]


@pytest.mark.parametrize(
    ("drawing", "text"),
    [
        (emf(emf_text("Visit to Sam.docx")), "Visit to Sam.docx"),
        (emf(emf_text("Sa", 0, 5, 10), emf_text("m came", 20, 5, 10)), "Sam came"),
        (emf(emf_text("Sam", 0, 5, 10), emf_text("came", 40, 5, 10)), "Sam came"),
        (emf(emf_text("Sam", 0, 5), emf_text("came", 0, 9)), "Sam\ncame"),
        (emf(emf_small_text("Sam came")), "Sam came"),
        (emf(emf_text("Привет")), "Привет"),
        (wmf(wmf_text("Sam came")), "Sam came"),
        (wmf(wmf_old_text("Sam"), wmf_old_text("came")), "Sam came"),
        (b"\xd7\xcd\xc6\x9a" + bytes(18) + wmf(wmf_text("Sam came")), "Sam came"),
    ],
)
def test_the_words_of_a_drawing_are_read(drawing: bytes, text: str):
    extraction = _read(drawing)
    assert _said(extraction) == [text]
    assert extraction.ledger.is_fully_read


def test_names_and_comments_of_a_drawing_are_read():
    extraction = _read(emf(emf_comment(b"\x01\x02made for Sam\x00"), name="Draw\0Plan for Sam\0\0"))
    assert _said(extraction, SegmentKind.PROPERTY) == ["Draw\nPlan for Sam"]
    assert _said(extraction, SegmentKind.OTHER) == ["made for Sam"]


def test_what_newer_records_repeat_is_told_once():
    assert _said(_read(emf(emf_plus_text("Sam came"))), SegmentKind.OTHER) == ["Sam came"]
    assert _said(_read(emf(emf_plus_text("Sam came"), emf_text("Sam came"))), SegmentKind.OTHER) == []


_GLYPHS = emf_plus(0x4036, struct.pack("<IIII", 0, 0, 0, 5) + bytes(10))
_PLUS_PICTURE = emf_plus(0x4008, b"\x89PNG" + bytes(40), flags=0x500)
_IS_DUAL, _IS_ALONE = emf_plus(0x4001, bytes(16), flags=1), emf_plus(0x4001, bytes(16))
_NEWER_FORM = wmf_record(0x0626, struct.pack("<HH", 15, 60) + b"WMFC" + bytes(56))
_FAR = emf_record(84, bytes(28) + struct.pack("<iiIII", 0, 0, 3, 5000, 0) + bytes(20) + b"S\0a\0m\0")
_SHARED = emf_texts(20, 300, "Sam came.".encode("utf-16-le") * 50)


@pytest.mark.parametrize(
    "drawing",
    [
        pytest.param(emf(*[emf_shape(9)] * 40), id="many shapes"),
        pytest.param(emf(emf_text("Figure 1"), *[emf_shape(9)] * 40), id="many shapes beside words"),
        pytest.param(emf(emf_shape(480)), id="one long shape"),
        pytest.param(
            emf(*[emf_plus(0x4008, struct.pack("<III", 0, 9, 0), flags=0x300)] * 40), id="newer shapes"
        ),
        pytest.param(emf(emf_text("\x12\x13", options=0x10)), id="glyphs"),
        pytest.param(emf(emf_text("Fig"), _GLYPHS), id="newer glyphs beside words"),
        pytest.param(emf(_IS_ALONE, emf_text("Fig"), _PLUS_PICTURE), id="newer picture beside words"),
        pytest.param(emf(_IS_DUAL, _GLYPHS), id="newer glyphs that nothing repeats"),
        pytest.param(emf(_FAR), id="words outside their record"),
        pytest.param(emf(_SHARED), id="texts that share their letters"),
        pytest.param(emf(emf_record(97, bytes(28) + struct.pack("<I", 3))), id="texts outside their record"),
        pytest.param(
            emf(emf_comment(b"EMF+" + struct.pack("<HHII", 0x401C, 0, 0, 0))), id="newer record of no length"
        ),
        pytest.param(
            emf(emf_comment(b"EMF+" + struct.pack("<HHII", 0x401C, 0, 90, 78))), id="newer record cut off"
        ),
        pytest.param(emf(emf_text("Sam"), is_whole=False), id="no end"),
        pytest.param(emf(emf_text("Sam"), struct.pack("<II", 84, 0)), id="record of no length"),
        pytest.param(emf(emf_record(84, b"")), id="empty record"),
        pytest.param(emf(emf_text("Sam"))[:150], id="cut off"),
        pytest.param(emf() + emf_text("Sam"), id="more after the end"),
        pytest.param(wmf(*[wmf_record(0x0324, bytes(8))] * 40), id="old: many shapes"),
        pytest.param(wmf(wmf_text("Sam"))[:-6], id="old: no end"),
        pytest.param(
            wmf(wmf_record(0x0A32, b"\xff" * 8)[:12], struct.pack("<IH", 0, 0x0A32)),
            id="old: record of no length",
        ),
        pytest.param(wmf(_NEWER_FORM), id="old: newer form of what the old does not say"),
        pytest.param(wmf() + wmf_text("Sam"), id="old: more after the end"),
        pytest.param(
            wmf(wmf_record(0x0A32, struct.pack("<hhHH", 0, 0, 90, 0) + b"Sam.")), id="old: words cut off"
        ),
    ],
)
def test_what_cannot_be_read_of_a_drawing_is_told(drawing: bytes):
    lines = _read(drawing).ledger.lines
    assert {line.place for line in lines if line.state is LedgerState.NOT_READ} == {"picture 1"}


@pytest.mark.parametrize(
    "drawing",
    [
        emf(_IS_DUAL, emf_text("Sam"), _GLYPHS, _PLUS_PICTURE),
        emf(emf_text("Figure 1"), *[emf_shape(9)] * 39),
        emf(emf_texts(2, 9, "Sam came.".encode("utf-16-le"))),
        emf(emf_text("Sam")) + bytes(8),
        wmf(wmf_text("Sam"), _NEWER_FORM),
        wmf(wmf_text("Sam")) + bytes(2),
    ],
    ids=["all said twice", "few shapes", "two texts", "filled up", "old: said twice", "old: filled up"],
)
def test_what_is_read_of_a_drawing_is_not_told_as_unread(drawing: bytes):
    assert _read(drawing).ledger.is_fully_read


def test_texts_that_share_their_letters_are_not_told_again_and_again():
    words = "Sam came.".encode("utf-16-le") * 5000
    drawn = read_emf(emf(emf_texts(5000, 45_000, words)))
    assert drawn.is_damaged
    assert sum(len(run.text) for run in drawn.runs) < 2 * len(emf_texts(5000, 0, words))


def test_many_comments_are_told_in_little_time():
    texts = [emf_text("abcdefgh" * 4, y=n) for n in range(20_000)]
    drawing = emf(*texts, *(emf_comment(b"word %d zq" % n) for n in range(20_000)))
    before = time.process_time()
    found, _ = read_drawing(Received("a.emf", FileKind.DRAWING, "", drawing), Limits())
    assert sum(len(item.text.splitlines()) for item in found) == 40_000
    assert time.process_time() - before < 2  # looked for one by one it takes four


def _packed(drawing: bytes, name: str = "") -> bytes:
    out = io.BytesIO()
    with gzip.GzipFile(name, "wb", fileobj=out) as file:
        file.write(drawing)
    return out.getvalue()


def _emz(content: bytes) -> Extraction:
    holder = docx(paragraph("Hello"), {"word/media/image1.emz": content})
    return extract(intake(Upload("a.docx", holder), Limits()), Limits())


@pytest.mark.parametrize(
    "drawing", [emf(emf_text("Sam came")), wmf(wmf_text("Sam came"))], ids=["emz", "wmz"]
)
def test_a_packed_drawing_is_read(drawing: bytes):
    extraction = _emz(_packed(drawing))
    assert _said(extraction) == ["Sam came"]
    assert extraction.ledger.is_fully_read
    assert intake(Upload("a.emz", _packed(drawing)), Limits()).kind is FileKind.DRAWING


def test_the_name_that_a_packed_drawing_had_is_read():
    packed = _packed(emf(emf_text("x"), name="Sam\0\0"), "Zebedee.emf")
    assert _said(_emz(packed), SegmentKind.PROPERTY) == ["Zebedee.emf\nSam"]
    with_remark = packed[:3] + bytes([packed[3] | 16 | 4]) + packed[4:10] + b"\2\0ab" + packed[10:]
    with_remark = with_remark.replace(b"Zebedee.emf\0", b"Zebedee.emf\0by Jo\0")
    assert _said(_emz(with_remark), SegmentKind.PROPERTY) == ["Zebedee.emf\nby Jo\nSam"]


_LONG = emf(emf_text("Sam"), *[emf_comment(b"word" * 50_000)] * 100)


@pytest.mark.parametrize(
    ("packed", "reason"),
    [
        pytest.param(_packed(_LONG), "unpacks to far more data", id="bomb"),
        pytest.param(_packed(b"\0" * 100), "archive", id="no drawing"),
        pytest.param(_packed(_packed(emf(emf_text("Sam")))), "archive", id="packed twice"),
        pytest.param(b"\x1f\x8b", "archive", id="a head alone"),
        pytest.param(_packed(emf(emf_text("Sam"))) * 2, "its end could not be read", id="two in one"),
        pytest.param(_packed(emf(emf_text("Sam")))[:-30], "its end could not be read", id="cut off"),
        pytest.param(_packed(emf(emf_text("Sam")))[:-8] + b"12345678", "damaged", id="wrong sum"),
    ],
)
def test_a_packed_drawing_that_is_odd_is_told(packed: bytes, reason: str):
    lines = [line for line in _emz(packed).ledger.lines if line.state is LedgerState.NOT_READ]
    assert {line.place for line in lines} == {"picture 1"}
    assert reason in (lines[0].reason or "")


def test_no_more_is_unpacked_than_may_be():
    bomb = _packed(emf(emf_text("Sam")) + bytes(64 * MIB))
    tracemalloc.start()
    with pytest.raises(DocumentError):
        unpack_drawing(bomb, Limits(zip_ratio=10**6, zip_entry_bytes=4 * MIB))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 16 * MIB


def test_a_drawing_of_few_shapes_is_empty():
    extraction = _read(emf(*[emf_shape(4)] * 39))
    assert _said(extraction) == []
    assert extraction.ledger.is_fully_read


def test_a_picture_in_a_drawing_is_read_in_turn(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("pipeline.readers.picture.has_time", lambda: False)
    lines = _read(emf(emf_text("Sam"), _PICTURE)).ledger.lines
    assert [line.reason for line in lines if line.state is LedgerState.NOT_READ] == [
        "the words in pictures were not read"
    ]
