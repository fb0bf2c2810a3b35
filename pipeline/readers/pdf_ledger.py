"""The ledger of a PDF: what was read on its pages and beside them, and what was not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.document import SegmentKind
from models.ledger import LedgerLine, LedgerState, ObjectKind
from models.scan import ScannedPage
from pipeline.readers.pdf_objects import Outside
from pipeline.readers.pdf_structure import PageMake, Sign
from pipeline.readers.scans import UNREAD, scan_lines

MANY_PATHS = 40
"""Curves on a page from which on they may be letters drawn as shapes."""


@dataclass(frozen=True, slots=True)
class PageAccount:
    """How the reading of one page went.

    Attributes:
        number: Page number counted from 1.
        has_words: Whether any were read.
        make: What it is made of; None where that could not be told.
        doubt: Why its words may be wrong or not all, else None.
        scan: What its picture said; None where that was not read.
    """

    number: int
    has_words: bool
    make: PageMake | None
    doubt: str | None = None
    scan: ScannedPage | None = None


def wants_scan(make: PageMake | None, *, has_words: bool) -> bool:
    """Tell whether a page shows something that only its picture can tell."""
    if make is None:
        return False
    shapes = make.curves if has_words else max(make.curves, make.paths)
    return make.images > 0 or shapes >= MANY_PATHS


def page_lines(pages: Sequence[PageAccount]) -> Iterator[LedgerLine]:
    """Give the lines for the pages' own words, shapes and pictures."""
    read = [page for page in pages if page.has_words and page.doubt is None]
    if read:
        yield LedgerLine(SegmentKind.PAGE, "the pages", len(read), LedgerState.READ)
    for page in pages:
        yield from _page_lines(page)


def _page_lines(page: PageAccount) -> Iterator[LedgerLine]:
    place, pictures = f"page {page.number}", f"pictures on page {page.number}"
    if page.doubt is not None:
        yield LedgerLine(SegmentKind.PAGE, place, 1, LedgerState.LOW_CONFIDENCE, page.doubt)
    elif not page.has_words:
        yield LedgerLine(SegmentKind.PAGE, place, 1, LedgerState.EMPTY)
    if page.make is None:
        return
    if wants_scan(page.make, has_words=page.has_words):
        yield from _picture_lines(page, pictures, max(page.make.images, 1))
    if page.make.specks:
        yield LedgerLine(ObjectKind.IMAGE, pictures, page.make.specks, LedgerState.EMPTY)
    if Sign.INVISIBLE in page.make.signs and page.has_words:
        yield LedgerLine(SegmentKind.HIDDEN, f"unseen words on {place}", 1, LedgerState.READ)


def _picture_lines(page: PageAccount, place: str, count: int) -> Iterator[LedgerLine]:
    if page.scan is None:
        yield LedgerLine(ObjectKind.IMAGE, place, count, LedgerState.NOT_READ, UNREAD, page.number)
    else:
        yield from scan_lines(page.scan, place, count)


def outside_lines(outside: Outside, shown: set[tuple[int, int]]) -> Iterator[LedgerLine]:
    """Give the lines for what stands on no page; `shown` are the pictures that some page shows."""
    places = Counter((found.kind, found.place.name) for found in outside.found)
    for (kind, name), count in places.items():
        yield LedgerLine(kind, name, count, LedgerState.READ)
    hidden = len(outside.images - shown)
    unread = (
        (
            ObjectKind.EMBEDDED_FILE,
            "attachments",
            outside.lost,
            "a file inside the file could not be unpacked",
        ),
        (ObjectKind.IMAGE, "on no page", hidden, UNREAD),
        (ObjectKind.UNKNOWN_PART, "sound or film", outside.media, "what it says or shows was not read"),
        (
            ObjectKind.UNKNOWN_PART,
            "private parts",
            outside.private,
            "only the program that made it can read it",
        ),
    )
    for what, name, count, reason in unread:
        if count:
            yield LedgerLine(what, name, count, LedgerState.NOT_READ, reason)


def file_lines(*, is_listed: bool, is_repaired: bool) -> Iterator[LedgerLine]:
    """Give the lines for the file as a whole: what damage may have cost."""
    if not is_listed:
        reason = "the file is damaged: properties, notes and form fields could not be listed"
        yield LedgerLine(ObjectKind.UNKNOWN_PART, "beside the pages", 1, LedgerState.NOT_READ, reason)
    elif is_repaired:
        reason = "the file is damaged and had to be repaired; parts of it may be missing"
        yield LedgerLine(SegmentKind.OTHER, "the file", 1, LedgerState.LOW_CONFIDENCE, reason)
