"""Calendar entries and visiting cards (iCalendar, vCard): their lines, unfolded, decoded, one a line.

Sources: RFC 5545, 3.1 and 3.3.11; RFC 6350, 3.2; vCard 2.1 for quoted-printable.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterable, Iterator

from models.document import Found, Place, SegmentKind
from models.ledger import LedgerLine, LedgerState
from models.upload import Received
from pipeline.limits import Limits
from pipeline.readers.text import tell_encoding

STARTS = ("begin:vcalendar", "begin:vcard")

_FOLD = re.compile(r"\r?\n[ \t]")
_QUOTED = re.compile(r";(?:encoding=)?quoted-printable\b", re.IGNORECASE)
_PACKED = re.compile(r";encoding=(?:b|base64)\b", re.IGNORECASE)
_PACKED_ADDRESS = re.compile(r"data:[\w.+-]+/[\w.+-]+(?:;[\w=-]+)*;base64,(.*)", re.IGNORECASE | re.DOTALL)
_CHARSET = re.compile(r";charset=([\w-]+)", re.IGNORECASE)
_VALUE = re.compile(r"""((?:[^":]|"[^"]*")*):(.*)""", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def read_card(received: Received, limits: Limits) -> tuple[list[Found], list[LedgerLine]]:  # noqa: ARG001
    """Read the lines as they are meant; a picture or file packed into one is to be read in turn."""
    text = received.untrusted_bytes.decode(tell_encoding(received.untrusted_bytes))
    lines: list[str] = []
    files: list[Found] = []
    for name, value, packed in _lines(text):
        if packed is None:
            lines.append(f"{name}:{value}" if value else name)
            continue
        place = Place(f"file {len(files) + 1} in it")
        files.append(Found(SegmentKind.ATTACHMENT, place, "", untrusted_file=packed))
        lines.append(name)
    found = Found(SegmentKind.TEXT, Place("the text"), "\n".join(lines), body=True)
    return [found, *files], [LedgerLine(SegmentKind.TEXT, "the text", 1, LedgerState.READ)]


def _lines(text: str) -> Iterator[tuple[str, str, bytes | None]]:
    """Yield each line's name with what qualifies it, its value, and the file packed into it."""
    for line in _whole(_FOLD.sub("", text).splitlines()):
        match = _VALUE.fullmatch(line)
        if match is None:
            yield line, "", None
            continue
        name, value = match[1], match[2]
        packed = value if _PACKED.search(name) else (m[1] if (m := _PACKED_ADDRESS.match(value)) else None)
        if packed is not None:
            yield name, "", _unpacked(packed)
        else:
            yield name, _said(name, value), None


def _whole(lines: Iterable[str]) -> Iterator[str]:
    """Join the lines of a quoted-printable value, which breaks in a way of its own."""
    begun = ""
    for line in lines:
        begun += line
        if begun.endswith("=") and _QUOTED.search(begun.partition(":")[0]):
            begun = begun[:-1]
            continue
        yield begun
        begun = ""
    if begun:
        yield begun


def _said(name: str, value: str) -> str:
    if _QUOTED.search(name):
        charset = _CHARSET.search(name)
        raw = quopri.decodestring(value.encode("utf-8", "replace"))
        try:
            value = raw.decode(charset[1] if charset else "utf-8")
        except (LookupError, ValueError):
            value = raw.decode("cp1252", "replace")
    return _ESCAPED.sub(lambda m: " " if m[1] in "nN" else m[1], value)


def _unpacked(packed: str) -> bytes:
    """Return the bytes of a file; what is no base64 as it stands, so that it is not lost."""
    try:
        return binascii.a2b_base64(packed)
    except binascii.Error:
        return packed.encode()
