"""Embedded objects of older kinds: what is in them is read, with the names and paths they had."""

from __future__ import annotations

import pytest

from models.errors import DocumentError, ReasonCode
from models.ledger import LedgerState
from models.upload import Extraction, Upload
from pipeline.extract import extract
from pipeline.intake import intake
from pipeline.limits import Limits
from tests.reading.compound_files import compound, native
from tests.reading.packages import docx, paragraph

_NATIVE = "\x01Ole10Native"


def _read(content: bytes) -> Extraction:
    holder = docx(paragraph("Hello"), {"word/embeddings/oleObject1.bin": content})
    return extract(intake(Upload("a.docx", holder), Limits()), Limits())


@pytest.mark.parametrize(
    ("stream", "content", "texts"),
    [
        (
            _NATIVE,
            native("visit.txt", "C:\\Users\\sampoe\\visit.txt", b"We met Sam."),
            ["sampoe", "We met Sam."],
        ),
        ("Package", docx(paragraph("We met Sam.")), ["We met Sam."]),
        ("CONTENTS", b"{\\rtf1 We met Sam.}", ["We met Sam."]),
    ],
)
def test_the_file_inside_an_object_is_read(stream: str, content: bytes, texts: list[str]):
    extraction = _read(compound(stream, content))
    said = "\n".join(s.text for s in extraction.document.segments if s.start is None)
    assert [text for text in texts if text not in said] == []
    assert extraction.ledger.is_fully_read


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(compound("Thing", b"We met Sam."), id="a program's own object"),
        pytest.param(compound(_NATIVE, native("a", "b", b"x"), is_circular=True), id="sectors in a circle"),
        pytest.param(compound(_NATIVE, native("a", "b", b"x"))[:1500], id="a truncated object"),
        pytest.param(compound("WordDocument", b""), id="an old Word file"),
    ],
)
def test_an_object_that_cannot_be_read_is_named_in_the_ledger(content: bytes):
    lines = [line for line in _read(content).ledger.lines if line.place.startswith("embedded file 1")]
    assert {line.state for line in lines} == {LedgerState.NOT_READ}


@pytest.mark.parametrize("length", [8, 100, 600, 1100])
def test_a_truncated_object_is_refused_by_a_code(length: int):
    content = compound(_NATIVE, native("a", "b", b"x"))
    with pytest.raises(DocumentError) as refused:
        extract(intake(Upload("a.bin", content[:length]), Limits()), Limits())
    assert refused.value.reason.code in (ReasonCode.UNKNOWN_KIND, ReasonCode.DAMAGED)
