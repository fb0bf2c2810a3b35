"""Tell a file's kind by its content. The name only tells Markdown from other plain text."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

from models.errors import DocumentError
from models.upload import FileKind
from pipeline.limits import Limits
from pipeline.package import DamagedPartError, Package, open_package
from pipeline.readers.card import STARTS
from pipeline.readers.drawing import EMF_MARK, EMF_MARK_AT
from pipeline.readers.drawing_packed import GZIP, packed_head
from pipeline.readers.drawing_wmf import PLACEABLE
from pipeline.readers.text import tell_encoding
from pipeline.refusals import Refusal
from pipeline.untrusted_xml import MalformedXmlError, parse_xml

_HEADER_WITHIN = 1024  # PDF readers accept that much before the header
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENTRY = 128  # bytes of one directory entry, which begins with its name in UTF-16

_MAGIC: tuple[tuple[bytes, FileKind | Refusal], ...] = (
    (b"{\\rtf", FileKind.RTF),
    (b"\x89PNG\r\n\x1a\n", FileKind.PICTURE),
    (b"\xff\xd8\xff", FileKind.PICTURE),
    (b"GIF8", FileKind.PICTURE),
    (b"II*\x00", FileKind.PICTURE),
    (b"MM\x00*", FileKind.PICTURE),
    (PLACEABLE, FileKind.DRAWING),
    (b"\x01\x00\x09\x00\x00\x03", FileKind.DRAWING),
    (b"\x02\x00\x09\x00\x00\x03", FileKind.DRAWING),
    (b"Rar!\x1a\x07", Refusal.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Refusal.ARCHIVE),
)
"""First bytes of a file, and what it is or why it is refused."""

_EMF_HEAD = b"\x01\x00\x00\x00"
_RESERVED = b"\0\0\0\0"
"""Bytes of a bitmap that no text has, whatever its first two letters."""

_OLE_STREAMS: tuple[tuple[str, FileKind | Refusal], ...] = (
    ("EncryptedPackage", Refusal.NEEDS_PASSWORD),
    ("WordDocument", Refusal.OLD_WORD),
    ("Workbook", Refusal.OLD_EXCEL),
    ("Book", Refusal.OLD_EXCEL),
    ("PowerPoint Document", Refusal.OLD_SLIDES),
    ("__properties_version1.0", Refusal.OUTLOOK),
    ("\x01Ole10Native", FileKind.OLE_OBJECT),
    ("Package", FileKind.OLE_OBJECT),
    ("CONTENTS", FileKind.OLE_OBJECT),
    ("EmbeddedOdf", FileKind.OLE_OBJECT),
)
"""Streams of an OLE file by which its kind is told, the surest first."""

_OFFICE_MAIN: tuple[tuple[str, FileKind | Refusal], ...] = (
    ("wordprocessingml", FileKind.DOCX),
    ("ms-word", FileKind.DOCX),
    ("spreadsheetml", FileKind.XLSX),
    ("ms-excel", FileKind.XLSX),
    ("presentationml", Refusal.SLIDES),
    ("ms-powerpoint", Refusal.SLIDES),
)
"""A word in the content type of an Office package's main part, and what the package is."""

_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_OPEN_DOCUMENTS: tuple[tuple[str, FileKind | Refusal], ...] = (
    (f"{_OPEN_DOCUMENT}text", FileKind.ODT),
    (f"{_OPEN_DOCUMENT}spreadsheet", Refusal.OPEN_SPREADSHEET),
    (f"{_OPEN_DOCUMENT}presentation", Refusal.SLIDES),
)
"""How the type of an OpenDocument file begins, and what the file is."""

_MAIL_HEADERS = frozenset(
    {"from", "to", "subject", "date", "mime-version", "received", "message-id", "return-path", "content-type"}
)
_SURE_MAIL_HEADERS = frozenset({"mime-version", "received", "message-id"})
_HEADER_LINE = re.compile(r"([!-9;-~]+):.*|[ \t].*")

_MARKUP = ("<?xml", "<!doctype", "<html", "<svg")
_TEXT_KINDS = {
    ".txt": FileKind.TEXT,
    ".text": FileKind.TEXT,
    ".md": FileKind.MARKDOWN,
    ".markdown": FileKind.MARKDOWN,
    ".csv": FileKind.CSV,
    ".tsv": FileKind.CSV,
}
"""Kinds of plain text, which only the name tells apart."""


def tell_kind(file_name: str, untrusted: bytes, limits: Limits) -> FileKind:
    """Tell what kind of file this is.

    Raises:
        DocumentError: If it is of a kind that is not read, or of two kinds at once.
    """
    is_pdf = b"%PDF-" in untrusted[:_HEADER_WITHIN]
    if is_pdf and zipfile.is_zipfile(io.BytesIO(untrusted)):
        raise Refusal.TWO_FORMATS.error()
    if is_pdf:
        return FileKind.PDF
    if untrusted.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_package(open_package(untrusted, limits))
    if untrusted.startswith(_OLE):
        return _kind_or_refuse(_kind_of_ole(untrusted))
    answer = _answer_by_marks(untrusted)
    return _kind_or_refuse(answer or _kind_of_text(PurePath(file_name).suffix.lower(), untrusted))


def _answer_by_marks(untrusted: bytes) -> FileKind | Refusal | None:
    """Tell a kind by the bytes that it must have at certain places."""
    if untrusted.startswith(_EMF_HEAD) and untrusted.startswith(EMF_MARK, EMF_MARK_AT):
        return FileKind.DRAWING
    if untrusted.startswith(b"BM") and untrusted[6:10] == _RESERVED:
        return FileKind.PICTURE
    if untrusted.startswith(GZIP):
        packed = _answer_by_marks(packed_head(untrusted).removeprefix(GZIP))
        return packed if packed is FileKind.DRAWING else Refusal.ARCHIVE
    return next((answer for magic, answer in _MAGIC if untrusted.startswith(magic)), None)


def _kind_or_refuse(answer: FileKind | Refusal) -> FileKind:
    if isinstance(answer, Refusal):
        raise answer.error()
    return answer


def _kind_of_package(package: Package) -> FileKind:
    if "mimetype" in package.names:
        return _kind_of_open_document(package)
    if "[Content_Types].xml" not in package.names:
        raise Refusal.ARCHIVE.error()
    try:
        types = parse_xml(package.read("[Content_Types].xml"))
    except (DamagedPartError, MalformedXmlError) as error:
        raise Refusal.DAMAGED.error() from error
    mains = [t for e in types if (t := e.get("ContentType", "")).endswith("main+xml")]
    for word, answer in _OFFICE_MAIN:
        if any(word in main for main in mains):
            return _kind_or_refuse(answer)
    raise Refusal.UNKNOWN_KIND.error()


def _kind_of_open_document(package: Package) -> FileKind:
    try:
        kind = package.read("mimetype").decode("ascii", "replace")
    except DamagedPartError as error:
        raise Refusal.DAMAGED.error() from error
    found = (answer for start, answer in _OPEN_DOCUMENTS if kind.startswith(start))
    return _kind_or_refuse(next(found, Refusal.UNKNOWN_KIND))


def _kind_of_ole(untrusted: bytes) -> FileKind | Refusal:
    names = {stream: stream.encode("utf-16-le") + b"\0\0" for stream, _ in _OLE_STREAMS}
    found = (answer for stream, answer in _OLE_STREAMS if _has_ole_entry(untrusted, names[stream]))
    return next(found, Refusal.UNKNOWN_KIND)


def _has_ole_entry(untrusted: bytes, name: bytes) -> bool:
    at = untrusted.find(name)
    while at >= 0 and at % _OLE_ENTRY:
        at = untrusted.find(name, at + 1)
    return at >= 0


def _kind_of_text(suffix: str, untrusted: bytes) -> FileKind:
    try:
        start = untrusted[:4096].decode(tell_encoding(untrusted), "ignore").lstrip("\ufeff \t\r\n").lower()
    except DocumentError as error:
        raise (error if suffix in _TEXT_KINDS else Refusal.UNKNOWN_KIND.error()) from None
    if _is_mail(suffix, start):
        return FileKind.EML
    if start.startswith(STARTS) and suffix not in _TEXT_KINDS:
        return FileKind.CARD
    if start.startswith(_MARKUP) and suffix not in _TEXT_KINDS:
        raise Refusal.WEB_PAGE.error()
    return _TEXT_KINDS.get(suffix, FileKind.TEXT)


def _is_mail(suffix: str, start: str) -> bool:
    """Tell whether a text is a message: it begins with headers, and nothing but headers."""
    head = start.partition("\n\n" if "\n\n" in start else "\r\n\r\n")[0].splitlines()
    lines = [_HEADER_LINE.fullmatch(line) for line in head]
    if None in lines[:-1] or suffix in _TEXT_KINDS:
        return False
    names = {line[1] for line in lines if line is not None}
    return len(names & _MAIL_HEADERS) >= 2 and (suffix == ".eml" or bool(names & _SURE_MAIL_HEADERS))
