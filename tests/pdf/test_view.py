"""A page as the desk shows it: what is masked is painted over, and every finding has its number."""

import io
import re
from pathlib import Path

from PIL import Image, ImageStat

from models.redaction import Redaction, Replacement
from models.text import Span
from models.upload import Upload
from pipeline.limits import Limits
from pipeline.line import read
from pipeline.redactors.pdf_view import draw_page, mark_page

PDF = Path(__file__).parents[1] / "samples/supervision-record.pdf"


def page_one():
    """Read the sample; return its bytes, its text and a place on its first page for each of two words."""
    extraction = read(Upload(PDF.name, PDF.read_bytes()), Limits())
    segment = next(s for s in extraction.document.segments if s.place.page == 1)
    words = [
        re.search(r"Supervisee\s+(\S+ \S+)", segment.text),
        re.search(r"Supervisor\s+(\S+ \S+)", segment.text),
    ]
    return PDF.read_bytes(), extraction.document, [(segment.id, Span(*word.span(1))) for word in words]


def cut(picture, mark):
    image = Image.open(io.BytesIO(picture)).convert("L")
    width, height = image.size
    return image.crop(
        (int(mark.left * width), int(mark.top * height), int(mark.right * width), int(mark.bottom * height))
    )


def darkness(picture, mark):
    """Say how dark the right half of a box is: the number stands in the left."""
    box = cut(picture, mark)
    return ImageStat.Stat(box.crop((box.width // 2 + 4, 1, box.width - 2, box.height - 1))).mean[0]


def test_what_is_masked_is_black_and_what_is_open_can_be_read_and_both_are_numbered():
    data, document, places = page_one()
    one, two = (Replacement(segment, span, str(n)) for n, (segment, span) in enumerate(places, 1))
    marks = mark_page(data, document, Redaction("", (one, two)), 1)
    assert [mark.number for mark in marks] == ["1", "2"]
    assert all(0 < mark.left < mark.right < 1 and 0 < mark.top < mark.bottom < 1 for mark in marks)
    assert marks[0].bottom < marks[1].top
    masked = draw_page(data, document, Redaction("", (one,)), Redaction("", (two,)), 1)
    plain = draw_page(data, document, Redaction("", ()), Redaction("", ()), 1)
    assert darkness(masked, marks[0]) < 30
    assert darkness(masked, marks[1]) > 100
    assert darkness(plain, marks[0]) > 100
    number, bare = (cut(picture, marks[0]).crop((0, 0, 14, 10)) for picture in (masked, plain))
    assert number.tobytes() != bare.tobytes()
    assert number.getextrema()[1] > 200  # white on black
