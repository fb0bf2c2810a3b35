"""Read a picture file: the words in it by OCR, and the properties that cameras and editors add."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

from PIL import ExifTags, Image, ImageOps, ImageSequence, UnidentifiedImageError

from models.document import Found, Place, SegmentKind
from models.ledger import LedgerLine, LedgerState, ObjectKind
from models.scan import ScannedPage
from models.upload import Received
from pipeline.limits import Limits
from pipeline.ocr import has_time, read_lines
from pipeline.readers.scans import UNREAD, scan_found, scan_lines
from pipeline.refusals import Refusal
from pipeline.strokes import DPI, count_strokes

PAGE_INCHES = 11.7
"""Length of a page (A4)."""

FORMATS = ("PNG", "JPEG", "TIFF", "GIF", "BMP")

FAULTS = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError)
"""What Pillow raises on damaged pictures; damaged PNG chunks give a SyntaxError."""

_SKIPPED = frozenset({"MakerNote", "PrintImageMatching", "ComponentsConfiguration", "FlashPixVersion"})


def read_picture(received: Received, limits: Limits) -> tuple[list[Found], list[LedgerLine]]:
    """Read a picture, each of its frames one body segment.

    Raises:
        DocumentError: It is damaged, or has more dots or frames than are read.
    """
    found: list[Found] = []
    lines: list[LedgerLine] = []
    try:
        with _opened(received.untrusted_bytes, limits) as picture:
            for number, frame in enumerate(ImageSequence.Iterator(picture), start=1):
                if number > limits.pages:
                    raise Refusal.TOO_MANY_PAGES.error()
                _read_frame(frame, number, limits, found, lines)
            properties = list(picture_properties(picture))
    except FAULTS as error:
        raise Refusal.DAMAGED.error() from error
    found += [Found(SegmentKind.PROPERTY, Place("property of the picture"), text) for text in properties]
    if properties:
        lines.append(
            LedgerLine(SegmentKind.PROPERTY, "property of the picture", len(properties), LedgerState.READ)
        )
    return found, lines


def _opened(untrusted: bytes, limits: Limits) -> Image.Image:
    """Open a picture without unpacking it; refuse one with too many dots."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's own, for pictures of suspicious size
        picture = Image.open(io.BytesIO(untrusted), formats=FORMATS)
    if picture.width * picture.height > limits.picture_pixels:
        raise Refusal.UNPACKS_TOO_LARGE.error()
    return picture


def upright(frame: Image.Image) -> Image.Image:
    """Turn a picture as its camera says it was held, on white where it is see-through."""
    turned = ImageOps.exif_transpose(frame)
    if "A" in turned.getbands() or "transparency" in turned.info:
        turned = turned.convert("RGBA")
        white = Image.new("RGBA", turned.size, "white")
        turned = Image.alpha_composite(white, turned)
    return turned.convert("RGB")


def _read_frame(
    frame: Image.Image, number: int, limits: Limits, found: list[Found], lines: list[LedgerLine]
) -> None:
    place = f"page {number}" if number > 1 else "the picture"
    if not (limits.is_scanning and has_time()):
        lines.append(LedgerLine(ObjectKind.IMAGE, place, 1, LedgerState.NOT_READ, UNREAD, number))
        return
    scan = _scan(frame, number)
    found.append(scan_found(scan, Place(place, number), body=True))
    lines += scan_lines(scan, place, 1)


def scan_frame(received: Received, number: int, limits: Limits) -> ScannedPage:
    """Read the words in one frame of a picture.

    Raises:
        DocumentError: The picture is damaged, or has no such frame.
    """
    try:
        with _opened(received.untrusted_bytes, limits) as picture:
            picture.seek(number - 1)
            return _scan(picture, number)
    except FAULTS as error:
        raise Refusal.DAMAGED.error() from error


def _scan(frame: Image.Image, number: int) -> ScannedPage:
    picture = upright(frame)
    rows = read_lines(picture)
    longest = max(picture.size)
    dpi = longest / PAGE_INCHES if longest > 5 * DPI else DPI  # a photographed page, else a cut-out
    return ScannedPage(number, rows, count_strokes(picture, [line for row in rows for line in row], dpi))


def picture_properties(picture: Image.Image) -> Iterator[str]:
    """Yield the texts among a picture's properties: artist, description, place, software."""
    exif = picture.getexif()
    tables = [exif, exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)]
    values = [
        value for table in tables for key, value in table.items() if ExifTags.TAGS.get(key) not in _SKIPPED
    ]
    values += [value for key, value in picture.info.items() if key not in ("exif", "icc_profile")]
    for value in values:
        text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
        if isinstance(text, str) and sum(letter.isalpha() for letter in text) > 1:
            yield text.strip("\0 ")
