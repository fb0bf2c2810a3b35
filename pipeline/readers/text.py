"""Plain text and Markdown: the document text is the decoded text, unchanged."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from models.document import Found, Place, SegmentKind
from models.ledger import LedgerLine, LedgerState
from models.upload import Received
from pipeline.limits import Limits
from pipeline.refusals import Refusal

_LAYOUT = frozenset("\t\n\v\f\r")
_MOST_CONTROLS = 0.02  # text pasted from a PDF carries a few; compressed data has one in ten


def read_text(received: Received, limits: Limits) -> tuple[list[Found], list[LedgerLine]]:  # noqa: ARG001
    """Read a text file as one body segment: byte-order mark and line ends stay as they are."""
    text = received.untrusted_bytes.decode(tell_encoding(received.untrusted_bytes))
    state = LedgerState.READ if text.strip() else LedgerState.EMPTY
    found = Found(SegmentKind.TEXT, Place("the text"), text, body=True)
    return [found], [LedgerLine(SegmentKind.TEXT, "the text", 1, state)]


def tell_encoding(untrusted: bytes) -> str:
    """Tell how the bytes of a text file are to be decoded: UTF-8, marked UTF-16, else cp1252.

    Decoding the bytes with the answer gives the document text itself, a byte-order mark
    included.

    Raises:
        DocumentError: If the bytes are no text in any of them.
    """
    marked = {BOM_UTF16_LE: ["utf-16-le"], BOM_UTF16_BE: ["utf-16-be"]}
    for encoding in marked.get(untrusted[:2], ["utf-8", "cp1252"]):
        try:
            text = untrusted.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_readable(text):
            return encoding
    raise Refusal.NOT_TEXT.error()


def _is_readable(text: str) -> bool:
    controls = sum(text.count(chr(c)) for c in range(32) if chr(c) not in _LAYOUT)
    return "\0" not in text and controls <= _MOST_CONTROLS * len(text)
