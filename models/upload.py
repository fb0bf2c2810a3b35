"""An upload as received, and the limits it must keep to."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from models.document import Document
from models.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as the portal sent it. Nothing of it is trusted yet."""

    file_name: str
    untrusted_bytes: bytes = field(repr=False)


class FileKind(StrEnum):
    """Kinds of file that can be read, told by their content, never by their name alone."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"
    RTF = "rtf"
    EML = "eml"
    CSV = "csv"
    CARD = "card"
    OLE_OBJECT = "ole_object"
    TEXT = "text"
    MARKDOWN = "markdown"
    PICTURE = "picture"
    DRAWING = "drawing"


@dataclass(frozen=True, slots=True)
class Received:
    """An upload that passed intake: its kind is known and its size is bearable.

    Attributes:
        sha256: Of the bytes, in hex.
    """

    file_name: str
    kind: FileKind
    sha256: str
    untrusted_bytes: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Extraction:
    """What reading an upload gave: its text, and the account of what was read."""

    file_name: str
    sha256: str
    kind: FileKind
    document: Document
    ledger: Ledger
