"""Extract, the second stage: the text of a file segment by segment, and the account of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from models.document import Found, Place, SegmentKind, assemble
from models.ledger import Ledger, LedgerLine, LedgerState
from models.upload import Extraction, FileKind, Received
from pipeline.inside import Inside
from pipeline.limits import Limits
from pipeline.readers.card import read_card
from pipeline.readers.docx import read_docx
from pipeline.readers.drawing import read_drawing
from pipeline.readers.eml import read_eml
from pipeline.readers.odt import read_odt
from pipeline.readers.ole import read_ole
from pipeline.readers.pdf import read_pdf
from pipeline.readers.picture import read_picture
from pipeline.readers.rtf import read_rtf
from pipeline.readers.text import read_text, tell_encoding
from pipeline.readers.xlsx import read_xlsx
from pipeline.refusals import Refusal

Reader = Callable[[Received, Limits], tuple[list[Found], list[LedgerLine]]]

READERS: dict[FileKind, Reader] = {
    FileKind.PDF: read_pdf,
    FileKind.DOCX: read_docx,
    FileKind.TEXT: read_text,
    FileKind.XLSX: read_xlsx,
    FileKind.ODT: read_odt,
    FileKind.RTF: read_rtf,
    FileKind.EML: read_eml,
    FileKind.MARKDOWN: read_text,
    FileKind.CSV: read_text,
    FileKind.CARD: read_card,
    FileKind.PICTURE: read_picture,
    FileKind.DRAWING: read_drawing,
    FileKind.OLE_OBJECT: read_ole,
}
"""The reader of every kind of file. A new kind is a row here and a reader of its own."""

_PLAIN = frozenset({FileKind.TEXT, FileKind.MARKDOWN, FileKind.CSV})


def extract(received: Received, limits: Limits) -> Extraction:
    """Read a file's text, and say of every place that can hold words whether it was read.

    Files inside the file are read in turn, pictures too.

    Raises:
        DocumentError: If the file cannot be read, or holds more text than is checked.
    """
    inner_limits = replace(limits, is_scanning=True)  # their pages are not read one by one

    def read_one(one: Received) -> tuple[list[Found], list[LedgerLine]]:
        return READERS[one.kind](one, limits if one is received else inner_limits)

    found, lines = Inside(limits, read_one).read(received)
    found.append(Found(SegmentKind.FILE_NAME, Place("file name"), received.file_name))
    lines.append(LedgerLine(SegmentKind.FILE_NAME, "file name", 1, LedgerState.READ))
    if sum(len(item.text) for item in found) > limits.text_characters:
        raise Refusal.TEXT_TOO_LONG.error()
    encoding = tell_encoding(received.untrusted_bytes) if received.kind in _PLAIN else None
    document = assemble(found, encoding)
    return Extraction(received.file_name, received.sha256, received.kind, document, Ledger(tuple(lines)))
