"""Embedded objects of older kinds: the file that was put into a document, and its old name and path."""

from __future__ import annotations

import re
import struct

from models.document import Found, Place, SegmentKind
from models.ledger import LedgerLine, LedgerState, ObjectKind
from models.upload import Received
from pipeline.compound import MalformedCompoundError, streams
from pipeline.limits import Limits
from pipeline.refusals import Refusal

_NATIVE = "\x01Ole10Native"
_FILES = frozenset({"Package", "CONTENTS", "EmbeddedOdf"})
_NO_WORDS = re.compile(r"\x01(Ole|CompObj|Ole10ItemName)|\x03(ObjInfo|PIC|PRINT|EPRINT)|\x02OlePres\d+")
_STRING = re.compile(rb"([^\0]*)\0")


def read_ole(received: Received, limits: Limits) -> tuple[list[Found], list[LedgerLine]]:  # noqa: ARG001
    """Read an embedded object: hand on the file inside it, tell the names it had.

    Raises:
        DocumentError: If its tables are not sound.
    """
    found: list[Found] = []
    lines: list[LedgerLine] = []
    try:
        for name, content in streams(received.untrusted_bytes):
            if name == _NATIVE:
                found += _native(content)
            elif name in _FILES:
                found.append(_file("", content))
            elif not _NO_WORDS.fullmatch(name):
                lines.append(_unread())
    except MalformedCompoundError as error:
        raise Refusal.DAMAGED.error() from error
    names = sum(item.untrusted_file is None for item in found)
    if names:
        lines.append(LedgerLine(SegmentKind.ATTACHMENT, "names of the file inside", names, LedgerState.READ))
    return found, lines


def _native(content: bytes) -> list[Found]:
    """Take a packed file apart: its label, the path it came from, the path it went to, itself."""
    names: list[str] = []
    at = 6
    for skipped in (0, 0, 8):
        string = _STRING.match(content, at + skipped)
        if string is None:
            return [_file("", content[4:])]
        names.append(string[1].decode("cp1252", "replace"))
        at = string.end()
    (size,) = struct.unpack_from("<I", content.ljust(at + 4, b"\0"), at)
    places = [Found(SegmentKind.ATTACHMENT, Place("name of the file inside"), n) for n in names[1:] if n]
    return [*places, _file(names[0], content[at + 4 : at + 4 + size])]


def _file(name: str, content: bytes) -> Found:
    return Found(SegmentKind.ATTACHMENT, Place("file inside"), name, untrusted_file=content)


def _unread() -> LedgerLine:
    reason = "only the program that made it can read it"
    return LedgerLine(ObjectKind.EMBEDDED_FILE, "object of a program", 1, LedgerState.NOT_READ, reason)
