"""Make a picture of a page: boxes burnt in, the surviving words laid invisibly over it."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pikepdf
from PIL import ImageDraw
from pypdfium2 import PdfDocument, raw

from models.document import Segment
from models.redaction import Replacement
from models.text import Span
from pipeline.geometry import Frame, Matrix, apply
from pipeline.readers.pdf_pages import character_indexes, flat_page, page_text, text_page
from pipeline.readers.pdf_render import frame_as_shown, render, shown_from_page
from pipeline.redactors.pdf_boxes import LABEL_FONT, WORDS_FONT, helvetica, label_operators
from pipeline.redactors.pdf_plan import Box
from pipeline.redactors.pdf_spots import Spot, spot_at
from pipeline.redactors.scan_boxes import covers

DPI = 150
QUALITY = 80
PAD = 0.25
"""How far a burnt-in box reaches beyond its words at either end, in heights of the font."""

LINE_HYPHENS = frozenset("\x02\ufffe\xad")


@dataclass(frozen=True, slots=True)
class Hidden:
    """A stretch of a page to be painted over.

    Attributes:
        frame: Left, low, right and high edge, in points of the page as shown.
        label: What is written into it, or an empty text.
    """

    frame: Frame
    label: str


@dataclass(frozen=True, slots=True)
class Word:
    """A surviving word: its text, where it begins and ends, and its height in points."""

    text: str
    start: tuple[float, float]
    end: tuple[float, float]
    size: float


@dataclass
class Picture:
    """A page as a picture.

    Attributes:
        size: Width and height in points, as the page is shown.
        jpeg: The picture, boxes burnt in.
    """

    size: tuple[float, float]
    jpeg: bytes
    pixels: tuple[int, int]
    hidden: list[Hidden]
    words: list[Word]


def take_picture(
    document: PdfDocument,
    index: int,
    spans: Sequence[Span],
    labels: Sequence[str],
    pictured: Sequence[Hidden],
    dpi: float = DPI,
) -> Picture:
    """Make a picture of a page with spans of its text, and of what its pictures say, painted over."""
    with flat_page(document, index) as page, text_page(page) as words:
        text = page_text(words)
        shown = shown_from_page(page)
        size = (raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page))
        hidden = [
            *hidden_places(words, text, spans, labels, shown),
            *(in_points(part, size) for part in pictured),
        ]
        kept = list(_kept_words(words, text, spans, shown))
        image = render(page, size, dpi)
    scale = image.width / size[0]
    brush = ImageDraw.Draw(image)
    for place in hidden:
        left, low, right, high = place.frame
        brush.rectangle(
            (left * scale, (size[1] - high) * scale, right * scale, (size[1] - low) * scale), fill=0
        )
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=QUALITY)
    return Picture(size, buffer.getvalue(), image.size, hidden, kept)


def pictured_places(segment: Segment, replacements: Sequence[Replacement]) -> Iterator[Hidden]:
    """Yield what is to be painted over in a picture, in parts of the page's width and height."""
    for box, label in covers(segment, replacements):
        yield Hidden((box.left, 1 - box.bottom, box.right, 1 - box.top), label)


def in_points(part: Hidden, size: tuple[float, float]) -> Hidden:
    """Turn a place in parts of a page's width and height into points."""
    left, low, right, high = part.frame
    return Hidden((left * size[0], low * size[1], right * size[0], high * size[1]), part.label)


def hidden_places(
    words: raw.FPDF_TEXTPAGE, text: str, spans: Sequence[Span], labels: Sequence[str], shown: Matrix
) -> Iterator[Hidden]:
    """Yield the places of spans, line by line; the label stands in the first of a span."""
    indexes = character_indexes(text)
    for number, span in enumerate(spans):
        label = labels[number]
        for line in _lines([spot_at(words, indexes[at], number) for at in _visible(text, span)]):
            left, low, right, high = frame_as_shown([spot.frame for spot in line], shown)
            pad = PAD * (high - low)
            yield Hidden((left - pad, low, right + pad, high), label)
            label = ""


def _visible(text: str, span: Span) -> list[int]:
    return [at for at in range(span.start, span.end) if not text[at].isspace()]


def _lines(spots: list[Spot]) -> Iterator[list[Spot]]:
    """Cut the spots of a span where it goes on to another line."""
    line: list[Spot] = []
    for spot in spots:
        if line and not _is_beside(line[-1], spot):
            yield line
            line = []
        line.append(spot)
    if line:
        yield line


def _is_beside(one: Spot, other: Spot) -> bool:
    size = max(one.frame[2] - one.frame[0], one.frame[3] - one.frame[1])
    return math.hypot(other.x - one.x, other.y - one.y) <= 2.0 * size


def _kept_words(words: raw.FPDF_TEXTPAGE, text: str, spans: Sequence[Span], shown: Matrix) -> Iterator[Word]:
    """Yield the words of a page outside the spans."""
    gone = {at for span in spans for at in range(span.start, span.end)}
    indexes = character_indexes(text)
    spots: list[Spot] = []
    letters = ""
    for at, letter in enumerate(text):
        if letter.isspace() or at in gone or letter in LINE_HYPHENS:
            if spots:
                yield _word(letters, spots, shown)
            spots, letters = [], ""
            continue
        spots.append(spot_at(words, indexes[at], 0))
        letters += letter
    if spots:
        yield _word(letters, spots, shown)


def _word(letters: str, spots: Sequence[Spot], shown: Matrix) -> Word:
    """Measure a word by its first and last character."""
    first, last = apply(shown, spots[0].x, spots[0].y), apply(shown, spots[-1].x, spots[-1].y)
    left, low, right, high = frame_as_shown([spots[-1].frame], shown)
    wide, tall = right - left, high - low
    length = math.hypot(last[0] - first[0], last[1] - first[1])
    ux, uy = ((last[0] - first[0]) / length, (last[1] - first[1]) / length) if length else (1.0, 0.0)
    more = max(abs(ux) * wide + abs(uy) * tall, 0.1)
    size = max(abs(ux) * tall + abs(uy) * wide, 0.5)
    return Word(letters, first, (last[0] + ux * more, last[1] + uy * more), size)


def picture_page(pdf: pikepdf.Pdf, picture: Picture, unseen: pikepdf.Object | None) -> pikepdf.Dictionary:
    """Make a page of a picture, its labels, and its words in an invisible font (None: without)."""
    image = pikepdf.Stream(
        pdf,
        picture.jpeg,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=picture.pixels[0],
        Height=picture.pixels[1],
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    width, height = picture.size
    content = f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /Picture Do Q\n".encode("ascii")
    content += b"".join(_label(place) for place in picture.hidden if place.label)
    fonts = pikepdf.Dictionary({LABEL_FONT: helvetica()})
    if unseen is not None:
        content += b"".join(_unseen(word) for word in picture.words)
        fonts[WORDS_FONT] = unseen
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, Decimal(f"{width:.2f}"), Decimal(f"{height:.2f}")],
        Resources=pikepdf.Dictionary(Font=fonts, XObject=pikepdf.Dictionary(Picture=image)),
        Contents=pikepdf.Stream(pdf, content),
    )


def _label(place: Hidden) -> bytes:
    left, low, right, high = place.frame
    size = (high - low) / 1.2
    return label_operators(Box(left, low + 0.25 * size, (1.0, 0.0), right - left, size, place.label))


def _unseen(word: Word) -> bytes:
    """Return the operators that lay a word over the picture without showing it."""
    (x, y), (x2, y2) = word.start, word.end
    length = math.hypot(x2 - x, y2 - y)
    units = word.text.encode("utf-16-be", "replace")
    space = " ".encode("utf-16-be").hex()  # so that no reader joins it with the next
    ux, uy = (x2 - x) / length, (y2 - y) / length
    stretch = 100 * length / (len(units) / 2 * 0.5 * word.size)
    place = f"{ux:.5f} {uy:.5f} {-uy:.5f} {ux:.5f} {x:.2f} {y:.2f}"
    return (
        f"BT 3 Tr {WORDS_FONT} {word.size:.2f} Tf {stretch:.2f} Tz {place} Tm <{units.hex()}{space}> Tj ET\n"
    ).encode("ascii")
