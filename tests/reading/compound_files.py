"""Build compound files (OLE) with one stream, for tests."""

from __future__ import annotations

import struct

_END, _TABLE, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_SECTOR = 512


def compound(stream: str, content: bytes, *, is_circular: bool = False) -> bytes:
    """Build a compound file; its one stream is padded to the size from which sectors are its own."""
    content = content.ljust(4096, b"\0")
    count = -(-len(content) // _SECTOR)
    chain = [*range(3, count + 2), 2 if is_circular else _END]
    table = [_TABLE, _END, *chain, *[_FREE] * (_SECTOR // 4 - count - 2)]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<5H6x", 62, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    directory = _entry("Root Entry", 5, _END, 0) + _entry(stream, 2, 2, len(content))
    sectors = struct.pack(f"<{len(table)}I", *table) + directory.ljust(_SECTOR, b"\0")
    return header + sectors + content.ljust(count * _SECTOR, b"\0")


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    return encoded.ljust(64, b"\0") + struct.pack("<HB49xIQ", len(encoded), kind, start, size)


def native(label: str, source: str, content: bytes) -> bytes:
    """Pack a file as programs do that put it into a document."""
    names = f"{label}\0{source}\0".encode("cp1252")
    target = f"C:\\Temp\\{label}\0".encode("cp1252")
    return bytes(6) + names + bytes(8) + target + struct.pack("<I", len(content)) + content
