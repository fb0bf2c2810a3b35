"""Unpack the streams of a stranger's PDF without letting them grow beyond a limit."""

from __future__ import annotations

import re
import zlib
from base64 import a85decode
from math import prod

import numpy as np
import pikepdf
from pypdf.errors import LimitReachedError, PyPdfError
from pypdf.filters import LZWDecode, RunLengthDecode

from pipeline.refusals import Refusal

CHUNK = 1 << 20

_SPACES = b" \t\r\n\f\0"
_FIRST_DIGIT, _LAST_DIGIT = 0x21, 0x75
_WORTHS = np.array([85**4, 85**3, 85**2, 85, 1], dtype=np.uint64)
_LARGEST = 0xFFFFFFFF

GROWTH = {
    "/FlateDecode": 1040,
    "/Fl": 1040,
    "/LZWDecode": 4096,
    "/LZW": 4096,
    "/RunLengthDecode": 64,
    "/RL": 64,
    "/ASCII85Decode": 4,
    "/A85": 4,
    "/ASCIIHexDecode": 1,
    "/AHx": 1,
}
"""How many bytes one packed byte can unpack to at most, by filter."""

SHOWS_TEXT = re.compile(rb"\b(?:Tj|TJ)\b|[)>]\s*['\"]")
"""An operator in a content that shows text."""

PICTURE_FILTERS = frozenset({"/DCTDecode", "/DCT", "/JPXDecode", "/CCITTFaxDecode", "/CCF", "/JBIG2Decode"})


def unpacked(stream: pikepdf.Stream, limit: int) -> bytes:
    """Unpack a stream, but never to more than a number of bytes.

    Sound streams of the usual kind are inflated at once. Others, where too small to grow beyond
    the limit, are left to qpdf, which knows no limit. The rest is unpacked step by step (their
    predictors are left in place, which the streams of text that this is for do not use).

    Returns:
        The unpacked bytes. A damaged stream gives what could be unpacked, and a picture
        its packed bytes.

    Raises:
        DocumentError: The stream, or a step on the way, is larger than the limit.
    """
    content = stream.read_raw_bytes()
    filters = _filters(stream)
    if not PICTURE_FILTERS.isdisjoint(filters):
        return content
    packed = _packed_once(content, filters) if "/DecodeParms" not in stream else None
    if packed is not None:
        plain = _inflate_sound(packed, limit)
        if plain is not None:
            return plain
    if len(content) * prod(GROWTH.get(name, 1) for name in filters) <= limit:
        try:
            return stream.read_bytes()
        except pikepdf.PdfError:
            pass  # damaged: what can be unpacked is unpacked below
    for name in filters:
        content = _undo(name, content, limit)
    if len(content) > limit:
        raise Refusal.UNPACKS_TOO_LARGE.error()
    return content


def _packed_once(content: bytes, filters: list[str]) -> bytes | None:
    """Return what is left to inflate of a stream of the usual kinds; None of any other, or a damaged one."""
    if filters == ["/FlateDecode"]:
        return content
    return _from_base_85(content) if filters == ["/ASCII85Decode", "/FlateDecode"] else None


def _from_base_85(content: bytes) -> bytes | None:
    """Undo ASCII85 all at once; None of what is long, damaged, or has the letter for four noughts."""
    digits = content[: CHUNK + 1].translate(None, _SPACES).removesuffix(b"~>")
    missing = -len(digits) % len(_WORTHS)
    if len(content) > CHUNK or not digits or missing == len(_WORTHS) - 1:
        return None
    values = np.frombuffer(digits + bytes([_LAST_DIGIT]) * missing, dtype=np.uint8)
    numbers = (values.reshape(-1, len(_WORTHS)) - np.uint8(_FIRST_DIGIT)).astype(np.uint64) @ _WORTHS
    if values.min() < _FIRST_DIGIT or values.max() > _LAST_DIGIT or numbers.max() > _LARGEST:
        return None
    return numbers.astype(">u4").tobytes()[: 4 * len(numbers) - missing]


def _filters(stream: pikepdf.Stream) -> list[str]:
    named = stream.get("/Filter")
    if isinstance(named, pikepdf.Name):
        return [str(named)]
    if isinstance(named, pikepdf.Array):
        return [str(named[at]) for at in range(len(named))]
    return []


def _undo(name: str, content: bytes, limit: int) -> bytes:
    """Undo one filter."""
    try:
        if name in ("/FlateDecode", "/Fl"):
            return _inflate(content, limit)
        if name in ("/ASCII85Decode", "/A85"):
            return a85decode(content.strip().removeprefix(b"<~").removesuffix(b"~>"))
        if name in ("/ASCIIHexDecode", "/AHx"):
            return _unhex(content)
        if name in ("/LZWDecode", "/LZW"):
            content = LZWDecode.decode(content)
        elif name in ("/RunLengthDecode", "/RL"):
            content = RunLengthDecode.decode(content)
    except LimitReachedError as error:
        raise Refusal.UNPACKS_TOO_LARGE.error() from error
    except (PyPdfError, ValueError):
        content = b""
    return content


def _unhex(content: bytes) -> bytes:
    digits = b"".join(content.split(b">")[0].split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _inflate_sound(content: bytes, limit: int) -> bytes | None:
    """Inflate in one go, which most streams allow; None where it is damaged, or larger than the limit."""
    machine = zlib.decompressobj()
    try:
        plain = machine.decompress(content, limit + 1)
    except zlib.error:
        return None
    return plain if machine.eof and len(plain) <= limit else None


def _inflate(content: bytes, limit: int) -> bytes:
    """Inflate up to a limit; what is damaged gives what came before the damage."""
    machine = zlib.decompressobj()
    pieces: list[bytes] = []
    size, rest = 0, content
    while rest and not machine.eof:
        try:
            pieces.append(machine.decompress(rest, CHUNK))
        except zlib.error:
            break
        size, rest = size + len(pieces[-1]), machine.unconsumed_tail
        if size > limit:
            raise Refusal.UNPACKS_TOO_LARGE.error()
    return b"".join(pieces)
