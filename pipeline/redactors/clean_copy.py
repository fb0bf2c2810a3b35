"""Clean copies: a new file of the redacted text alone, for kinds whose look is not kept."""

from __future__ import annotations

import io
import re

import docx

from models.document import Document
from models.redaction import Redaction
from models.upload import FileKind, Received
from pipeline.limits import Limits
from pipeline.readers.docx import read_docx
from pipeline.readers.text import tell_encoding
from pipeline.redactors.docx_verify import verify_docx
from pipeline.verify import Gone, Leak, NotRedactedError, by_segment, gone, is_leaking, surviving

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_AFTER_PLAIN_TEXT = "utf-8"


def redact_text(received: Received, document: Document, redaction: Redaction, limits: Limits) -> bytes:  # noqa: ARG001
    """Make a copy of a plain text in its own encoding, with its own line ends.

    Raises:
        NotRedactedError: Something removed is still in it.
    """
    encoding = document.encoding or tell_encoding(received.untrusted_bytes)
    try:
        copy = redaction.text.encode(encoding)
    except UnicodeEncodeError:
        encoding = _AFTER_PLAIN_TEXT
        copy = redaction.text.encode(encoding)
    _refuse_leak("plain text", copy.decode(encoding), document, redaction)
    return copy


def redact_to_docx(received: Received, document: Document, redaction: Redaction, limits: Limits) -> bytes:  # noqa: ARG001
    """Make a Word file of the redacted text: every line a paragraph, nothing else in it.

    Raises:
        NotRedactedError: Something removed is still in it.
    """
    made = docx.Document()
    for line in redaction.text.splitlines():
        made.add_paragraph(_NOT_IN_XML.sub("\ufffd", line))
    properties = made.core_properties
    properties.author = properties.title = properties.comments = ""
    packed = io.BytesIO()
    made.save(packed)
    copy = packed.getvalue()
    expected = f"{_expected(document, redaction)}\n{words_of_an_empty_file()}"
    leaks = verify_docx(copy, expected, gone(document, redaction), limits)
    if leaks:
        raise NotRedactedError(leaks)
    return copy


def _expected(document: Document, redaction: Redaction) -> str:
    replaced = by_segment(redaction)
    return "\n".join(surviving(s, replaced.get(s.id, ())) for s in document.segments)


def words_of_an_empty_file() -> str:
    """Return the words that a new Word file brings along, in its styles and properties."""
    packed = io.BytesIO()
    docx.Document().save(packed)
    found, _ = read_docx(Received("", FileKind.DOCX, "", packed.getvalue()), Limits())
    return "\n".join(item.text for item in found)


def _refuse_leak(name: str, said: str, document: Document, redaction: Redaction) -> None:
    removed: Gone = gone(document, redaction)
    if is_leaking(said, _expected(document, redaction), removed):
        raise NotRedactedError((Leak(name),))
