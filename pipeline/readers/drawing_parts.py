"""What a vector drawing is made of: runs of words with their places, pictures, shapes."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

_JPEG, _PNG, _BIT_FIELDS = 4, 5, 3
_FILE_HEAD = 14
_CORE_HEAD, _PLAIN_HEAD, _MASKS = 12, 40, 12
_WITH_TABLE = 8  # bits of a dot, up to which its colour is looked up


@dataclass(frozen=True, slots=True)
class Run:
    """Words drawn at one place.

    Attributes:
        width: How wide they are; None where the drawing does not say.
    """

    x: float
    y: float
    width: int | None
    text: str


@dataclass
class Drawn:
    """What the records of a drawing held.

    Attributes:
        named: The names of its program and of itself.
        beside: Words in comments and in records of a newer kind, which mostly repeat the others.
        pictures: Pictures drawn in it, each a file of its own.
        shapes: Curves and filled shapes, which may be letters.
        unread: Words that are given by the shapes of their letters only.
        unread_plus: The same, and pictures, in records of the newer kind.
        is_dual: Whether those say again what the other records say in full.
        is_damaged: Whether its records break off, or point to what is not there.
    """

    named: str = ""
    runs: list[Run] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)
    shapes: int = 0
    unread: int = 0
    unread_plus: int = 0
    is_dual: bool = False
    is_damaged: bool = False

    def text(self) -> str:
        """Return the words in the order in which they were drawn, line by line."""
        return "".join(_joined(self.runs))


def _joined(runs: list[Run]) -> Iterator[str]:
    """Join runs: letters that touch are one word, what stands apart is not."""
    last: Run | None = None
    for run in runs:
        if last is not None:
            yield _between(last, run)
        yield run.text.replace("\0", "")
        last = run


def _between(last: Run, run: Run) -> str:
    if last.y != run.y:
        return "\n"
    if last.width is None:
        return " "
    letter = last.width / max(len(last.text), 1)
    return "" if abs(run.x - last.x - last.width) < letter / 4 else " "


def bitmap(head: bytes, dots: bytes) -> bytes:
    """Make a file of a picture's head (with its colours) and its dots."""
    kind = int.from_bytes(head[16:20], "little") if len(head) > _CORE_HEAD + 8 else 0
    if kind in (_JPEG, _PNG):
        return dots
    size = _FILE_HEAD + len(head)
    return struct.pack("<2sIHHI", b"BM", size + len(dots), 0, 0, size) + head + dots


def packed_bitmap(packed: bytes) -> bytes:
    """Make a file of a picture whose head, colours and dots follow one another."""
    (size,) = struct.unpack_from("<I", packed)
    at = size + _colours(packed, size)
    return bitmap(packed[:at], packed[at:])


def _colours(packed: bytes, size: int) -> int:
    """Return how many bytes a picture's table of colours takes."""
    if size <= _CORE_HEAD:
        (depth,) = struct.unpack_from("<H", packed, 10)
        return 3 << depth if depth <= _WITH_TABLE else 0
    depth, kind = struct.unpack_from("<HI", packed, 14)
    (used,) = struct.unpack_from("<I", packed, 32)
    if kind == _BIT_FIELDS and size == _PLAIN_HEAD:
        return _MASKS
    return 4 * (min(used, 256) or (1 << depth if depth <= _WITH_TABLE else 0))
