"""Text that a PDF holds but does not show: forms that no page draws, earlier versions, loose bytes."""

from __future__ import annotations

import io
import re
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

import pikepdf
import pypdfium2 as pdfium

from models.document import Found, Place, SegmentKind
from models.errors import DocumentError
from models.ledger import LedgerLine, LedgerState, ObjectKind
from pipeline.limits import MIB, Limits
from pipeline.readers.pdf_markup import is_wording, stream_words
from pipeline.readers.pdf_objects import Identity, Outside, page_owners, read_objects
from pipeline.readers.pdf_pages import open_pdfium, read_pages

MOST_VERSIONS = 5
"""Earlier versions that are read, the latest first."""

MOST_UNSHOWN = 500

UNLISTED = "they are there twice, and only one of each is listed"

Texts = tuple[list[Found], list[LedgerLine]]

_BEGIN, _END = b"%PDF-", b"%%EOF"
_BLANK = b"\0 \t\r\n"
_OBJECT = re.compile(rb" obj\b")
_NUMBERS = re.compile(rb"(?<!\d)(\d{1,7}) \d{1,5}\Z")
_LONGEST_NUMBERS = 14
_VERSION_END = re.compile(rb"startxref\s+\d+\s+%%EOF")
_LINEARIZED = re.compile(rb"/Linearized\s+\d")


def gather_unshown(outside: Outside, drawn: AbstractSet[Identity]) -> bytes | None:
    """Make a PDF of the forms that no page draws, letters that are words, and pages that were taken out.

    Among the forms are the looks of hidden notes. Those of notes that are shown come
    along too, for their words are told apart later.
    """
    forms = [form for form in outside.forms if form.objgen not in drawn][:MOST_UNSHOWN]
    if not forms and not outside.pages and not outside.glyphs:
        return None
    with pikepdf.new() as made:
        for form in forms:
            held = made.copy_foreign(form)
            held["/Type"], held["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Form
            page = made.add_blank_page(page_size=(612, 792))
            page.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Unshown=held))
            page.obj["/Contents"] = made.make_stream(b"/Unshown Do")
        for glyph, resources in outside.glyphs[:MOST_UNSHOWN]:
            page = made.add_blank_page(page_size=(612, 792))
            page.obj["/Contents"] = made.copy_foreign(glyph)
            page.obj["/Resources"] = made.copy_foreign(resources)
        for loose in outside.pages[:MOST_UNSHOWN]:
            made.pages.append(pikepdf.Page(loose))
        buffer = io.BytesIO()
        made.save(buffer)
        return buffer.getvalue()


def unshown_texts(unshown: bytes | None, found: Sequence[Found]) -> Texts:
    """Read what no page shows; words that are shown somewhere are left out."""
    if unshown is None:
        return [], []
    try:
        with open_pdfium(unshown) as document:
            texts = [text.text for text in read_pages(document)]
    except pdfium.PdfiumError:
        return [], [_line(SegmentKind.HIDDEN, "what no page shows", 1, "it could not be read")]
    place = Place("text that no page shows")
    new = [Found(SegmentKind.HIDDEN, place, text) for text in _new_lines(texts, found)]
    return new, [_line(SegmentKind.HIDDEN, place.name, len(new))] if new else []


def earlier_texts(untrusted: bytes, found: Sequence[Found], limits: Limits) -> Texts:
    """Read the earlier versions that a file still holds, and keep what the last one lacks."""
    versions = earlier_versions(untrusted)
    new: list[Found] = []
    lines: list[LedgerLine] = []
    for number, version in reversed(list(enumerate(versions, start=1))):
        name = f"earlier version {number}"
        is_read = len(versions) - number < MOST_VERSIONS and _read_version(
            version, name, [*found, *new], new, limits
        )
        reason = None if is_read else "it could not be read"
        lines.append(_line(ObjectKind.REVISION, name, 1, reason))
    return new, lines


def earlier_versions(untrusted: bytes) -> list[bytes]:
    """Cut the earlier versions out of a file: each ends where its table of objects is named."""
    ends = [found.end() for found in _VERSION_END.finditer(untrusted)]
    is_linearized = _LINEARIZED.search(untrusted[:1024]) is not None
    return [untrusted[:end] for end in ends[is_linearized:-1]]


def loose_texts(untrusted: bytes) -> Texts:
    """Read the bytes before and behind the file proper, and count objects that its tables pass over."""
    found: list[Found] = []
    lines: list[LedgerLine] = []
    begin, end = untrusted.find(_BEGIN), untrusted.rfind(_END) + len(_END)
    around = {
        "bytes before the beginning": untrusted[: max(begin, 0)].removeprefix(BOM_UTF8),
        "bytes behind the end": untrusted[end:] if end >= len(_END) else b"",
    }
    for name, loose in around.items():
        text = stream_words(loose.strip(_BLANK)[:MIB])
        if is_wording(text):
            found.append(Found(SegmentKind.HIDDEN, Place(name), text))
            lines.append(_line(SegmentKind.HIDDEN, name, 1))
        elif text:
            lines.append(_line(ObjectKind.UNKNOWN_PART, name, 1, "it is no text"))
    if hidden := _passed_over(untrusted):
        lines.append(_line(ObjectKind.UNKNOWN_PART, "objects that the file passes over", hidden, UNLISTED))
    return found, lines


def _passed_over(untrusted: bytes) -> int:
    """Count objects that are there more often than the file has versions: nobody lists all of those."""
    versions = max(len(_VERSION_END.findall(untrusted)), 1)
    places = [found.start() for found in _OBJECT.finditer(untrusted)]
    heads = [_NUMBERS.search(untrusted[max(at - _LONGEST_NUMBERS, 0) : at]) for at in places]
    numbers = Counter(head[1] for head in heads if head)
    return sum(times - versions for times in numbers.values() if times > versions)


def _read_version(
    version: bytes, name: str, known: Sequence[Found], new: list[Found], limits: Limits
) -> bool:
    """Add what one earlier version says beyond what is known; tell whether it could be read."""
    try:
        with open_pdfium(version) as document, pikepdf.open(io.BytesIO(version)) as pdf:
            texts = [text.text for text in read_pages(document)]
            beside = read_objects(pdf, page_owners(pdf), limits).found
    except (pdfium.PdfiumError, pikepdf.PdfError, DocumentError):
        return False
    place = Place(name)
    new += [Found(SegmentKind.HIDDEN, place, text) for text in _new_lines(texts, known)]
    said = {item.text for item in known}
    new += [
        Found(item.kind, Place(f"{name}: {item.place.name}", item.place.page), item.text)
        for item in beside
        if item.text not in said
    ]
    return True


def _new_lines(texts: Iterable[str], known: Sequence[Found]) -> list[str]:
    """Return, for each text that has any, the lines that stand nowhere in what is known."""
    shown = "".join("".join(item.text.split()) for item in known)
    kept = (
        "\n".join(line for line in text.splitlines() if "".join(line.split()) not in shown) for text in texts
    )
    return [text for text in dict.fromkeys(kept) if text.strip()]


def _line(kind: SegmentKind | ObjectKind, place: str, count: int, reason: str | None = None) -> LedgerLine:
    state = LedgerState.READ if reason is None else LedgerState.NOT_READ
    return LedgerLine(kind, place, count, state, reason)
