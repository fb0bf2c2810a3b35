"""Plain text is kept to the letter, and its encoding is told."""

from __future__ import annotations

import pytest

from models.document import SegmentKind
from models.upload import Upload
from pipeline.extract import extract
from pipeline.intake import intake
from pipeline.limits import Limits


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"plain\r\nlines\n\tand tabs", "utf-8"),
        ("Zoë — £5".encode(), "utf-8"),
        ("\ufeffmarked".encode(), "utf-8"),
        ("Zoë — £5".encode("cp1252"), "cp1252"),
        ("\ufeffZoë".encode("utf-16-le"), "utf-16-le"),
        ("\ufeffZoë".encode("utf-16-be"), "utf-16-be"),
        (b"   \n", "utf-8"),
    ],
)
def test_the_document_text_is_the_decoded_text(content: bytes, encoding: str):
    document = extract(intake(Upload("a.txt", content), Limits()), Limits()).document
    assert document.encoding == encoding
    assert document.text == content.decode(encoding)
    assert [s.kind for s in document.segments] == [SegmentKind.TEXT, SegmentKind.FILE_NAME]


def test_the_file_name_is_a_segment_outside_the_text():
    document = extract(intake(Upload("Made Up Name.md", b"# Hello"), Limits()), Limits()).document
    assert document.text == "# Hello"
    assert document.segments[-1].text == "Made Up Name.md"
    assert document.segments[-1].start is None
