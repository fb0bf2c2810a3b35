"""Packed drawings (EMZ, WMZ): one vector drawing in gzip, unpacked under the limits of packages.

Source: RFC 1952, 2.3 (the header of a member and what it may carry).
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from pipeline.limits import MIB, Limits
from pipeline.refusals import Refusal

GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 31
_HEAD, _ENOUGH = 4096, 64
_FLAGS, _FIXED = 3, 10
_HAS_EXTRA, _HAS_NAME, _HAS_COMMENT = 4, 8, 16


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What a packed drawing held.

    Attributes:
        named: The name of the file and the remark that its header may carry.
        is_whole: Whether there was one drawing, which ended where the file does.
    """

    content: bytes
    named: str
    is_whole: bool


def packed_head(untrusted: bytes) -> bytes:
    """Return the first bytes of what is packed, to tell its kind by; nothing where that is damaged."""
    try:
        return zlib.decompressobj(_GZIP_WINDOW).decompress(untrusted[:_HEAD], _ENOUGH)
    except zlib.error:
        return b""


def unpack_drawing(untrusted: bytes, limits: Limits) -> Unpacked:
    """Unpack a drawing, and no more of it than a part of a package may hold.

    Raises:
        DocumentError: It unpacks to too much, or not at all.
    """
    most = min(limits.zip_entry_bytes, max(MIB, limits.zip_ratio * len(untrusted)))
    unpacker = zlib.decompressobj(_GZIP_WINDOW)
    try:
        content = unpacker.decompress(untrusted, most + 1)
    except zlib.error as error:
        raise Refusal.DAMAGED.error() from error
    if len(content) > most:
        raise Refusal.UNPACKS_TOO_LARGE.error()
    is_whole = unpacker.eof and not unpacker.unused_data.strip(b"\0")
    return Unpacked(content, "\n".join(_names(untrusted)), is_whole)


def _names(untrusted: bytes) -> list[str]:
    """Return the name and the remark in the header, each ended by a zero byte."""
    flags, at = untrusted[_FLAGS], _FIXED
    if flags & _HAS_EXTRA:
        at += 2 + int.from_bytes(untrusted[at : at + 2], "little")
    count = bool(flags & _HAS_NAME) + bool(flags & _HAS_COMMENT)
    return [name.decode("latin-1") for name in untrusted[at:].split(b"\0", count)[:count] if name]
