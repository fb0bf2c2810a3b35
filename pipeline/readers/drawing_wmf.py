"""The records of an older metafile (WMF): its words, its pictures, and its shapes.

Source: [MS-WMF] 2.3.
"""

from __future__ import annotations

import struct

from pipeline.readers.drawing_parts import Drawn, Run, packed_bitmap
from pipeline.readers.printable import printable_words

PLACEABLE = b"\xd7\xcd\xc6\x9a"
_PLACEABLE_HEAD, _HEAD = 22, 18
_RECORD = struct.Struct("<IH")
_TEXT_OUT, _EXT_TEXT_OUT, _ESCAPE, _END = 0x0521, 0x0A32, 0x0626, 0
_SHAPE, _SHAPES = 0x0324, 0x0538
_BITMAPS = {0x0F43: 22, 0x0B41: 20, 0x0940: 16, 0x0D33: 18}
"""Records that hold a picture, and where it begins in their parameters."""

_WITH_RECTANGLE, _BY_GLYPHS = 0x6, 0x10
_COMMENT = 15
_ENHANCED = b"WMFC"


def read_wmf(untrusted: bytes) -> Drawn:
    """Read the records of a WMF, as far as they are sound."""
    drawn = Drawn()
    at = _HEAD + (_PLACEABLE_HEAD if untrusted.startswith(PLACEABLE) else 0)
    while at + _RECORD.size <= len(untrusted):
        words, kind = _RECORD.unpack_from(untrusted, at)
        record = untrusted[at + _RECORD.size : at + 2 * words]
        if kind == _END:
            drawn.is_damaged |= bool(untrusted[at + _RECORD.size :].strip(b"\0"))
            return drawn
        if 2 * words < _RECORD.size or at + 2 * words > len(untrusted):
            break
        try:
            _take(kind, record, drawn)
        except struct.error:
            drawn.is_damaged = True
        at += 2 * words
    drawn.is_damaged = True
    return drawn


def _take(kind: int, record: bytes, drawn: Drawn) -> None:
    if kind == _TEXT_OUT:
        (count,) = struct.unpack_from("<H", record)
        y, x = struct.unpack_from("<hh", record, 2 + count + count % 2)
        drawn.runs.append(Run(x, y, None, record[2 : 2 + count].decode("cp1252", "replace")))
    elif kind == _EXT_TEXT_OUT:
        _text(record, drawn)
    elif kind in _BITMAPS:
        if len(record) > _BITMAPS[kind] + 4:
            drawn.pictures.append(packed_bitmap(record[_BITMAPS[kind] :]))
    elif kind == _ESCAPE:
        _comment(record, drawn)
    elif kind in (_SHAPE, _SHAPES):
        drawn.shapes += 1 if kind == _SHAPE else struct.unpack_from("<H", record)[0]


def _text(record: bytes, drawn: Drawn) -> None:
    y, x, count, options = struct.unpack_from("<hhHH", record)
    start = 16 if options & _WITH_RECTANGLE else 8
    end = start + count
    widths = record[end + count % 2 :]
    width = sum(struct.unpack_from(f"<{count}h", widths)) if len(widths) >= 2 * count else None
    if options & _BY_GLYPHS:
        drawn.unread += bool(count)
    elif count:
        drawn.is_damaged |= end > len(record)
        drawn.runs.append(Run(x, y, width, record[start:end].decode("cp1252", "replace")))


def _comment(record: bytes, drawn: Drawn) -> None:
    """Take the words of a comment; the newer form of the same drawing is not read a second time."""
    (what,) = struct.unpack_from("<H", record)
    content = record[4:]
    if what != _COMMENT:
        return
    if content.startswith(_ENHANCED):
        drawn.unread_plus, drawn.is_dual = drawn.unread_plus + 1, True
    elif words := printable_words(content):
        drawn.beside.append(words)
