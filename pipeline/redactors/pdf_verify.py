"""Look into a redacted PDF with other eyes: two readers, every object, every string of content."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

import pikepdf

from models.document import LineBox
from models.errors import DocumentError
from pipeline.limits import Limits
from pipeline.readers.pdf_compare import open_second, second_page
from pipeline.readers.pdf_objects import read_objects
from pipeline.readers.pdf_pages import open_pdfium, read_pages
from pipeline.readers.pdf_scan import picture_lines
from pipeline.readers.pdf_streams import unpacked
from pipeline.redactors.pdf_allowed import ALLOWED, PAGE_KEYS
from pipeline.redactors.pdf_boxes import LABEL_FONT, WORDS_FONT
from pipeline.redactors.pdf_fonts import STANDARD_FONTS
from pipeline.redactors.scan_boxes import found_again
from pipeline.verify import Gone, Leak, is_leaking, squash, words_of

CHOSEN = frozenset({"/BaseFont", "/FontName", "/FontFamily", "/CMapName", "/Name"})
"""Keys whose names the file chose. Other keys take names of the format itself."""

PLAIN = frozenset(
    word
    for name in (*ALLOWED, *PAGE_KEYS, *STANDARD_FONTS, LABEL_FONT, WORDS_FONT)
    for word in words_of(name)
) | {
    "pages",
    "kids",
    "count",
    "contents",
    "root",
    "size",
    "index",
    "first",
    "info",
    "prev",
    "picture",
    "unseen",
    "edited",
}
"""Words of the format, and of copies. A person may be called Page or Root."""

_LITERAL = re.compile(rb"\(((?:[^()\\]|\\.)*)\)", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]+)>")


def verify_pdf(copy: bytes, expected: Mapping[int, str], removed: Gone, limits: Limits) -> tuple[Leak, ...]:
    """Look for removed words in a redacted PDF.

    Args:
        copy: The redacted file.
        expected: What may still stand on each page, by page number.
        removed: What must be gone.
        limits: The limits under which the copy is read.

    Returns:
        What was found; nothing when the copy holds none of it as far as these readers see.
    """
    leaks = [*_page_leaks(copy, expected, removed)]
    try:
        with pikepdf.open(io.BytesIO(copy)) as pdf:
            leaks += _object_leaks(pdf, expected, removed, limits)
    except (pikepdf.PdfError, DocumentError):
        leaks.append(Leak("qpdf"))
    return tuple(leaks)


def look_at_pictures(copy: bytes, said: Mapping[int, str], removed: Gone) -> dict[int, list[LineBox] | None]:
    """Look for removed words in the pages that became pictures, as a person would.

    Args:
        copy: The redacted file.
        said: What may still be seen on each such page, by page number.
        removed: What must be gone.

    Returns:
        For each page on which something was found, what covers it (None: nothing would).
    """
    found: dict[int, list[LineBox] | None] = {}
    with open_pdfium(copy) as document:
        for number, allowed in said.items():
            boxes = found_again(picture_lines(document, number), allowed, removed)
            if boxes != []:
                found[number] = boxes
    return found


def _page_leaks(copy: bytes, expected: Mapping[int, str], removed: Gone) -> Iterator[Leak]:
    """Read the pages with both readers. A page that cannot be read counts as leaking."""
    with open_pdfium(copy) as document:
        texts = read_pages(document)
    second = open_second(copy)
    if len(texts) != len(expected):
        yield Leak("pdfium")
    for text in texts:
        allowed = expected.get(text.number, "")
        if is_leaking(text.text, allowed, removed):
            yield Leak("pdfium", text.number)
        other = None if second is None else second_page(second, text.number)
        if other is None or is_leaking(other.text, allowed, removed):
            yield Leak("pypdf", text.number)


def _object_leaks(
    pdf: pikepdf.Pdf, expected: Mapping[int, str], removed: Gone, limits: Limits
) -> Iterator[Leak]:
    """Look at every string of every object, and at the strings of every content."""
    allowed = {word for text in expected.values() for word in words_of(text)}
    forbidden = {word for word in removed.words - allowed if len(word) > 2}
    outside = read_objects(pdf, {}, limits)
    if any(not forbidden.isdisjoint(words_of(found.text)) for found in outside.found) or outside.attached:
        yield Leak("objects")
    for item in pdf.objects:
        names = {name for name in _names(item) if not PLAIN.issuperset(words_of(name))}
        if any(_bears(name, forbidden, removed.texts) for name in names):
            yield Leak("names")
        if isinstance(item, pikepdf.Stream) and _is_content(item) and _shows(item, forbidden, limits):
            yield Leak("content")


def _bears(name: str, forbidden: AbstractSet[str], texts: AbstractSet[str]) -> bool:
    """Tell whether a name of the file's own choice holds what was removed, apart or run together."""
    run = squash(name)
    return not forbidden.isdisjoint(set(words_of(name)) - PLAIN) or any(text in run for text in texts)


def _names(item: object) -> Iterator[str]:
    """Yield the names that the file chose itself: keys, and what fonts, tables and inks are called."""
    held: list[tuple[str, object]] = []
    if isinstance(item, pikepdf.Array):
        held = [("", item[at]) for at in range(len(item))]
        if held and held[0][1] == pikepdf.Name.Separation:
            yield from (_called(ink) for _, ink in held[1:2] if isinstance(ink, pikepdf.Name))
    elif isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
        held = list(item.items())
    for key, value in held:
        yield key
        if isinstance(value, pikepdf.Name) and key in CHOSEN:
            yield _called(value)
        elif isinstance(value, pikepdf.Object) and not value.is_indirect:
            yield from _names(value)


def _is_content(stream: pikepdf.Stream) -> bool:
    return stream.get("/Subtype") != pikepdf.Name.Image and not any(
        key in stream for key in ("/Length1", "/Length2", "/CMapName", "/FunctionType", "/N")
    )


def _shows(stream: pikepdf.Stream, forbidden: AbstractSet[str], limits: Limits) -> bool:
    """Tell whether a content's strings spell a forbidden word, apart or run together."""
    content = unpacked(stream, limits.pdf_page_bytes)
    strings = [found.group(1) for found in _LITERAL.finditer(content)]
    strings += [_unhexed(found.group(1)) for found in _HEX.finditer(content)]
    for encoding in ("latin-1", "utf-16-be"):
        apart = {word for s in strings for word in words_of(s.decode(encoding, "ignore"))}
        if not forbidden.isdisjoint(apart):
            return True
    return False


def _unhexed(digits: bytes) -> bytes:
    plain = b"".join(digits.split())
    return bytes.fromhex((plain + b"0" * (len(plain) % 2)).decode("ascii"))


def _called(name: pikepdf.Object) -> str:
    """Return a name as text; one in another encoding than UTF-8 byte by byte."""
    try:
        return str(name)
    except UnicodeDecodeError:
        return bytes(name).decode("latin-1")
