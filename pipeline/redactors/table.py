"""Which kinds of file can be redacted as files, and by what."""

from __future__ import annotations

from collections.abc import Callable

from models.document import Document
from models.redaction import FileCopy, Redaction
from models.upload import FileKind, Received
from pipeline.limits import Limits
from pipeline.redactors.clean_copy import redact_text, redact_to_docx
from pipeline.redactors.docx import redact_docx
from pipeline.redactors.eml import redact_eml
from pipeline.redactors.pdf import redact_pdf
from pipeline.redactors.picture import redact_picture
from pipeline.redactors.xlsx import redact_xlsx
from pipeline.verify import Leak, NotRedactedError

FileRedactor = Callable[[Received, Document, Redaction, Limits], bytes]


def file_copy(received: Received, document: Document, redaction: Redaction, limits: Limits) -> FileCopy:
    """Make a redacted copy of a file by the redactor of its kind.

    Raises:
        NotRedactedError: There is none, or it can make no copy from which everything is gone.
    """
    if received.kind not in FILE_REDACTORS:
        raise NotRedactedError((Leak("no redactor"),))
    copy = FILE_REDACTORS[received.kind](received, document, redaction, limits)
    return FileCopy(COPY_ENDINGS[received.kind], copy)


def _redact_message(received: Received, document: Document, redaction: Redaction, limits: Limits) -> bytes:
    return redact_eml(received, document, redaction, limits, file_copy)


FILE_REDACTORS: dict[FileKind, FileRedactor] = {
    FileKind.PDF: redact_pdf,
    FileKind.DOCX: redact_docx,
    FileKind.XLSX: redact_xlsx,
    FileKind.ODT: redact_to_docx,
    FileKind.RTF: redact_to_docx,
    FileKind.EML: _redact_message,
    FileKind.TEXT: redact_text,
    FileKind.MARKDOWN: redact_text,
    FileKind.CSV: redact_text,
    FileKind.CARD: redact_text,
    FileKind.PICTURE: redact_picture,
}
"""The redactor of every kind of file that has one. Of other kinds there is the redacted text only."""

COPY_ENDINGS: dict[FileKind, str] = {
    FileKind.PDF: ".pdf",
    FileKind.DOCX: ".docx",
    FileKind.XLSX: ".xlsx",
    FileKind.ODT: ".docx",
    FileKind.RTF: ".docx",
    FileKind.EML: ".eml",
    FileKind.TEXT: ".txt",
    FileKind.MARKDOWN: ".md",
    FileKind.CSV: ".csv",
    FileKind.CARD: ".txt",
    FileKind.PICTURE: ".png",
}
"""How the name of a copy ends: it need not be of the original's kind, nor without its macros."""
