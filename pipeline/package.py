"""Packages (ZIP files, as DOCX is one): checked as a whole before anything is unpacked."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass, field

from models.errors import DocumentError
from pipeline.limits import MIB, Limits
from pipeline.refusals import Refusal

_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_ENCRYPTED = 0x1
_HAS_DESCRIPTOR = 0x8
_PLAIN_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


class DamagedPartError(Exception):
    """One entry of a package cannot be unpacked although the package itself is sound."""


@dataclass(frozen=True)
class Package:
    """A package whose directory was checked: no bomb, no duplicate, no overlap, no trick.

    Attributes:
        names: Its entries in the order of its directory, folders left out.
        comments: What is said of the package or of single entries; no part of any.
        has_loose_bytes: Whether there are bytes that belong to no entry.
    """

    names: tuple[str, ...]
    comments: tuple[str, ...]
    has_loose_bytes: bool
    _archive: zipfile.ZipFile = field(repr=False)
    _limits: Limits = field(repr=False)

    def read(self, name: str) -> bytes:
        """Unpack one entry, counting bytes while they come.

        Raises:
            DamagedPartError: If it cannot be unpacked or its checksum is wrong.
            DocumentError: If it unpacks to more than its directory says.
        """
        info = self._archive.getinfo(name)
        try:
            with self._archive.open(info) as entry:
                content = entry.read(info.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise DamagedPartError from error
        if len(content) > min(info.file_size, self._limits.zip_entry_bytes):
            raise Refusal.UNPACKS_TOO_LARGE.error()
        return content


def open_package(untrusted: bytes, limits: Limits) -> Package:
    """Open a package after checking its whole directory.

    Raises:
        DocumentError: If it is damaged, encrypted, unpacks to too much, or has
            duplicate, overlapping or outward-pointing entries.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(untrusted))
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError) as error:
        raise Refusal.DAMAGED.error() from error
    infos = archive.infolist()
    problem = _size_problem(infos, limits) or _entry_problem(infos)
    if problem is not None:
        raise problem
    has_loose_bytes = _check_extents(untrusted, infos, archive.start_dir)
    names = tuple(i.filename for i in infos if not i.is_dir())
    comments = tuple(
        c.decode("utf-8", "replace") for c in (archive.comment, *(i.comment for i in infos)) if c
    )
    return Package(names, comments, has_loose_bytes, archive, limits)


def _size_problem(infos: list[zipfile.ZipInfo], limits: Limits) -> DocumentError | None:
    is_bomb = (
        len(infos) > limits.zip_entries
        or sum(i.file_size for i in infos) > limits.zip_total_bytes
        or any(i.file_size > limits.zip_entry_bytes for i in infos)
        or any(i.file_size > MIB and i.file_size > limits.zip_ratio * i.compress_size for i in infos)
    )
    return Refusal.UNPACKS_TOO_LARGE.error() if is_bomb else None


def _entry_problem(infos: list[zipfile.ZipInfo]) -> DocumentError | None:
    if any(i.flag_bits & _ENCRYPTED for i in infos):
        return Refusal.NEEDS_PASSWORD.error()
    names = [i.filename for i in infos]
    is_tricky = (
        len({n.casefold() for n in names}) < len(names)
        or any(_points_outside(n) for n in names)
        or any(i.compress_type not in _PLAIN_METHODS for i in infos)
    )
    return Refusal.UNSAFE_PACKAGE.error() if is_tricky else None


def _points_outside(name: str) -> bool:
    plain = name.replace("\\", "/")
    return plain.startswith("/") or ".." in plain.split("/") or ":" in plain.split("/")[0]


def _check_extents(untrusted: bytes, infos: list[zipfile.ZipInfo], directory_at: int) -> bool:
    """Refuse entries that share bytes: a quoted-overlap bomb, or two readers seeing two files.

    Python's own zipfile has this check only from 3.11.8 on.

    Returns:
        Whether there are bytes between the entries, or behind the package.
    """
    end, is_loose = 0, False
    for info in sorted(infos, key=lambda i: i.header_offset):
        if info.header_offset < end:
            raise Refusal.UNSAFE_PACKAGE.error()
        is_loose = is_loose or info.header_offset > end
        end = _end_of(untrusted, info)
    if end > directory_at:
        raise Refusal.UNSAFE_PACKAGE.error()
    return is_loose or directory_at > end or not _ends_with_directory(untrusted)


def _end_of(untrusted: bytes, info: zipfile.ZipInfo) -> int:
    header = untrusted[info.header_offset : info.header_offset + _LOCAL_HEADER.size]
    if len(header) < _LOCAL_HEADER.size or header[:4] != b"PK\x03\x04":
        raise Refusal.DAMAGED.error()
    lengths: tuple[int, int] = _LOCAL_HEADER.unpack(header)[-2:]
    end = info.header_offset + _LOCAL_HEADER.size + sum(lengths) + info.compress_size
    return end + (_descriptor_size(untrusted, end) if info.flag_bits & _HAS_DESCRIPTOR else 0)


def _descriptor_size(untrusted: bytes, at: int) -> int:
    """Return the size of the data descriptor behind an entry; it has four shapes."""
    signed = 4 if untrusted[at : at + 4] == b"PK\x07\x08" else 0
    following = (at + signed + size for size in (12, 20))
    return next((end - at for end in following if untrusted[end : end + 2] == b"PK"), 0)


def _ends_with_directory(untrusted: bytes) -> bool:
    at = untrusted.rfind(b"PK\x05\x06")
    comment_length = int.from_bytes(untrusted[at + 20 : at + 22], "little")
    return not untrusted[at + 22 + comment_length :].strip(b"\0 \t\r\n")
