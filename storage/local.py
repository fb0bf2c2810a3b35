"""Objects in a local folder: each a file that is there whole or not at all."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

from storage.objects import NoSuchObjectError, ObjectsUnavailableError

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_HALF_WRITTEN = ".part-"


class LocalObjects:
    """An object store in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def put(self, name: str, content: bytes) -> None:
        """Keep bytes under a name. On return they survive a power cut."""
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = path.with_name(_HALF_WRITTEN + secrets.token_hex(8))
        try:
            with part.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise ObjectsUnavailableError("the folder of objects cannot be written") from error
        _sync_folder(path.parent)

    def get(self, name: str) -> bytes:
        """Return the bytes of an object."""
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError as error:
            raise NoSuchObjectError(name) from error

    def delete(self, name: str) -> None:
        """Remove an object. Its folder stays: a neighbour may be writing into it."""
        self._path(name).unlink(missing_ok=True)

    def names(self, prefix: str) -> Iterator[str]:
        """List the names that begin with a prefix, in order."""
        start = self._folder / prefix.rpartition("/")[0]
        found = (p.relative_to(self._folder).as_posix() for p in start.rglob("*") if _is_object(p))
        yield from sorted(name for name in found if name.startswith(prefix))

    def check(self) -> None:
        """Tell whether the folder can be written."""
        if not os.access(self._folder, os.W_OK):
            raise ObjectsUnavailableError("the folder of objects cannot be written")

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError("not the name of an object")
        return self._folder / name


def _is_object(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(_HALF_WRITTEN)


def _sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
