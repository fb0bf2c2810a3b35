"""A second reader (pypdf) for a PDF: takes over where pdfium fails, and checks doubtful pages."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections.abc import Iterable
from zlib import error as ZlibError  # noqa: N812  (it is an exception)

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from pipeline.readers.pdf_pages import PageText

FAULTS = (
    PyPdfError,
    ZlibError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    RecursionError,
    NotImplementedError,
    AssertionError,
)
"""What pypdf raises on damaged files. Its own errors are only a part of that."""

_WORD = re.compile(r"[^\W_]{2,}")
_NOT_LETTERS = re.compile(r"[\W_]+")
_HYPHENS = re.compile("[\x02\ufffe\xad]|(?<=\\w)-(?=\\s*\\n)")

_log = logging.getLogger("pypdf")
_log.addHandler(logging.NullHandler())
_log.propagate = False  # its warnings quote the document


def open_second(untrusted: bytes) -> PdfReader | None:
    """Open a PDF with the second reader, or return None where it cannot."""
    try:
        reader = PdfReader(io.BytesIO(untrusted))
        if reader.is_encrypted and not reader.decrypt(""):
            return None
        len(reader.pages)
    except FAULTS:
        return None
    return reader


def second_page(reader: PdfReader, number: int) -> PageText | None:
    """Read one page with the second reader, or return None where it cannot."""
    try:
        page = reader.pages[number - 1]
        size = (float(page.mediabox.width), float(page.mediabox.height))
        return PageText(number, page.extract_text(), size)
    except FAULTS:
        return None


def disagree(one: str, other: str, drawn: str) -> bool:
    """Tell whether a word that one reader saw is missing from what the other saw.

    Spaces, hyphens, accents and letter case do not count, nor does the order of words:
    readers cut and order words differently without losing any.

    Args:
        one: What the first reader saw.
        other: What the second saw, who sees no form values, captions and notes.
        drawn: Those.
    """
    first, second = _squash(_fold(one)), _fold(other)
    return _misses(_fold(one), _squash(second + _fold(drawn))) or _misses(second, first)


def lines_beyond(one: str, other: str) -> str:
    """Give the lines of one reader that hold a word which the other did not see."""
    seen = _squash(_fold(one))
    return "\n".join(line for line in other.splitlines() if _misses(_fold(line), seen))


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", _HYPHENS.sub("", text).casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _squash(folded: str) -> str:
    return _NOT_LETTERS.sub("", folded)


def _misses(words: str, squashed: str) -> bool:
    """Tell whether a word occurs nowhere in a text without spaces, read either way."""
    return any(word not in squashed and word[::-1] not in squashed for word in _words(words))


def _words(text: str) -> Iterable[str]:
    return set(_WORD.findall(text))
