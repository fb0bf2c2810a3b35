"""The words of a PDF's pages, as pdfium sees them: one code point for each character box."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from pipeline.refusals import Refusal

FLATTEN_FOR_SCREEN = 0
UNREADABLE = "\ufffd"
LAST_UNIT = 0xFFFF


@dataclass(frozen=True, slots=True)
class PageText:
    """The raw text of one page.

    Attributes:
        number: Page number counted from 1.
        text: As pdfium gives it: lines end with carriage return and line feed, and a
            hyphen that pdfium takes for a line-end hyphen is U+0002 or U+FFFE.
        size: Width and height in points, as the page is shown.
    """

    number: int
    text: str
    size: tuple[float, float]

    @property
    def is_open(self) -> bool:
        """Tell whether the page could be opened: pdfium may list pages that it cannot open."""
        return self.size[0] > 0


def open_pdfium(untrusted: bytes) -> pdfium.PdfDocument:
    """Open a PDF with pdfium.

    Raises:
        DocumentError: The file needs a password.
        pdfium.PdfiumError: pdfium cannot open the file for another reason.
    """
    try:
        return pdfium.PdfDocument(untrusted)
    except pdfium.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise Refusal.NEEDS_PASSWORD.error() from error
        raise


def read_pages(document: pdfium.PdfDocument) -> list[PageText]:
    """Read every page's text, with form values and notes that a reader would see on it."""
    return [read_page(document, index) for index in range(len(document))]


def read_page(document: pdfium.PdfDocument, index: int) -> PageText:
    """Read one page's text; a page that pdfium cannot open is empty and has no size."""
    with flat_page(document, index) as page:
        if page is None:
            return PageText(index + 1, "", (0.0, 0.0))
        size = (raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page))
        with text_page(page) as words:
            return PageText(index + 1, page_text(words), size)


@contextmanager
def flat_page(document: pdfium.PdfDocument, index: int) -> Iterator[raw.FPDF_PAGE | None]:
    """Open a page, its form values and notes drawn into its content (in memory only)."""
    page = raw.FPDF_LoadPage(document.raw, index)
    if page and raw.FPDFPage_GetAnnotCount(page):
        raw.FPDFPage_Flatten(page, FLATTEN_FOR_SCREEN)
        raw.FPDF_ClosePage(page)
        page = raw.FPDF_LoadPage(document.raw, index)
    try:
        yield page or None
    finally:
        if page:
            raw.FPDF_ClosePage(page)


@contextmanager
def text_page(page: raw.FPDF_PAGE) -> Iterator[raw.FPDF_TEXTPAGE]:
    """Open the characters of a page."""
    words = raw.FPDFText_LoadPage(page)
    try:
        yield words
    finally:
        raw.FPDFText_ClosePage(words)


def page_text(words: raw.FPDF_TEXTPAGE) -> str:
    """Return a page's text, one code point for each of pdfium's characters.

    pdfium gives the whole text at once only where that is one to one; on a few pages in
    a hundred it is not, and there each character is asked for (three times the time).
    A character without a code point in Unicode becomes U+FFFD. The two halves of a code
    point above U+FFFF, two characters to pdfium, are one here (`character_indexes`).
    """
    count = raw.FPDFText_CountChars(words)
    if count <= 0:
        return ""
    buffer = bytearray(2 * (count + 1))
    written = raw.FPDFText_GetText(words, 0, count, ctypes.c_ushort.from_buffer(buffer))
    if written == count + 1:
        units = bytes(buffer[: 2 * count])
    else:
        units = b"".join(_unit(raw.FPDFText_GetUnicode(words, at)) for at in range(count))
    return units.decode("utf-16-le", "replace").replace("\0", UNREADABLE)


def character_indexes(text: str) -> list[int]:
    """Return, for each code point of a page's text, the index of pdfium's character."""
    indexes, at = [], 0
    for letter in text:
        indexes.append(at)
        at += 1 + (ord(letter) > LAST_UNIT)
    return indexes


def _unit(code: int) -> bytes:
    return (code if 0 < code <= LAST_UNIT else ord(UNREADABLE)).to_bytes(2, "little")
