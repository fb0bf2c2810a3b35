"""Packed things in rich text: embedded files and custom XML."""

from __future__ import annotations

import re

_MAGICS = (b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")
_TEXT_NODE = re.compile(r">([^<>]*[^\W\d_]{2}[^<>]*)<")


def native_file(packed: bytes) -> bytes:
    """Return the file inside an embedded object, behind whatever header its program put there."""
    starts = [at for magic in _MAGICS if (at := packed.find(magic)) >= 0]
    return packed[min(starts) :] if starts else packed


def words_of_packed_xml(packed: bytes) -> str:
    """Return the words between the tags of XML that is packed with other bytes."""
    texts = [packed.decode(encoding, "ignore") for encoding in ("utf-8", "utf-16-le")]
    return "\n".join(dict.fromkeys(word for text in texts for word in _TEXT_NODE.findall(text)))
