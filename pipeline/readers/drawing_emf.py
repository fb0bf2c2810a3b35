"""The records of an enhanced metafile (EMF): its words, its pictures, and what nobody can read of it.

Sources: [MS-EMF] 2.3.4 (header), 2.3.1 (pictures), 2.3.5 (words), [MS-EMFPLUS] 2.3.4.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from functools import partial

from pipeline.readers.drawing_parts import Drawn, Run, bitmap
from pipeline.readers.printable import printable_words

_RECORD = struct.Struct("<II")
_SHAPES = frozenset({2, 3, 5, 56, 85, 86, 88, 92})  # curves and filled shapes, one a record
_MANY_SHAPES = frozenset({8, 91})
_BITMAPS = {76: 84, 77: 84, 78: 84, 79: 96, 80: 48, 81: 48, 114: 84, 116: 84}
"""Records that hold a picture, and where in them stand the offsets of its head and its dots."""

_BY_GLYPHS, _NO_RECTANGLE, _SMALL_LETTERS = 0x10, 0x100, 0x200
_PLUS, _PLUS_STRING, _PLUS_GLYPHS, _PLUS_OBJECT = b"EMF+", 0x401C, 0x4036, 0x4008
_PLUS_IMAGE = 5
_PUBLIC = b"GDIC"
_HEAD = 100
_LAST = 14

POINTS_A_SHAPE = 12
"""Points of a long curve that may be one letter."""


def read_emf(untrusted: bytes) -> Drawn:
    """Read the records of an EMF, as far as they are sound."""
    drawn = Drawn()
    drawn.named = _description(untrusted)
    at = 0
    while at + _RECORD.size <= len(untrusted):
        kind, size = _RECORD.unpack_from(untrusted, at)
        record = untrusted[at : at + size]
        if size < _RECORD.size or len(record) < size:
            break
        _take(kind, record, drawn)
        at += size
        if kind == _LAST:
            return drawn
    drawn.is_damaged = True
    return drawn


def _description(untrusted: bytes) -> str:
    """Return the names of program and picture that the header holds."""
    if len(untrusted) < _HEAD:
        return ""
    count, start = struct.unpack_from("<II", untrusted, 60)
    words = untrusted[start : start + 2 * count].decode("utf-16-le", "replace") if start else ""
    return "\n".join(part for part in words.split("\0") if part)


def _take(kind: int, record: bytes, drawn: Drawn) -> None:
    try:
        if kind in _TAKERS:
            _TAKERS[kind](record, drawn)
        elif kind in _BITMAPS:
            _picture(record, _BITMAPS[kind], drawn)
        elif kind in _SHAPES or kind in _MANY_SHAPES:
            drawn.shapes += _shapes(kind, record)
    except struct.error:
        drawn.is_damaged = True


def _shapes(kind: int, record: bytes) -> int:
    """Count shapes: one in so many points, for a curve can be a whole word."""
    count: int = struct.unpack_from("<I", record, 24)[0]
    return count if kind in _MANY_SHAPES else 1 + count // POINTS_A_SHAPE


def _one_text(record: bytes, drawn: Drawn, *, is_wide: bool) -> None:
    _text(record, 36, drawn, is_wide=is_wide)


def _texts(record: bytes, drawn: Drawn, *, is_wide: bool) -> None:
    (count,) = struct.unpack_from("<I", record, 36)
    for at in range(40, min(40 + 40 * count, len(record) - 39), 40):
        _text(record, at, drawn, is_wide=is_wide)


def _text(record: bytes, at: int, drawn: Drawn, *, is_wide: bool) -> None:
    """Take the words of a text object: where it stands, how many letters, where they are."""
    x, y, count, start, options = struct.unpack_from("<iiIII", record, at)
    (widths_at,) = struct.unpack_from("<I", record, at + 36)
    raw = record[start : start + count * (1 + is_wide)]
    if options & _BY_GLYPHS:
        drawn.unread += bool(count)
    elif raw:
        text = raw.decode("utf-16-le" if is_wide else "cp1252", "replace")
        drawn.runs.append(Run(x, y, _width(record, widths_at, count), text))


def _width(record: bytes, at: int, count: int) -> int | None:
    if not at or at + 4 * count > len(record):
        return None
    widths: tuple[int, ...] = struct.unpack_from(f"<{count}i", record, at)
    return sum(widths)


def _small_text(record: bytes, drawn: Drawn) -> None:
    x, y, count, options = struct.unpack_from("<iiII", record, 8)
    start = 36 if options & _NO_RECTANGLE else 52
    is_wide = not options & _SMALL_LETTERS
    raw = record[start : start + count * (1 + is_wide)]
    if options & _BY_GLYPHS:
        drawn.unread += 1
    else:
        drawn.runs.append(Run(x, y, None, raw.decode("utf-16-le" if is_wide else "cp1252", "replace")))


def _picture(record: bytes, at: int, drawn: Drawn) -> None:
    head_at, head_size, dots_at, dots_size = struct.unpack_from("<4I", record, at)
    if head_size and dots_size:
        head, dots = record[head_at : head_at + head_size], record[dots_at : dots_at + dots_size]
        drawn.pictures.append(bitmap(head, dots))


def _comment(record: bytes, drawn: Drawn) -> None:
    (size,) = struct.unpack_from("<I", record, 8)
    content = record[12 : 12 + size]
    if content.startswith(_PLUS):
        for kind, flags, inner in _plus_records(content[len(_PLUS) :]):
            _take_plus(kind, flags, inner, drawn)
    elif words := printable_words(content.removeprefix(_PUBLIC)):
        drawn.beside.append(words)


def _plus_records(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while at + 12 <= len(content):
        kind, flags, size, data_size = struct.unpack_from("<HHII", content, at)
        if size < 12:
            return
        yield kind, flags, content[at + 12 : at + 12 + data_size]
        at += size


def _take_plus(kind: int, flags: int, inner: bytes, drawn: Drawn) -> None:
    """Take what the newer kind of record says; many files say all of it twice."""
    if kind == _PLUS_STRING:
        (count,) = struct.unpack_from("<I", inner, 8)
        drawn.beside.append(inner[28 : 28 + 2 * count].decode("utf-16-le", "replace"))
    elif kind == _PLUS_GLYPHS:
        options, count = struct.unpack_from("<I4xI", inner, 4)
        if options & 1:
            drawn.beside.append(inner[16 : 16 + 2 * count].decode("utf-16-le", "replace"))
        else:
            drawn.unread_plus += 1
    elif kind == _PLUS_OBJECT and (flags >> 8) & 0x7F == _PLUS_IMAGE:
        drawn.unread_plus += 1


_TAKERS: dict[int, Callable[[bytes, Drawn], None]] = {
    83: partial(_one_text, is_wide=False),
    84: partial(_one_text, is_wide=True),
    96: partial(_texts, is_wide=False),
    97: partial(_texts, is_wide=True),
    108: _small_text,
    70: _comment,
}
"""What takes up a record, by its kind."""
