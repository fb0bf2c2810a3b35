"""From what was read in the picture of a page to texts and ledger lines."""

from __future__ import annotations

from collections.abc import Iterator

from models.document import Found, LineBox, Place, SegmentKind
from models.ledger import LedgerLine, LedgerState, ObjectKind
from models.scan import ScanLine, ScannedPage

PICTURE_ON = "picture on page "
"""How the place of a text begins that was read in the picture of a page."""

SURE = 0.8
"""Below this, for the least sure line, what was read is of low confidence."""

UNREAD = "the words in pictures were not read"
UNSURE = "the words in a picture are hard to read"
LOOK = "a person must look: it may be a signature or handwriting"


def scan_found(scan: ScannedPage, place: Place, *, body: bool) -> Found:
    """Make a text of a scanned page: its rows on lines, with the box of each word."""
    pieces: list[str] = []
    boxes: list[LineBox] = []
    at = 0
    for row in scan.rows:
        for number, line in enumerate(row):
            boxes += _boxes(line, at)
            gap = "\n" if number == len(row) - 1 else " "
            pieces += [line.text, gap]
            at += len(line.text) + 1
    text = "".join(pieces).removesuffix("\n")
    return Found(SegmentKind.IMAGE_TEXT, place, text, body, "\n\n", tuple(boxes))


def _boxes(line: ScanLine, at: int) -> Iterator[LineBox]:
    """Yield the box of each word of a line, or that of the whole line where words have none."""
    for word in line.words:
        yield LineBox(at + word.start, at + word.end, word.left, word.top, word.right, word.bottom)
    if not line.words:
        yield LineBox(at, at + len(line.text), line.left, line.top, line.right, line.bottom)


def scan_lines(scan: ScannedPage, place: str, images: int) -> Iterator[LedgerLine]:
    """Give the ledger's lines for the pictures of a page after they were read."""
    least = min((line.score for line in scan.lines), default=1.0)
    if least < SURE:
        yield LedgerLine(ObjectKind.IMAGE, place, images, LedgerState.LOW_CONFIDENCE, UNSURE, scan.page)
    else:
        state = LedgerState.READ if scan.rows else LedgerState.EMPTY
        yield LedgerLine(ObjectKind.IMAGE, place, images, state, None, scan.page)
    if scan.strokes:
        yield LedgerLine(ObjectKind.SIGNATURE, place, scan.strokes, LedgerState.NOT_READ, LOOK, scan.page)
