"""Which kinds of file can be redacted as files, and by what."""

from __future__ import annotations

from collections.abc import Callable

from models.document import Document
from models.redaction import Redaction
from models.upload import FileKind, Received
from pipeline.limits import Limits
from pipeline.redactors.pdf import redact_pdf

FileRedactor = Callable[[Received, Document, Redaction, Limits], bytes]

FILE_REDACTORS: dict[FileKind, FileRedactor] = {
    FileKind.PDF: redact_pdf,
}
"""The redactor of every kind of file that has one. Of other kinds there is the redacted text only."""
