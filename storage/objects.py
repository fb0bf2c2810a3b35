"""Objects: where sealed bytes are kept, behind one small protocol."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol


class NoSuchObjectError(Exception):
    """There is no object of this name."""


class ObjectsUnavailableError(Exception):
    """The object store gave no answer within its bounds. Worth trying again later."""


class ObjectStore(Protocol):
    """Keeps bytes by name. Names are ASCII, with slashes between their parts."""

    def put(self, name: str, content: bytes) -> None:
        """Keep bytes under a name, whole or not at all; what was there is replaced."""

    def get(self, name: str) -> bytes:
        """Return the bytes of an object.

        Raises:
            NoSuchObjectError: If there is none.
        """

    def delete(self, name: str) -> None:
        """Remove an object. Nothing happens where there is none."""

    def names(self, prefix: str) -> Iterator[str]:
        """List the names that begin with a prefix, in order."""

    def check(self) -> None:
        """Tell whether the store can be used now.

        Raises:
            ObjectsUnavailableError: If it cannot.
        """
