"""Show a page of a PDF to somebody who reviews it: painted over, each finding with its number."""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image, ImageDraw, ImageFont
from pypdfium2 import PdfDocument, raw

from models.document import Document
from models.redaction import PageMark, Redaction
from pipeline.geometry import Frame
from pipeline.readers.pdf_pages import flat_page, open_pdfium, page_text, text_page
from pipeline.readers.pdf_render import shown_from_page
from pipeline.redactors.pdf import page_works
from pipeline.redactors.pdf_picture import Hidden, Picture, hidden_places, in_points, take_picture
from pipeline.verify import Leak, NotRedactedError

DPI = 100
"""Dots an inch of a page that is only looked at: enough to read by, small enough to send."""

QUALITY = 55
"""Of the JPEG: words can be read, and a page with its picture stays light."""

LEAST_LETTER = 11
"""Pixels of height below which a number could not be read: then it stands over its box's edge."""


def draw_page(untrusted: bytes, document: Document, masked: Redaction, plain: Redaction, page: int) -> bytes:
    """Draw a page as a picture (JPEG) with stretches of its words painted over, and all numbered.

    Args:
        untrusted: The original.
        document: Its text, as it was read.
        masked: What is painted over, in the page's own words and in what its pictures say;
            the labels are the numbers.
        plain: What only gets a line around it and its number.
        page: Counted from 1.

    Raises:
        NotRedactedError: The page reads otherwise now, so that the stretches would not fit.
    """
    with open_pdfium(untrusted) as shown:
        outlined, _ = _places(shown, document, plain, page)
        work = page_works(document, masked, len(shown))[page - 1]
        picture = take_picture(shown, page - 1, work.spans, work.labels, work.pictured, DPI)
    return _numbered(picture, outlined)


def mark_page(untrusted: bytes, document: Document, found: Redaction, page: int) -> list[PageMark]:
    """Say where findings stand on a page, line by line, without drawing it.

    Raises:
        NotRedactedError: The page reads otherwise now.
    """
    with open_pdfium(untrusted) as shown:
        places, (width, height) = _places(shown, document, found, page)
    return [_mark(number, frame, width, height) for number, frame in _each(places)]


def _places(
    shown: PdfDocument, document: Document, found: Redaction, page: int
) -> tuple[list[Hidden], tuple[float, float]]:
    """Find where stretches stand on a page, in points, and how large it is."""
    work = page_works(document, found, len(shown))[page - 1]
    with flat_page(shown, page - 1) as opened, text_page(opened) as words:
        text = page_text(words)
        if work.segment is not None and text != work.segment.text:
            raise NotRedactedError((Leak("reading", page),))
        size = (raw.FPDF_GetPageWidthF(opened), raw.FPDF_GetPageHeightF(opened))
        own = hidden_places(words, text, work.spans, work.labels, shown_from_page(opened))
        return [*own, *(in_points(part, size) for part in work.pictured)], size


def _each(places: list[Hidden]) -> Iterator[tuple[str, Frame]]:
    """Yield each place with its number: one that goes on in another line is labelled in its first only."""
    number = ""
    for place in places:
        number = place.label or number
        yield number, place.frame


def _mark(number: str, frame: Frame, width: float, height: float) -> PageMark:
    left, low, right, high = frame
    return PageMark(number, left / width, 1 - high / height, right / width, 1 - low / height)


def _numbered(picture: Picture, outlined: list[Hidden]) -> bytes:
    """Write the numbers into the boxes, and draw lines around what is open."""
    image = Image.open(io.BytesIO(picture.jpeg)).convert("RGB")
    brush, scale = ImageDraw.Draw(image), image.width / picture.size[0]
    for place in outlined:
        left, top, right, bottom = _pixels(place.frame, picture.size[1], scale)
        brush.rectangle((left - 1, top - 1, right + 1, bottom + 1), outline=_INK, width=2)
        _write(brush, place.label, (left, top - LEAST_LETTER, right, top + 2))
    for place in picture.hidden:
        _write(brush, place.label, _pixels(place.frame, picture.size[1], scale))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue()


_INK, _PAPER = (18, 67, 109), (255, 255, 255)


def _pixels(frame: Frame, height: float, scale: float) -> tuple[float, float, float, float]:
    left, low, right, high = frame
    return left * scale, (height - high) * scale, right * scale, (height - low) * scale


def _write(brush: ImageDraw.ImageDraw, number: str, box: tuple[float, float, float, float]) -> None:
    """Write a number at the beginning of a box, white on a ground of its own."""
    if not number:
        return
    left, top, _, bottom = box
    font = ImageFont.load_default(max(LEAST_LETTER, min(bottom - top, 2 * LEAST_LETTER)))
    middle = (left + 2, (top + bottom) / 2)
    around = brush.textbbox(middle, number, font=font, anchor="lm")
    brush.rectangle((around[0] - 2, around[1] - 1, around[2] + 2, around[3] + 1), fill=_INK)
    brush.text(middle, number, fill=_PAPER, font=font, anchor="lm")
