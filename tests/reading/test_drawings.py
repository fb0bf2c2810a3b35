"""The words in vector drawings are read; what is drawn as shapes stands in the ledger as not read."""

from __future__ import annotations

import struct

import pytest
from PIL import Image

from models.document import SegmentKind
from models.ledger import LedgerState
from models.upload import Extraction, Upload
from pipeline.extract import extract
from pipeline.intake import intake
from pipeline.limits import Limits
from tests.reading.drawings import (
    emf,
    emf_comment,
    emf_plus_text,
    emf_record,
    emf_shape,
    emf_small_text,
    emf_text,
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


@pytest.mark.parametrize(
    "drawing",
    [
        emf(*[emf_shape(9)] * 40),
        emf(emf_shape(480)),
        emf(emf_text("\x12\x13", options=0x10)),
        emf(emf_text("Sam"), is_whole=False),
        emf(emf_text("Sam"), struct.pack("<II", 84, 0)),
        emf(emf_record(84, b"")),
        emf(emf_text("Sam"))[:150],
        wmf(*[wmf_record(0x0324, bytes(8))] * 40),
        wmf(wmf_text("Sam"))[:-6],
        wmf(wmf_record(0x0A32, b"\xff" * 8)[:12], struct.pack("<IH", 0, 0x0A32)),
    ],
    ids=[
        *(
            "many shapes",
            "one long shape",
            "glyphs",
            "no end",
            "record of no length",
            "empty record",
            "cut off",
        ),
        *("many shapes", "no end", "record of no length"),
    ],
)
def test_what_cannot_be_read_of_a_drawing_is_told(drawing: bytes):
    lines = _read(drawing).ledger.lines
    assert {line.place for line in lines if line.state is LedgerState.NOT_READ} == {"picture 1"}


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
