"""Compound files (OLE): a small file system in one file, as older Office programs wrote it."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_HEADER = struct.Struct("<30xHH10xII4xII4xI4xI")  # the fields that are used, up to byte 72
_FIRST_TABLE_SECTORS = 76
_TABLE_SECTORS_IN_HEADER = 109
_ENTRY = 128
_STREAM, _ROOT = 2, 5
_LAST_SECTOR = 0xFFFFFFFA


_Sector = Callable[[int], bytes]


class MalformedCompoundError(Exception):
    """The file's tables lead nowhere, or in a circle."""


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


def streams(untrusted: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the streams of a compound file by name, whatever folder they lie in.

    Raises:
        MalformedCompoundError: If its tables are not sound.
    """
    try:
        yield from _Compound(untrusted).streams()
    except (struct.error, IndexError) as error:
        raise MalformedCompoundError from error


class _Compound:
    def __init__(self, untrusted: bytes) -> None:
        shift, self._small_shift, _, directory, self._cutoff, small_table, more_tables, _ = (
            _HEADER.unpack_from(untrusted)
        )
        if shift not in (9, 12) or self._small_shift != 6:
            raise MalformedCompoundError
        self._bytes = untrusted
        self._size = 1 << shift
        self._table = self._numbers(self._table_sectors(more_tables))
        self._entries = list(self._directory(directory))
        self._small_table = self._numbers(list(self._chain(small_table, self._table)))
        root = next((e for e in self._entries if e.kind == _ROOT), None)
        self._small = b"" if root is None else self._read(root.start, self._table, self._sector)

    def streams(self) -> Iterator[tuple[str, bytes]]:
        for entry in self._entries:
            if entry.kind != _STREAM:
                continue
            if entry.size < self._cutoff:
                content = self._read(entry.start, self._small_table, self._small_sector)
            else:
                content = self._read(entry.start, self._table, self._sector)
            yield entry.name, content[: entry.size]

    def _table_sectors(self, more_tables: int) -> list[int]:
        in_header = struct.unpack_from(f"<{_TABLE_SECTORS_IN_HEADER}I", self._bytes, _FIRST_TABLE_SECTORS)
        sectors = list(in_header)
        for _ in range(len(self._bytes) // self._size):
            if more_tables >= _LAST_SECTOR:
                break
            *listed, more_tables = struct.unpack(f"<{self._size // 4}I", self._sector(more_tables))
            sectors += listed
        return [s for s in sectors if s < _LAST_SECTOR]

    def _numbers(self, sectors: list[int]) -> list[int]:
        content = b"".join(self._sector(s) for s in sectors)
        return list(struct.unpack(f"<{len(content) // 4}I", content))

    def _directory(self, start: int) -> Iterator[_Entry]:
        content = self._read(start, self._table, self._sector)
        for at in range(0, len(content) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", content, at + 64)
            first, size = struct.unpack_from("<IQ", content, at + 116)
            name = content[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            yield _Entry(name, kind, first, size & 0xFFFFFFFF if self._size == 512 else size)

    def _read(self, start: int, table: list[int], sector: _Sector) -> bytes:
        return b"".join(sector(number) for number in self._chain(start, table))

    def _chain(self, start: int, table: list[int]) -> Iterator[int]:
        number = start
        for _ in range(len(table) + 1):
            if number >= _LAST_SECTOR:
                return
            yield number
            number = table[number]
        raise MalformedCompoundError

    def _sector(self, number: int) -> bytes:
        return self._cut(self._bytes, (number + 1) * self._size, self._size)

    def _small_sector(self, number: int) -> bytes:
        return self._cut(self._small, number << self._small_shift, 1 << self._small_shift)

    def _cut(self, content: bytes, at: int, size: int) -> bytes:
        if at >= len(content):
            raise MalformedCompoundError
        return content[at : at + size].ljust(size, b"\0")
