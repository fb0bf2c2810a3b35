"""The records of an enhanced metafile (EMF): its words, its pictures, and what nobody can read of it.

Sources: [MS-EMF] 2.3.4 (header), 2.3.1 (pictures), 2.3.5 (words), [MS-EMFPLUS] 2.3.3.3, 2.3.4.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
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
_PLUS_HEAD = struct.Struct("<HHII")
_PLUS_HEADER, _PLUS_PATH, _PLUS_IMAGE = 0x4001, 3, 5
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
            drawn.is_damaged |= bool(untrusted[at:].strip(b"\0"))
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
    left = len(record)
    for at in range(40, min(40 + 40 * count, len(record) - 39), 40):
        left -= _text(record, at, drawn, is_wide=is_wide)
        if left < 0:  # texts that share their letters would make many of few
            break
    drawn.is_damaged |= left < 0 or 40 + 40 * count > len(record)


def _text(record: bytes, at: int, drawn: Drawn, *, is_wide: bool) -> int:
    """Take the words of a text object: where it stands, how many letters, where they are.

    Returns:
        How many letters it tells of.
    """
    x, y, count, start, options = struct.unpack_from("<iiIII", record, at)
    (widths_at,) = struct.unpack_from("<I", record, at + 36)
    if options & _BY_GLYPHS:
        drawn.unread += bool(count)
    elif count:
        text = _letters(record, start, count, drawn, is_wide=is_wide)
        drawn.runs.append(Run(x, y, _width(record, widths_at, count), text))
    return int(count)


def _letters(record: bytes, start: int, count: int, drawn: Drawn, *, is_wide: bool) -> str:
    """Return the letters that stand at an offset; they break off where the record does."""
    end = start + count * (1 + is_wide)
    drawn.is_damaged |= end > len(record)
    return record[start:end].decode("utf-16-le" if is_wide else "cp1252", "replace")


def _width(record: bytes, at: int, count: int) -> int | None:
    if not at or at + 4 * count > len(record):
        return None
    widths: tuple[int, ...] = struct.unpack_from(f"<{count}i", record, at)
    return sum(widths)


def _small_text(record: bytes, drawn: Drawn) -> None:
    x, y, count, options = struct.unpack_from("<iiII", record, 8)
    start = 36 if options & _NO_RECTANGLE else 52
    is_wide = not options & _SMALL_LETTERS
    if options & _BY_GLYPHS:
        drawn.unread += 1
    else:
        drawn.runs.append(Run(x, y, None, _letters(record, start, count, drawn, is_wide=is_wide)))


def _picture(record: bytes, at: int, drawn: Drawn) -> None:
    head_at, head_size, dots_at, dots_size = struct.unpack_from("<4I", record, at)
    if head_size and dots_size:
        head, dots = record[head_at : head_at + head_size], record[dots_at : dots_at + dots_size]
        drawn.pictures.append(bitmap(head, dots))


def _comment(record: bytes, drawn: Drawn) -> None:
    (size,) = struct.unpack_from("<I", record, 8)
    content = record[12 : 12 + size]
    drawn.is_damaged |= len(content) < size
    if content.startswith(_PLUS):
        _take_plus_records(content[len(_PLUS) :], drawn)
    elif words := printable_words(content.removeprefix(_PUBLIC)):
        drawn.beside.append(words)


def _take_plus_records(content: bytes, drawn: Drawn) -> None:
    at = 0
    while at + _PLUS_HEAD.size <= len(content):
        kind, flags, size, data_size = _PLUS_HEAD.unpack_from(content, at)
        inner = content[at + _PLUS_HEAD.size : at + _PLUS_HEAD.size + data_size]
        if size < _PLUS_HEAD.size or len(inner) < data_size:
            break
        _take_plus(kind, flags, inner, drawn)
        at += size
    drawn.is_damaged |= at < len(content.rstrip(b"\0"))


def _take_plus(kind: int, flags: int, inner: bytes, drawn: Drawn) -> None:
    """Take what the newer kind of record says; many files say all of it twice."""
    if kind == _PLUS_STRING:
        _plus_words(inner, 8, 28, drawn)
    elif kind == _PLUS_GLYPHS:
        (options,) = struct.unpack_from("<I", inner, 4)
        if options & 1:
            _plus_words(inner, 12, 16, drawn)
        else:
            drawn.unread_plus += 1
    elif kind == _PLUS_HEADER:
        drawn.is_dual = bool(flags & 1)
    elif kind == _PLUS_OBJECT:
        _take_plus_object((flags >> 8) & 0x7F, inner, drawn)


def _plus_words(inner: bytes, count_at: int, start: int, drawn: Drawn) -> None:
    (count,) = struct.unpack_from("<I", inner, count_at)
    drawn.beside.append(_letters(inner, start, count, drawn, is_wide=True))


def _take_plus_object(kind: int, inner: bytes, drawn: Drawn) -> None:
    if kind == _PLUS_IMAGE:
        drawn.unread_plus += 1
    elif kind == _PLUS_PATH and not drawn.is_dual:
        (points,) = struct.unpack_from("<I", inner, 4)
        drawn.shapes += 1 + points // POINTS_A_SHAPE


_TAKERS: dict[int, Callable[[bytes, Drawn], None]] = {
    83: partial(_one_text, is_wide=False),
    84: partial(_one_text, is_wide=True),
    96: partial(_texts, is_wide=False),
    97: partial(_texts, is_wide=True),
    108: _small_text,
    70: _comment,
}
"""What takes up a record, by its kind."""
