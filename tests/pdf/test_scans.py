"""Scans and pictures: what is read from them, and where it goes."""

import io
import math

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Stream
from PIL import Image, ImageDraw, ImageFont

from models.document import SegmentKind, assemble
from models.errors import DocumentError
from models.ledger import Ledger, LedgerState, ObjectKind
from models.redaction import Redaction, Replacement
from models.scan import ScanLine, ScannedPage
from models.text import Span
from models.upload import Extraction, FileKind, Received, Upload
from pipeline.extract import extract
from pipeline.intake import intake
from pipeline.limits import Limits
from pipeline.ocr import has_time
from pipeline.readers.pdf import read_pdf
from pipeline.readers.picture import read_picture
from pipeline.redactors.pdf import page_works, redact_pdf
from pipeline.scan import add_scans, unread_pages
from pipeline.scan_page import read_scan_page
from pipeline.strokes import count_strokes
from pipeline.verify import gone, is_leaking
from workers.sandbox import read_in_child

WORDS = "Nadia Inglethorp rang the duty desk at noon"
LATER = Limits(is_scanning=False)


def picture(*lines, size=(1240, 600)):
    image = Image.new("RGB", size, "white")
    for row, line in enumerate(lines):
        ImageDraw.Draw(image).text((60, 60 + 80 * row), line, fill="black", font=ImageFont.load_default(44))
    return image


def png(image):
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def scan(*pages):
    """Build a PDF of which each page is a picture; a page of None has words instead."""
    pdf = pikepdf.new()
    for image in pages:
        page = pdf.add_blank_page(page_size=(600, 300))
        if image is None:
            font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
            page.obj["/Resources"] = Dictionary(Font=Dictionary(F1=font))
            page.obj["/Contents"] = Stream(pdf, b"BT /F1 12 Tf 60 200 Td (Words of a page) Tj ET")
            continue
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=85)
        held = Stream(pdf, buffer.getvalue(), Type=Name.XObject, Subtype=Name.Image, Filter=Name.DCTDecode)
        held["/Width"], held["/Height"] = image.size
        held["/ColorSpace"], held["/BitsPerComponent"] = Name.DeviceRGB, 8
        page.obj["/Resources"] = Dictionary(XObject=Dictionary(Im=held))
        page.obj["/Contents"] = Stream(pdf, b"q 600 0 0 300 0 0 cm /Im Do Q")
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def received(untrusted, kind=FileKind.PDF):
    return Received("a", kind, "", untrusted)


def extraction(untrusted):
    found, lines = read_pdf(received(untrusted), LATER)
    return Extraction("a.pdf", "", FileKind.PDF, assemble(found), Ledger(tuple(lines)))


def said(page, text, score=0.95, strokes=0):
    return ScannedPage(page, ((ScanLine(text, 0.1, 0.1, 0.5, 0.2, score),),), strokes)


def test_pages_left_for_later_are_named():
    assert unread_pages(extraction(scan(picture("One"), None, picture("Three"))).ledger) == [1, 3]


def test_scans_take_their_pages_places():
    before = extraction(scan(picture("One"), None, picture("Three")))
    after = add_scans(before, [said(3, "third page"), said(1, "first page")])
    assert after.document.text == "first page\n\nWords of a page\n\nthird page"
    assert unread_pages(after.ledger) == []
    assert after.ledger.is_fully_read


def test_a_page_that_nobody_could_read_stays_unread():
    before = extraction(scan(picture("One"), picture("Two")))
    after = add_scans(before, [said(2, "second page")])
    assert unread_pages(after.ledger) == [1]
    assert not after.ledger.is_fully_read


@pytest.mark.parametrize(
    ("scanned", "states"),
    [
        (said(1, "sure"), {LedgerState.READ}),
        (said(1, "unsure", score=0.5), {LedgerState.LOW_CONFIDENCE}),
        (ScannedPage(1, (), 0), {LedgerState.EMPTY}),
        (said(1, "signed", strokes=1), {LedgerState.READ, LedgerState.NOT_READ}),
    ],
    ids=["sure", "unsure", "no words", "signature"],
)
def test_how_sure_the_reader_was_is_a_state(scanned, states):
    after = add_scans(extraction(scan(picture("One"))), [scanned])
    lines = [line for line in after.ledger.lines if line.kind in (ObjectKind.IMAGE, ObjectKind.SIGNATURE)]
    assert {line.state for line in lines} == states


def test_words_in_a_picture_beside_words_are_no_body():
    image = picture("Small", size=(300, 100))
    with pikepdf.open(io.BytesIO(scan(None, image))) as pdf:
        pdf.pages[0].obj["/Resources"]["/XObject"] = pdf.pages[1].obj["/Resources"]["/XObject"]
        pdf.pages[0].obj["/Contents"] = Stream(
            pdf, b"BT /F1 12 Tf 60 200 Td (Words of a page) Tj ET q 90 0 0 30 0 0 cm /Im Do Q"
        )
        del pdf.pages[1]
        buffer = io.BytesIO()
        pdf.save(buffer)
    after = add_scans(extraction(buffer.getvalue()), [said(1, "in the picture")])
    assert after.document.text == "Words of a page"
    assert [s.text for s in after.document.segments if s.kind is SegmentKind.IMAGE_TEXT] == ["in the picture"]


def test_a_label_on_a_scan_is_no_leak():
    """What stands in a box may share a word with what it hides: the "s" of two genitives."""
    found = add_scans(extraction(scan(picture("One"))), [said(1, "St Oswin's wrote")]).document
    name = next(s for s in found.segments if "Oswin" in s.text)
    redaction = Redaction("", (Replacement(name.id, Span(0, 10), "[Child A's school]"),))
    (work,) = page_works(found, redaction, 1)
    assert not is_leaking("[Child A's school]", work.expected, gone(found, redaction))
    assert is_leaking("[Child A's school] Oswin", work.expected, gone(found, redaction))


def test_without_limits_there_is_time():
    assert has_time()


@pytest.mark.parametrize(
    ("draw", "count"),
    [
        (
            lambda brush: brush.line(
                [(100 + 3 * x, 150 + 60 * math.sin(x / 9)) for x in range(100)], fill=0, width=4
            ),
            1,
        ),
        (lambda brush: brush.line([(50, 150), (700, 150)], fill=0, width=4), 0),
        (lambda brush: brush.rectangle([100, 100, 400, 200], fill=0), 0),
        (lambda _: None, 0),
    ],
    ids=["scribble", "rule", "block", "blank"],
)
def test_what_looks_like_a_signature(draw, count):
    image = Image.new("RGB", (800, 300), "white")
    draw(ImageDraw.Draw(image))
    assert count_strokes(image, []) == count


def test_print_that_was_read_is_no_signature():
    image = Image.new("RGB", (800, 300), "white")
    ImageDraw.Draw(image).line(
        [(100 + 3 * x, 150 + 60 * math.sin(x / 9)) for x in range(100)], fill=0, width=4
    )
    line = ScanLine("print", 0.0, 0.0, 1.0, 1.0, 0.95)
    assert count_strokes(image, [line]) == 0


@pytest.mark.parametrize("size", [(10_000, 10_000), (40_000, 40_000)])
def test_a_picture_of_very_many_dots_is_refused(size):
    head = png(Image.new("1", (8, 8)))
    huge = head[:16] + size[0].to_bytes(4, "big") + size[1].to_bytes(4, "big") + head[24:]
    with pytest.raises(DocumentError):
        read_picture(received(huge, FileKind.PICTURE), Limits())


@pytest.mark.all
def test_a_scan_is_read_page_by_page_in_children_and_redacted():
    upload = Upload("scan.pdf", scan(picture(WORDS, "The plan was agreed"), picture("Page two says more")))
    read = read_in_child(upload, Limits())
    assert "Inglethorp" in read.document.text
    assert "Page two" in read.document.text
    name = next(s for s in read.document.segments if "Inglethorp" in s.text)
    at = name.text.index("Inglethorp")
    redaction = Redaction("", (Replacement(name.id, Span(at, at + len("Inglethorp")), "[Child A]"),))
    copy = redact_pdf(intake(upload, Limits()), read.document, redaction, Limits())
    again = extract(intake(Upload("copy.pdf", copy), Limits()), Limits())
    text = " ".join(segment.text for segment in again.document.segments)
    assert "Inglethorp" not in text
    assert "the duty desk" in text
    assert "Page two" in text


@pytest.mark.all
def test_one_page_is_read_on_its_own():
    untrusted = png(picture(WORDS))
    alone = read_scan_page(received(untrusted, FileKind.PICTURE), 1, Limits())
    assert "Inglethorp" in " ".join(line.text for line in alone.lines)
    assert all(0 <= line.left < line.right <= 1 for line in alone.lines)
