"""Read a PDF: its pages' words, the words that stand on no page, and what was not read.

Three libraries look at it. pikepdf walks the objects first: passwords, limits, everything
beside the pages. pdfium reads the pages. On every page its letters are compared with those
that the content shows by its fonts' own tables (`pdf_letters.py`), which is quick. pypdf
takes over where pdfium cannot, and reads again every page where the letters differ or
cannot be told: one with a font without a reliable table of letters, with characters that
came out as no letter, with replacement text or layers, or in a file that needed repair. A page on
which the readers disagree is of low confidence. pypdf takes three to twenty times as long as
pdfium, so it does not read the others (`docs/decisions/second-reader.md`).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
import pypdfium2 as pdfium

from models.document import Found, Place, SegmentKind
from models.ledger import LedgerLine, LedgerState
from models.scan import ScannedPage
from models.upload import Received
from pipeline.limits import Limits
from pipeline.ocr import has_time
from pipeline.readers.pdf_compare import disagree, has_no_letters, lines_beyond, open_second, second_page
from pipeline.readers.pdf_hidden import earlier_texts, gather_unshown, loose_texts, unshown_texts
from pipeline.readers.pdf_ledger import PageAccount, file_lines, outside_lines, page_lines, wants_scan
from pipeline.readers.pdf_letters import tally
from pipeline.readers.pdf_markup import is_wording
from pipeline.readers.pdf_objects import Identity, Outside, page_owners, read_objects
from pipeline.readers.pdf_pages import PageText, open_pdfium, read_pages
from pipeline.readers.pdf_scan import scan_page
from pipeline.readers.pdf_structure import PageMake, Sign, Structure
from pipeline.readers.scans import PICTURE_ON, scan_found
from pipeline.refusals import Refusal

DOUBTFUL = frozenset({Sign.ODD_FONT, Sign.ACTUAL_TEXT, Sign.LAYER})

SEEN_BY_SECOND = "words that one of two readers sees on page "

_SHOWN_KINDS = frozenset({SegmentKind.FORM_VALUE, SegmentKind.ANNOTATION})


@dataclass
class _Inside:
    """What pikepdf told about the file.

    Attributes:
        unshown: A PDF of what the file holds but no page shows; None without any.
        is_listed: Whether it could list the objects.
        is_repaired: Whether it had to rebuild the file's tables for that.
    """

    makes: dict[int, PageMake] = field(default_factory=dict)
    shown: set[Identity] = field(default_factory=set)
    outside: Outside = field(default_factory=Outside)
    unshown: bytes | None = None
    is_listed: bool = True
    is_repaired: bool = False


def read_pdf(received: Received, limits: Limits) -> tuple[list[Found], list[LedgerLine]]:
    """Read a PDF: each page one body segment, everything else beside the body.

    The words in a page's pictures are a segment of their own, in the body where the page
    has no other words.

    Returns:
        What was found, pages first, and the ledger lines.

    Raises:
        DocumentError: The file needs a password, is damaged beyond reading, has too many
            pages, or unpacks to more than its pages could need.
    """
    untrusted = received.untrusted_bytes
    document = _open_pages(untrusted, limits)
    inside = _look_inside(untrusted, limits)
    if document is None:
        texts = _second_pages(untrusted, limits)
        doubts = dict.fromkeys(
            (text.number for text in texts), "only the second of two readers could read it"
        )
        scans: dict[int, ScannedPage] = {}
        beyond: list[Found] = []
    else:
        texts = read_pages(document)
        if not any(text.is_open for text in texts):
            raise Refusal.DAMAGED.error()
        texts += [PageText(number, "", (0.0, 0.0)) for number in sorted(inside.makes) if number > len(texts)]
        scans = _scans(document, texts, inside) if limits.is_scanning else {}
        texts, doubts, beyond = _doubted(untrusted, texts, inside)
    accounts = [
        PageAccount(
            t.number,
            bool(t.text.strip()),
            inside.makes.get(t.number),
            doubts.get(t.number),
            scans.get(t.number),
        )
        for t in texts
    ]
    lines = [*page_lines(accounts), *outside_lines(inside.outside, inside.shown)]
    lines += [LedgerLine(item.kind, item.place.name, 1, LedgerState.READ) for item in beyond]
    lines += file_lines(is_listed=inside.is_listed, is_repaired=inside.is_repaired)
    found = [*_on_pages(texts, scans), *beyond, *_not_on_pages(inside.outside.found, texts)]
    for more_found, more_lines in (
        unshown_texts(inside.unshown, found),
        earlier_texts(untrusted, found, limits),
        loose_texts(untrusted),
    ):
        found += more_found
        lines += more_lines
    return found, lines


def _scans(document: pdfium.PdfDocument, texts: list[PageText], inside: _Inside) -> dict[int, ScannedPage]:
    """Read the pictures of pages, as long as there is time; the ledger names the others."""
    wanted = [
        t.number
        for t in texts
        if t.is_open and wants_scan(inside.makes.get(t.number), has_words=bool(t.text.strip()))
    ]
    return {number: scan_page(document, number) for number in wanted if has_time()}


def _on_pages(texts: list[PageText], scans: dict[int, ScannedPage]) -> Iterator[Found]:
    """Give each page's words, and those in its pictures; these are body where it has no other."""
    for text in texts:
        place = Place(f"page {text.number}", text.number)
        yield Found(SegmentKind.PAGE, place, text.text, body=True, gap="\n\n")
        if text.number in scans:
            name = Place(f"{PICTURE_ON}{text.number}", text.number)
            yield scan_found(scans[text.number], name, body=not text.text.strip())


def _open_pages(untrusted: bytes, limits: Limits) -> pdfium.PdfDocument | None:
    """Open the file with pdfium and check the number of pages; None where it cannot."""
    try:
        document = open_pdfium(untrusted)
    except pdfium.PdfiumError:
        return None
    if len(document) > limits.pages:
        raise Refusal.TOO_MANY_PAGES.error()
    return document if len(document) else None


def _second_pages(untrusted: bytes, limits: Limits) -> list[PageText]:
    """Read every page with the second reader."""
    reader = open_second(untrusted)
    count = 0 if reader is None else len(reader.pages)
    if count > limits.pages:
        raise Refusal.TOO_MANY_PAGES.error()
    texts = [] if reader is None else [second_page(reader, number + 1) for number in range(count)]
    read = [text for text in texts if text is not None]
    if not read:
        raise Refusal.DAMAGED.error()
    return read


def _look_inside(untrusted: bytes, limits: Limits) -> _Inside:
    """Walk the objects of a file."""
    try:
        with pikepdf.open(io.BytesIO(untrusted), inherit_page_attributes=False) as pdf:
            return _walk(pdf, limits)
    except pikepdf.PasswordError as error:
        raise Refusal.NEEDS_PASSWORD.error() from error
    except (pikepdf.PdfError, TypeError, ValueError):
        return _Inside(is_listed=False)


def _walk(pdf: pikepdf.Pdf, limits: Limits) -> _Inside:
    if len(pdf.pages) > limits.pages:
        raise Refusal.TOO_MANY_PAGES.error()
    structure = Structure(limits)
    makes = {number: structure.page(number, page) for number, page in enumerate(pdf.pages, start=1)}
    outside = read_objects(pdf, page_owners(pdf), limits)
    place = Place("remark in what a page draws")
    remarks = [remark.strip() for remark in dict.fromkeys(structure.remarks) if is_wording(remark)]
    outside.found += [Found(SegmentKind.HIDDEN, place, remark) for remark in remarks]
    unshown = gather_unshown(outside, structure.forms_drawn)
    return _Inside(makes, structure.drawn, outside, unshown, is_repaired=_is_repaired(pdf))


def _is_repaired(pdf: pikepdf.Pdf) -> bool:
    """Tell whether the file's table of objects had to be rebuilt by searching for them."""
    return any("reconstruct" in str(warning) for warning in pdf.get_warnings())


def _doubted(
    untrusted: bytes, texts: list[PageText], inside: _Inside
) -> tuple[list[PageText], dict[int, str], list[Found]]:
    """Read doubtful pages again, and say which of them the second reader reads otherwise.

    Returns:
        The texts, with what only the second reader could open; the reason for doubt by page; and
        the lines that only the second reader saw whole. These are looked into like words that nobody
        sees, and make the page a picture in a copy where something in them is removed.
    """
    doubtful = [text for text in texts if inside.is_repaired or _is_doubtful(text, inside)]
    reader = open_second(untrusted) if doubtful else None
    drawn = " ".join(item.text for item in inside.outside.found)
    taken: dict[int, PageText] = {}
    doubts: dict[int, str] = {}
    beyond: list[Found] = []
    for text in doubtful:
        second = None if reader is None else second_page(reader, text.number)
        make = inside.makes.get(text.number)
        if second is None or not text.is_open:
            doubts[text.number] = "only one of two readers could open it"
            taken[text.number] = text if second is None or text.is_open else second
            continue
        beyond += _beyond(text, second, inside)
        if disagree(text.text, second.text, drawn):
            doubts[text.number] = "two readers disagree on what it says"
        elif make is not None and Sign.UNTOLD_FONT in make.signs:
            doubts[text.number] = Sign.UNTOLD_FONT.value
    return [taken.get(text.number, text) for text in texts], doubts, beyond


def _beyond(text: PageText, second: PageText, inside: _Inside) -> list[Found]:
    """Give the lines of a page that only the second reader saw; form values and notes only the first sees."""
    found = inside.outside.found
    drawn = " ".join(f.text for f in found if f.kind in _SHOWN_KINDS and f.place.page == text.number)
    lines = lines_beyond(f"{text.text} {drawn}", second.text)
    place = Place(f"{SEEN_BY_SECOND}{text.number}", text.number)
    return [Found(SegmentKind.HIDDEN, place, lines)] if lines else []


def _is_doubtful(text: PageText, inside: _Inside) -> bool:
    make = inside.makes.get(text.number)
    if make is None or not text.is_open or has_no_letters(text.text):
        return True
    if not DOUBTFUL.isdisjoint(make.signs) or (make.has_text and not text.text.strip()):
        return True
    return make.letters is None or make.letters != tally(text.text)


def _not_on_pages(found: list[Found], texts: list[PageText]) -> list[Found]:
    """Leave out the form values and notes that are shown on their page, and so read there."""
    pages = {text.number: text.text for text in texts}
    return [item for item in found if item.kind not in _SHOWN_KINDS or not _is_shown(item, pages)]


def _is_shown(item: Found, pages: dict[int, str]) -> bool:
    words = "".join(item.text.split())
    return words in "".join(pages.get(item.place.page or 0, "").split())
