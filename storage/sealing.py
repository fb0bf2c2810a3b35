"""Sealing: what people wrote is encrypted per entry, and can be destroyed with one key.

Every entry has a random key of its own. It lies in the records wrapped by a master key,
which is kept elsewhere. From the entry key one key is derived for each use, so that nothing
sealed or hashed in one entry can be linked to another.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

KEY_BYTES = 32
NONCE_BYTES = 12
FORMAT = b"\x01"
"""First byte of everything sealed, so that the way of sealing can change one day."""


class SealError(Exception):
    """Something sealed cannot be opened: the key, the place or the bytes are not the right ones."""


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A key, wrapped by the master key that is named."""

    master: str
    sealed: bytes


@dataclass(frozen=True, slots=True)
class MasterKeys:
    """The master keys by their id. New keys are wrapped with the one in use."""

    keys: dict[str, bytes] = field(repr=False)
    in_use: str

    def wrap(self, key: bytes, place: str) -> Wrapped:
        """Wrap a key for one place (such as an entry's id) with the master key in use."""
        return Wrapped(self.in_use, seal(self.keys[self.in_use], key, f"key\n{place}"))

    def unwrap(self, wrapped: Wrapped, place: str) -> bytes:
        """Return a wrapped key.

        Raises:
            SealError: If its master key is not here or it belongs to another place.
        """
        master = self.keys.get(wrapped.master)
        if master is None:
            raise SealError(f"master key {wrapped.master} is not configured")
        return unseal(master, wrapped.sealed, f"key\n{place}")


def new_key() -> bytes:
    """Make a random key."""
    return secrets.token_bytes(KEY_BYTES)


def derive(key: bytes, use: str) -> bytes:
    """Derive the key of one use. Keys of two uses tell nothing of each other."""
    return HKDFExpand(algorithm=SHA256(), length=KEY_BYTES, info=use.encode()).derive(key)


def seal(key: bytes, plain: bytes, place: str) -> bytes:
    """Encrypt bytes for one place. They can be opened only with the same key and place."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return FORMAT + nonce + AESGCM(key).encrypt(nonce, plain, place.encode())


def unseal(key: bytes, sealed: bytes, place: str) -> bytes:
    """Decrypt what was sealed for this place.

    Raises:
        SealError: If the bytes were changed, or belong to another key or place.
    """
    if sealed[:1] != FORMAT:
        raise SealError("not sealed in a known way")
    nonce, rest = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, rest, place.encode())
    except (InvalidTag, ValueError) as error:
        raise SealError("sealed bytes do not belong here or were changed") from error


def fingerprint(key: bytes, value: str) -> str:
    """Return a keyed hash of a value, in hex: comparable only under the same key."""
    return hmac.digest(key, value.encode(), "sha256").hex()


def parse_master_keys(text: str) -> MasterKeys:
    """Read master keys from "id:base64" with commas or line ends between, the one in use last.

    Raises:
        SealError: If there is none, or one is not 32 bytes.
    """
    keys: dict[str, bytes] = {}
    for item in text.replace("\n", ",").split(","):
        if item.strip():
            name, _, encoded = item.strip().partition(":")
            keys[name] = _decode(name, encoded)
    if not keys:
        raise SealError("no master key is configured")
    return MasterKeys(keys, in_use=list(keys)[-1])


def format_master_key(name: str, key: bytes) -> str:
    """Write one master key in the form that is read back."""
    return f"{name}:{base64.b64encode(key).decode()}"


def _decode(name: str, encoded: str) -> bytes:
    try:
        key = base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise SealError(f"master key {name} is not base64") from error
    if len(key) != KEY_BYTES:
        raise SealError(f"master key {name} is not {KEY_BYTES} bytes")
    return key
