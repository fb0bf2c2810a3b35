"""Read the words in the pictures of a PDF's pages: scans, photographs, drawn letters."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium
from PIL import ImageDraw
from pypdfium2 import raw

from models.scan import ScanLine, ScannedPage
from models.upload import Received
from pipeline.geometry import Frame
from pipeline.ocr import read_lines
from pipeline.readers.pdf_pages import flat_page, open_pdfium, text_page
from pipeline.readers.pdf_render import frame_as_shown, render, shown_from_page
from pipeline.refusals import Refusal
from pipeline.strokes import DPI, count_strokes

MARGIN = 1.0
"""Points around words that are whitened with them."""


def scan_pdf_page(received: Received, page: int) -> ScannedPage:
    """Read the pictures of one page of a PDF. Pages do not depend on each other.

    Raises:
        DocumentError: The file cannot be opened.
    """
    try:
        with open_pdfium(received.untrusted_bytes) as document:
            return scan_page(document, page)
    except pdfium.PdfiumError as error:
        raise Refusal.DAMAGED.error() from error


def scan_page(document: pdfium.PdfDocument, number: int) -> ScannedPage:
    """Read the pictures of a page.

    The page is rendered at 200 dots an inch, and the words that can be read as text are
    whitened, so that what is left is what only a picture says.
    """
    with flat_page(document, number - 1) as page, text_page(page) as words:
        size = (raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page))
        picture = render(page, size, DPI)
        brush, scale = ImageDraw.Draw(picture), picture.width / size[0]
        shown = shown_from_page(page)
        for frame in _word_frames(words):
            left, low, right, high = frame_as_shown([frame], shown)
            edges = (left - MARGIN, size[1] - high - MARGIN, right + MARGIN, size[1] - low + MARGIN)
            brush.rectangle([edge * scale for edge in edges], fill="white")
    rows = read_lines(picture)
    lines = [line for row in rows for line in row]
    return ScannedPage(number, rows, count_strokes(picture, lines, scale * 72))


def _word_frames(words: raw.FPDF_TEXTPAGE) -> Iterator[Frame]:
    """Yield the frames of a page's words, run by run."""
    for at in range(raw.FPDFText_CountRects(words, 0, -1)):
        left, high, right, low = (ctypes.c_double() for _ in range(4))
        raw.FPDFText_GetRect(words, at, left, high, right, low)
        yield left.value, low.value, right.value, high.value


def picture_lines(document: pdfium.PdfDocument, number: int) -> list[ScanLine]:
    """Read everything that a page shows, its words too, as a person would see it."""
    with flat_page(document, number - 1) as page:
        size = (raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page))
        picture = render(page, size, DPI)
    return [line for row in read_lines(picture) for line in row]
