"""Redact a PDF: the words are taken out of the content, and what is left is built anew.

The copy starts empty. Each page passes into it by an allow-list of keys, its content
edited; nothing of the document itself passes: no properties, notes, fields, bookmarks,
attachments, scripts, layers, structure or earlier versions. A page that cannot be edited
with certainty becomes a picture with the boxes burnt in and the surviving words laid over
it unseen. Then other readers look for what was removed, and while they find any of it, the
page becomes a picture, then a picture without words; what can still be seen in a picture
is covered; and if that does not help, there is no copy.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import IntEnum

import pikepdf
import pypdfium2 as pdfium
from pypdfium2 import raw

from models.document import Document, LineBox, Segment, SegmentKind
from models.redaction import Redaction, Replacement
from models.text import Span
from models.upload import Received
from pipeline.geometry import boxes_meet
from pipeline.limits import Limits
from pipeline.readers.pdf_pages import flat_page, open_pdfium, page_text, text_page
from pipeline.readers.pdf_structure import Sign, Structure
from pipeline.readers.scans import PICTURE_ON
from pipeline.redactors.pdf_allowed import PAGE_KEYS
from pipeline.redactors.pdf_boxes import LABEL_FONT, box_operators, helvetica, unseen_font
from pipeline.redactors.pdf_content import hides_layers, page_content
from pipeline.redactors.pdf_edit import Trace, rewrite, trace_page
from pipeline.redactors.pdf_fonts import UneditableError
from pipeline.redactors.pdf_pack import inherited, packed_content, packed_resources
from pipeline.redactors.pdf_picture import Hidden, picture_page, pictured_places, take_picture
from pipeline.redactors.pdf_plan import Plan, plan_page
from pipeline.redactors.pdf_spots import match_spots, spots_of
from pipeline.redactors.pdf_verify import look_at_pictures, verify_pdf
from pipeline.redactors.scan_boxes import LOOKS
from pipeline.verify import Gone, Leak, NotRedactedError, by_segment, gone, surviving


class Way(IntEnum):
    """How a page passes into the copy; each is surer, and keeps less, than the one before."""

    EDITED = 0
    PICTURE = 1
    BARE_PICTURE = 2


@dataclass(frozen=True)
class PageWork:
    """What is to be removed from one page.

    Attributes:
        segment: The page's words; None where it has none.
        replacements: What is removed from them.
        pictured: What is painted over in its pictures, in parts of the page.
        said: What its pictures may still say.
    """

    number: int
    segment: Segment | None
    replacements: tuple[Replacement, ...]
    pictured: tuple[Hidden, ...] = ()
    said: str = ""

    @property
    def spans(self) -> list[Span]:
        """The stretches of the page's text to be removed."""
        return [replacement.span for replacement in self.replacements]

    @property
    def labels(self) -> list[str]:
        """What stands there instead."""
        return [replacement.label for replacement in self.replacements]

    @property
    def expected(self) -> str:
        """The text that may still stand on the page, and the labels that stand in its pictures."""
        own = "" if self.segment is None else surviving(self.segment, self.replacements)
        return " ".join([own, *(place.label for place in self.pictured)])


@dataclass
class Source:
    """The original, its notes and form values drawn into its pages, open in two libraries.

    Attributes:
        forms: Forms already packed unchanged, so that pages go on sharing them.
    """

    shown: pdfium.PdfDocument
    objects: pikepdf.Pdf
    has_hidden_layers: bool
    forms: dict[tuple[int, int], pikepdf.Stream] = field(default_factory=dict)


def redact_pdf(received: Received, document: Document, redaction: Redaction, limits: Limits) -> bytes:
    """Make a copy of a PDF without the words that a redaction removes.

    Args:
        received: The original.
        document: Its text, as it was read; the redaction counts in it.
        redaction: What to remove, and the labels that stand there instead.
        limits: The limits under which the copy is read again.

    Returns:
        The copy. Two other readers and a search through its objects found none of the
        removed words in it where they were removed.

    Raises:
        NotRedactedError: No copy could be made of which that is true.
    """
    removed = gone(document, redaction)
    with open_source(received.untrusted_bytes) as source:
        works = page_works(document, redaction, len(source.shown))
        ways = _first_ways(source, works, limits)
        copy = _verified(source, works, ways, removed, limits)
        said = _said(works, ways)
        for _ in range(LOOKS):
            again = look_at_pictures(copy, said, removed)
            if not again:
                return copy
            works = [_covering(work, again.get(work.number, [])) for work in works]
            before = dict(ways)
            copy = _verified(source, works, ways, removed, limits)
            said = {n: text for n, text in _said(works, ways).items() if n in again or ways[n] != before[n]}
    raise NotRedactedError(tuple(Leak("ocr", number) for number in again))


def _said(works: Sequence[PageWork], ways: Mapping[int, Way]) -> dict[int, str]:
    """Return what may be seen on each page that passes as a picture, by page number."""
    return {w.number: f"{w.expected} {w.said}" for w in works if ways[w.number] is not Way.EDITED}


def _verified(
    source: Source, works: Sequence[PageWork], ways: dict[int, Way], removed: Gone, limits: Limits
) -> bytes:
    """Build the copy, each page in as sure a way as is needed for other readers to find nothing."""
    expected = {work.number: work.expected for work in works}
    while True:
        copy = build(source, works, ways)
        leaks = verify_pdf(copy, expected, removed, limits)
        if not leaks:
            return copy
        if not _made_surer(ways, leaks):
            raise NotRedactedError(leaks)


def _covering(work: PageWork, seen: Sequence[LineBox] | None) -> PageWork:
    """Cover also what was still seen in the picture of a page.

    Raises:
        NotRedactedError: If something was seen that no box would cover.
    """
    if seen is None:
        raise NotRedactedError((Leak("ocr", work.number),))
    more = (Hidden((box.left, 1 - box.bottom, box.right, 1 - box.top), "") for box in seen)
    return replace(work, pictured=(*work.pictured, *more))


def _first_ways(source: Source, works: Sequence[PageWork], limits: Limits) -> dict[int, Way]:
    """Choose a way for each page. What nobody could read as letters never passes as letters."""
    structure = Structure(limits)
    ways = {work.number: Way.PICTURE if work.pictured else Way.EDITED for work in works}
    for number, page in enumerate(source.objects.pages, start=1):
        if Sign.UNTOLD_FONT in structure.page(number, page).signs:
            ways[number] = Way.BARE_PICTURE
    return ways


def _made_surer(ways: dict[int, Way], leaks: Sequence[Leak]) -> bool:
    """Choose a surer way for the pages that leak; tell whether there was one."""
    pages = {leak.page for leak in leaks}
    leaking = [number for number in ways if number in pages or None in pages]
    weaker = [number for number in leaking if ways[number] < Way.BARE_PICTURE]
    for number in weaker:
        ways[number] = Way(ways[number] + 1)
    return bool(weaker)


def page_works(document: Document, redaction: Redaction, pages: int) -> list[PageWork]:
    """Sort what is to be removed by page. What stands on no page does not pass anyway."""
    grouped = by_segment(redaction)
    segments = {s.place.page: s for s in document.segments if s.kind is SegmentKind.PAGE}
    pictures = {s.place.page: s for s in document.segments if s.place.name.startswith(PICTURE_ON)}
    works = []
    for number in range(1, pages + 1):
        segment = segments.get(number)
        replacements = grouped.get(segment.id, []) if segment is not None else []
        picture = pictures.get(number)
        removed = grouped.get(picture.id, []) if picture is not None else []
        pictured = tuple(pictured_places(picture, removed)) if picture is not None else ()
        said = surviving(picture, removed) if picture is not None else ""
        works.append(
            PageWork(number, segment, tuple(sorted(replacements, key=lambda r: r.span)), pictured, said)
        )
    return works


@contextmanager
def open_source(untrusted: bytes) -> Iterator[Source]:
    """Open the original in both libraries, its notes and form values drawn into its pages.

    Raises:
        NotRedactedError: One of them cannot open it.
    """
    try:
        with open_pdfium(untrusted) as shown:
            flat = _flattened(shown, untrusted)
            with pikepdf.open(io.BytesIO(flat)) as objects:
                if len(objects.pages) != len(shown):
                    raise NotRedactedError((Leak("pages"),))
                yield Source(shown, objects, hides_layers(objects))
    except (pdfium.PdfiumError, pikepdf.PdfError) as error:
        raise NotRedactedError((Leak("open"),)) from error


def _flattened(shown: pdfium.PdfDocument, untrusted: bytes) -> bytes:
    """Return the file with notes and form values drawn into the pages; unchanged without any."""
    has_notes = False
    for index in range(len(shown)):
        page = raw.FPDF_LoadPage(shown.raw, index)
        if page:
            has_notes |= raw.FPDFPage_GetAnnotCount(page) > 0
            raw.FPDF_ClosePage(page)
    if not has_notes:
        return untrusted
    for index in range(len(shown)):
        with flat_page(shown, index):
            pass
    buffer = io.BytesIO()
    shown.save(buffer)
    return buffer.getvalue()


def build(source: Source, works: Sequence[PageWork], ways: dict[int, Way]) -> bytes:
    """Build the copy, each page in its way; a page that cannot be edited changes its way."""
    with pikepdf.new() as copy:
        unseen = copy.make_indirect(unseen_font(copy))
        for work in works:
            if ways[work.number] is Way.EDITED:
                try:
                    copy.pages.append(pikepdf.Page(_edited_page(source, work)))
                    continue
                except UneditableError:
                    ways[work.number] = Way.PICTURE
            picture = take_picture(source.shown, work.number - 1, work.spans, work.labels, work.pictured)
            words = unseen if ways[work.number] is Way.PICTURE else None
            copy.pages.append(pikepdf.Page(copy.make_indirect(picture_page(copy, picture, words))))
        copy.remove_unreferenced_resources()
        buffer = io.BytesIO()
        copy.save(buffer, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return buffer.getvalue()


def _edited_page(source: Source, work: PageWork) -> pikepdf.Dictionary:
    """Edit one page, and return it with nothing but what is on the allow-list."""
    page = source.objects.pages[work.number - 1]
    content = page_content(page, has_hidden_layers=source.has_hidden_layers)
    trace, plan = Trace(), Plan()
    if work.replacements:
        trace = trace_page(content)
        plan = _plan(source.shown, work, page, trace)
    rewritten = rewrite(content, trace, plan)
    resources = packed_resources(source.objects, rewritten, source.forms)
    if plan.boxes:
        resources["/Font"] = pikepdf.Dictionary({**dict(resources.get("/Font", {})), LABEL_FONT: helvetica()})
    made = pikepdf.Dictionary(Type=pikepdf.Name.Page, Resources=resources)
    for key in PAGE_KEYS:
        value = inherited(page.obj, key)
        if value is not None:
            made[key] = value
    body = b"q\n" + packed_content(rewritten) + b"\nQ\n" + box_operators(plan.boxes)
    made["/Contents"] = pikepdf.Stream(source.objects, body)
    return source.objects.make_indirect(made)


def _plan(shown: pdfium.PdfDocument, work: PageWork, page: pikepdf.Page, trace: Trace) -> Plan:
    """Find the characters to be removed and plan the edit."""
    with flat_page(shown, work.number - 1) as opened, text_page(opened) as words:
        text = page_text(words)
        if work.segment is None or text != work.segment.text:
            raise NotRedactedError((Leak("reading", work.number),))
        spots = spots_of(words, text, work.spans)
    removed = match_spots(spots, trace.glyphs)
    left, low, right, high = (float(side) for side in page.cropbox)
    corners = [(left, low), (right, low), (right, high), (left, high)]
    plan = plan_page(trace.glyphs, removed, work.labels, corners)
    if any(boxes_meet(box.corners(), image) for box in plan.boxes for image in trace.images):
        raise UneditableError("a picture lies under a box")
    return plan
