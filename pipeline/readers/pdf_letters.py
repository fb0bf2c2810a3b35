"""A quick second look at a PDF's page: the letters that its content shows, by its fonts' own tables.

It does not lay text out, so it costs a tenth of what reading a page takes. It only adds up
letters and digits, without accents, case or order (`Tally`). Where they are not those that
pdfium read, one of the two missed something or took it for something else, and the page
deserves a reader of its own.
"""

from __future__ import annotations

import re
import struct
import unicodedata
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

LONGEST_LETTER = 8
"""Letters that one code may stand for."""

DEEPEST = 10
"""Strings within strings that are still taken apart. What is left makes the page differ."""

_MARKS = re.compile(rb"<<(?:[^<>]++|<[^<>]*+>)*+>>\s*(?:BDC|DP)\b")
_FONTS = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+[-+.\d]+\s+Tf\b|q(?<!\Sq)(\s)|Q(?<!\SQ)(\s)")
"""Each branch begins with a letter of its own, which lets the engine leap from one such to the next."""

_NESTED = re.compile(rb"\(([^()]*+)\(([^()]*+)\)")
_SHORT = re.compile(rb"([0-7]{1,2})\)")
_ESCAPE = re.compile(rb"([0-7]{1,3})|\r\n|[\s\S]")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_ESCAPED |= dict.fromkeys((b"\n", b"\r", b"\r\n"), b"")

HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_PRIMES, _LARGE_PRIMES = (251, 239), (65519, 65447)
"""One less is no multiple of three, so cubes modulo these are all different."""

_MODULUS = 65521
"""Where the sums of Adler-32 begin anew."""


class Tally(NamedTuple):
    """Letters and digits added up, as two scattered numbers each: order does not count.

    One letter taken for another changes both sums; of two different texts one in four
    thousand millions has the same.
    """

    one: int = 0
    other: int = 0

    def plus(self, more: Tally, times: int = 1) -> Tally:
        """Add letters, as often as they are shown."""
        return Tally((self.one + more.one * times) % _MODULUS, (self.other + more.other * times) % _MODULUS)


NO_LETTERS = Tally()


def tally(text: str) -> Tally:
    """Add up a text's letters and digits, without accents and case."""
    units = text.encode("utf-8", "ignore")
    added = _added(units, _NUMBERS)
    if not text.isascii():
        for letter, times in Counter(units.translate(None, _ASCII).decode()).items():
            added = added.plus(_odd_letter(letter), times)
    return added


def _added(codes: bytes, numbers: Sequence[bytes]) -> Tally:
    """Add up the numbers of codes: the low half of Adler-32 is the sum of its bytes."""
    one, other = (zlib.adler32(codes.translate(table), 0) & 0xFFFF for table in numbers)
    return Tally(one, other)


@cache
def _odd_letter(letter: str) -> Tally:
    """Add up what a letter beyond ASCII is made of."""
    added = NO_LETTERS
    for piece in unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold()):
        added = added.plus(_scattered(piece))
    return added


def _scattered(sign: str) -> Tally:
    primes = _PRIMES if sign.isascii() else _LARGE_PRIMES
    return Tally(*(pow(ord(sign), 3, prime) for prime in primes)) if sign.isalnum() else NO_LETTERS


_ASCII = bytes(range(128))
_NUMBERS = [
    bytes(_scattered(chr(code).lower())[at] if code in _ASCII else 0 for code in range(256)) for at in (0, 1)
]
"""The numbers of ASCII letters and digits, which all fit into a byte."""


class Letters:
    """What the codes of a font stand for: letters and digits, the rest nothing."""

    def __init__(self, known: Mapping[int, str], bytes_each: int) -> None:
        self.bytes_each = bytes_each
        self._known = {code: tally(text[:LONGEST_LETTER]) for code, text in known.items()}
        small = {code: of for code, of in self._known.items() if code < 256 and max(of) < 256}
        self._numbers = [bytes(small.get(code, NO_LETTERS)[at] for code in range(256)) for at in (0, 1)]
        self._not_others = bytes(code for code in range(256) if code in small or code not in self._known)

    def read(self, shown: Shown) -> Tally:
        """Add up the letters of shown strings."""
        literals, digits = b"".join(shown.literals), b"".join(shown.digits)
        raw = (_unescaped(literals) if b"\\" in literals else literals) + from_hex(digits)
        return self._two(raw) if self.bytes_each == 2 else self._one(raw)

    def _one(self, raw: bytes) -> Tally:
        added = _added(raw, self._numbers)
        for code, times in Counter(raw.translate(None, self._not_others)).items():
            added = added.plus(self._known[code], times)
        return added

    def _two(self, raw: bytes) -> Tally:
        if not raw[::2].strip(b"\0"):
            return self._one(raw[1::2])
        added = NO_LETTERS
        for code, times in Counter(struct.unpack(f">{len(raw) // 2}H", raw[: len(raw) // 2 * 2])).items():
            added = added.plus(self._known.get(code, NO_LETTERS), times)
        return added


@dataclass(slots=True)
class Shown:
    """The strings that a content stream shows in one font: literal ones, and the digits of others."""

    literals: list[bytes] = field(default_factory=list)
    digits: list[bytes] = field(default_factory=list)


def letters_of(content: bytes, fonts: Mapping[str, Letters | None]) -> Tally | None:
    """Add up the letters that a content stream shows; None where a font does not say what it shows.

    Args:
        content: The stream, unpacked.
        fonts: The letters of its fonts, by the names by which it calls them.
    """
    literals, rest = _apart(_MARKS.sub(b"", content))
    known = set(fonts.values())
    if len(known) == 1:
        return _read({known.pop(): Shown(literals, HEX.findall(rest) if b"<" in rest else [])})
    return _read(_by_font(literals, rest, fonts))


def _by_font(
    literals: list[bytes], rest: bytes, fonts: Mapping[str, Letters | None]
) -> dict[Letters | None, Shown]:
    """Tell in which font each string is shown; None is one that nobody knows."""
    shown: dict[Letters | None, Shown] = {}
    font: Letters | None = None
    saved: list[Letters | None] = []
    at = 0
    first, *others = _FONTS.split(rest)
    for name, saves, restores, piece in [(b"", b"", b"", first), *zip(*[iter(others)] * 4, strict=True)]:
        if name:
            font = fonts.get(name.decode("latin-1"))
        elif saves:
            saved.append(font)
        elif restores:
            font = saved.pop() if saved else None
        if (count := piece.count(b")")) or b"<" in piece:
            held = shown.setdefault(font, Shown())
            held.literals += literals[at : at + count]
            held.digits += HEX.findall(piece)
            at += count
    return shown


def _read(shown: Mapping[Letters | None, Shown]) -> Tally | None:
    added = NO_LETTERS
    for font, held in shown.items():
        if font is not None:
            added = added.plus(font.read(held))
        elif held.literals or held.digits:
            return None
    return added


def _apart(content: bytes) -> tuple[list[bytes], bytes]:
    """Part a content stream into its literal strings and the rest, each string a ")" in it."""
    if b"\\" in content:
        content = _without_edges(content)
    for _ in range(DEEPEST):
        literals, rest = _halves(content)
        if b"(" not in b"".join(literals):
            break
        content = _NESTED.sub(rb"(\1\2", content)
    return literals, rest


def _without_edges(content: bytes) -> bytes:
    """Write escapes in octal that would be taken for the edge of a string, or run into the next one."""
    first, *others = content.split(b"\\")
    pieces = [first]
    rest = iter(others)
    for piece in rest:
        if not piece:
            pieces += [b"\\134", next(rest, b"")]
        elif piece[:1] in b"()":
            pieces.append(b"\\%03o%s" % (piece[0], piece[1:]))
        else:
            short = _SHORT.match(piece)
            pieces.append(b"\\" + (b"0" * (3 - len(short[1])) if short else b"") + piece)
    return b"".join(pieces)


def _halves(content: bytes) -> tuple[list[bytes], bytes]:
    parts = [part.partition(b"(") for part in content.split(b")")]
    return [string for _, _, string in parts[:-1]], b")".join([before for before, _, _ in parts]) + b"\n"


def _unescaped(literals: bytes) -> bytes:
    first, *others = literals.split(b"\\")
    pieces = [first]
    for piece in others:
        if found := _ESCAPE.match(piece):
            pieces += [_plain(found[0], is_octal=bool(found[1])), piece[found.end() :]]
    return b"".join(pieces)


@cache
def _plain(escaped: bytes, *, is_octal: bool) -> bytes:
    return bytes([int(escaped, 8) & 0xFF]) if is_octal else _ESCAPED.get(escaped, escaped)


def from_hex(digits: bytes) -> bytes:
    """Undo the writing of bytes as digits; one that is missing at the end is a nought."""
    plain = digits.translate(None, b" \t\r\n\f\0")
    return bytes.fromhex((plain + b"0" * (len(plain) % 2)).decode())
