"""A second reader (pypdf) for a PDF: takes over where pdfium fails, and checks doubtful pages."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections.abc import Set as AbstractSet
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

MANY = 3_000
"""Words or lines of a page, none of them among the other reader's, that are looked for inside its words."""

SHORT = 6
"""Letters from which on a word inside longer ones is no accident: "ann" is in "planning"."""

_NO_LETTER = re.compile("[\ufffd\ue000-\uf8ff\x01\x03-\x08\x0e-\x1f]")
_PLAIN = bytes(range(0x20, 0x7F)) + b"\t\n\v\f\r\x02"
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
        return PageText(number, _as_text(page.extract_text()), size)
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
    first, second = _fold(one), _fold(other)
    return bool(_missing(first, second + _fold(drawn)) or _missing(second, first))


def lines_beyond(one: str, other: str) -> str:
    """Give the lines of the second reader that hold a word which the first did not see.

    A short word that the first has only inside longer ones counts where the first has not the whole line.
    """
    first, second = _fold(one), _fold(other)
    missing, squashed = _missing(second, first), _squash(first)
    short = {word for word in _words(second) - _words(first) if len(word) < SHORT}
    looked_for: dict[str, bool] = {}
    beyond = []
    for line in other.splitlines():
        folded = _fold(line)
        words = _words(folded)
        is_beyond = bool(words & missing)
        if not is_beyond and words & short:
            joined = _squash(folded)
            if joined not in looked_for:
                looked_for[joined] = len(looked_for) > MANY or not _holds(squashed, joined)
            is_beyond = looked_for[joined]
        if is_beyond:
            beyond.append(line)
    return "\n".join(beyond)


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", _HYPHENS.sub("", text).casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def has_no_letters(text: str) -> bool:
    """Tell whether some character came out as none; those that are plain ASCII are told fast."""
    odd = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
    return bool(odd) and _NO_LETTER.search(odd.decode("utf-8", "surrogatepass")) is not None


def _as_text(told: str) -> str:
    """Put a sign for no letter where the file's tables lead to halves of letters or to none."""
    return told.encode("utf-16-le", "replace").decode("utf-16-le", "replace").replace("\0", "\ufffd")


def _squash(folded: str) -> str:
    return _NOT_LETTERS.sub("", folded)


def _missing(words: str, where: str) -> AbstractSet[str]:
    """Return the words that occur nowhere in another text, its spaces left out, read either way.

    Where very many are no words of the other text they all count, so that no page takes long.
    """
    rest = _words(words) - _words(where)
    if len(rest) > MANY:
        return rest
    squashed = _squash(where)
    return {word for word in rest if not _holds(squashed, word)}


def _holds(squashed: str, word: str) -> bool:
    return word in squashed or word[::-1] in squashed


def _words(folded: str) -> AbstractSet[str]:
    return set(_WORD.findall(folded))
