"""A vault: what is sealed with one entry's key, in columns of its row and in objects."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from typing import TypeVar

from models.serialize import from_json, to_json
from storage.objects import ObjectStore
from storage.schema import EntryRow
from storage.sealing import MasterKeys, Wrapped, derive, fingerprint, new_key, seal, unseal

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Vault:
    """Seals and opens for one entry. The place of each sealed thing is bound to it."""

    entry: str
    sealing: bytes = field(repr=False)
    hashing: bytes = field(repr=False)

    def seal(self, place: str, value: object) -> bytes:
        """Seal a value of the project's types, or bytes, for a place such as "answers/3"."""
        return seal(self.sealing, _to_bytes(value), f"{self.entry}\n{place}")

    def open_bytes(self, place: str, sealed: bytes) -> bytes:
        """Open sealed bytes.

        Raises:
            SealError: If they were changed or sealed for another place or entry.
        """
        return unseal(self.sealing, sealed, f"{self.entry}\n{place}")

    def open(self, place: str, kind: type[T], sealed: bytes) -> T:
        """Open a sealed value of a project type."""
        return from_json(kind, json.loads(self.open_bytes(place, sealed)))

    def put(self, objects: ObjectStore, place: str, value: object) -> str:
        """Seal a value into a new object and return the object's name.

        Every object is written once, under a name of its own: a late writer never lands on
        what another wrote.
        """
        name = f"{self.entry}/{place}/{secrets.token_hex(8)}"
        objects.put(name, seal(self.sealing, _to_bytes(value), name))
        return name

    def get_bytes(self, objects: ObjectStore, name: str) -> bytes:
        """Open a sealed object as bytes."""
        return unseal(self.sealing, objects.get(name), name)

    def get(self, objects: ObjectStore, name: str, kind: type[T]) -> T:
        """Open a sealed object as a value of a project type."""
        return from_json(kind, json.loads(self.get_bytes(objects, name)))

    def fingerprint(self, value: str) -> str:
        """Return a keyed hash that can be compared within this entry only."""
        return fingerprint(self.hashing, value)


def new_vault(masters: MasterKeys, entry: str) -> tuple[Vault, Wrapped]:
    """Make the key of a new entry: open, and wrapped to be kept."""
    key = new_key()
    return _vault(entry, key), masters.wrap(key, entry)


def open_vault(masters: MasterKeys, row: EntryRow) -> Vault:
    """Open an entry's vault with its wrapped key."""
    return _vault(row.id, masters.unwrap(Wrapped(row.key_master, row.key_sealed), row.id))


def _vault(entry: str, key: bytes) -> Vault:
    return Vault(entry, sealing=derive(key, "sealing"), hashing=derive(key, "hashing"))


def _to_bytes(value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    return json.dumps(to_json(value), ensure_ascii=False, separators=(",", ":")).encode()
