"""Small vector drawings, built record by record."""

from __future__ import annotations

import struct

_BOUNDS = bytes(16)


def emf(*records: bytes, name: str = "", is_whole: bool = True) -> bytes:
    """Build an EMF of records, with its header and its end."""
    named = name.encode("utf-16-le")
    head = struct.pack("<2I32x4sI", 1, 100 + len(named), b" EMF", 0x10000)
    head = head.ljust(60, b"\0") + struct.pack("<II", len(name), 100 if name else 0)
    return (
        head.ljust(100, b"\0") + named + b"".join(records) + (emf_record(14, bytes(12)) if is_whole else b"")
    )


def emf_record(kind: int, content: bytes) -> bytes:
    content += bytes(-len(content) % 4)
    return struct.pack("<II", kind, 8 + len(content)) + content


def emf_text(text: str, x: int = 0, y: int = 0, widths: int = 0, options: int = 0) -> bytes:
    """Build the record of some words; each letter is so wide."""
    raw = text.encode("utf-16-le")
    raw += bytes(-len(raw) % 4)
    at = 76
    dx = struct.pack(f"<{len(text)}I", *[widths] * len(text)) if widths else b""
    head = struct.pack("<Iff", 1, 1.0, 1.0)
    place = struct.pack("<iiIII", x, y, len(text), at, options) + _BOUNDS
    return emf_record(84, _BOUNDS + head + place + struct.pack("<I", at + len(raw) if dx else 0) + raw + dx)


def emf_small_text(text: str, y: int = 0) -> bytes:
    """Build the short record of some words in 8-bit letters."""
    return emf_record(
        108, struct.pack("<iiIIIff", 0, y, len(text), 0x300, 1, 1.0, 1.0) + text.encode("cp1252")
    )


def emf_shape(points: int) -> bytes:
    return emf_record(85, _BOUNDS + struct.pack("<I", points) + bytes(4 * points))


def emf_comment(content: bytes) -> bytes:
    return emf_record(70, struct.pack("<I", len(content)) + content)


def emf_plus_text(text: str) -> bytes:
    """Build the words of a newer kind of record, which stand in a comment."""
    inner = struct.pack("<III4f", 0, 0, len(text), 0, 0, 0, 0) + text.encode("utf-16-le")
    return emf_plus(0x401C, inner)


def emf_plus(kind: int, inner: bytes, flags: int = 0) -> bytes:
    """Build a comment of one record of the newer kind."""
    return emf_comment(b"EMF+" + struct.pack("<HHII", kind, flags, 12 + len(inner), len(inner)) + inner)


def emf_texts(texts: int, letters: int, words: bytes) -> bytes:
    """Build the record of so many texts, all of them so many letters of the same words."""
    at = 40 + 40 * texts
    one = struct.pack("<iiIII", 0, 0, letters, at, 0) + _BOUNDS + bytes(4)
    return emf_record(97, _BOUNDS + bytes(12) + struct.pack("<I", texts) + one * texts + words)


def wmf(*records: bytes) -> bytes:
    """Build a WMF of records, with its header and its end."""
    return struct.pack("<HHHIHIH", 1, 9, 0x300, 0, 0, 0, 0) + b"".join(records) + wmf_record(0, b"")


def wmf_record(kind: int, content: bytes) -> bytes:
    content += bytes(len(content) % 2)
    return struct.pack("<IH", 3 + len(content) // 2, kind) + content


def wmf_text(text: str, x: int = 0, y: int = 0) -> bytes:
    raw = text.encode("cp1252")
    return wmf_record(0x0A32, struct.pack("<hhHH", y, x, len(raw), 0) + raw)


def wmf_old_text(text: str) -> bytes:
    raw = text.encode("cp1252")
    return wmf_record(
        0x0521, struct.pack("<H", len(raw)) + raw + bytes(len(raw) % 2) + struct.pack("<hh", 0, 0)
    )
