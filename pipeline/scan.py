"""Scan: which pages were left unread, and adding what was read in them since.

A long scan is spread over workers: `unread_pages` says which pages there are, workers read one
each (`pipeline/scan_page.py`), and `add_scans` puts what they read where it belongs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from models.document import Found, Place, Segment, SegmentKind, assemble
from models.ledger import Ledger, LedgerLine, LedgerState, ObjectKind
from models.scan import ScannedPage
from models.upload import Extraction
from pipeline.readers.scans import PICTURE_ON, UNREAD, scan_found, scan_lines


def unread_pages(ledger: Ledger) -> list[int]:
    """Return the pages whose pictures were not read, in order."""
    return sorted({line.page for line in ledger.lines if line.page is not None and _is_unread(line)})


def add_scans(extraction: Extraction, scans: Sequence[ScannedPage]) -> Extraction:
    """Add what was read in the pictures of pages to what was read before.

    Segments are numbered anew, so this comes before the document is checked.
    """
    if not scans:
        return extraction
    by_page = {scan.page: scan for scan in scans}
    found = list(_with_scans(extraction.document.segments, by_page))
    lines = [new for line in extraction.ledger.lines for new in _settled(line, by_page)]
    document = assemble(found, extraction.document.encoding)
    return replace(extraction, document=document, ledger=Ledger(tuple(lines)))


def _is_unread(line: LedgerLine) -> bool:
    return line.kind is ObjectKind.IMAGE and line.state is LedgerState.NOT_READ and line.reason == UNREAD


def _settled(line: LedgerLine, scans: Mapping[int, ScannedPage]) -> Iterator[LedgerLine]:
    if line.page is not None and line.page in scans and _is_unread(line):
        yield from scan_lines(scans[line.page], line.place, line.count)
    else:
        yield line


def _with_scans(segments: Sequence[Segment], scans: Mapping[int, ScannedPage]) -> Iterator[Found]:
    """Yield the segments as they were found, each scan in its page's place."""
    waiting = dict(sorted(scans.items()))
    with_words = {s.place.page for s in segments if s.kind is SegmentKind.PAGE}
    for segment in segments:
        yield from _due(waiting, _page_or_end(segment), with_words)
        is_body = segment.start is not None
        yield Found(
            segment.kind, segment.place, segment.text, is_body, segment.gap, segment.boxes, segment.origins
        )
    yield from _due(waiting, None, with_words)


def _page_or_end(segment: Segment) -> int | None:
    return segment.place.page if segment.start is not None else None


def _due(waiting: dict[int, ScannedPage], before: int | None, with_words: set[int | None]) -> Iterator[Found]:
    """Yield, and strike off, the scans of pages before one (None: all that are left)."""
    for page in [page for page in waiting if before is None or page < before]:
        place = Place(f"{PICTURE_ON}{page}", page)
        yield scan_found(waiting.pop(page), place, body=page not in with_words)
