"""A quick second look at a PDF's page: the letters that its content shows, by its fonts' own tables.

It does not lay text out, so it costs a tenth of what reading a page takes. It only gathers
letters and digits, without accents, case or order. Where they are not those that pdfium
read, one of the two missed something or took it for something else, and the page deserves a
reader of its own.
"""

from __future__ import annotations

import re
import struct
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import repeat

import pikepdf

from pipeline.readers.pdf_streams import unpacked

LONGEST_TABLE = 4 * 1024 * 1024
MOST_CODES = 0x10000
MOST_LETTERS = 4_000_000
"""Letters of a page from which on nobody counts: a thousand times what a page holds."""

LONGEST_LETTER = 8
"""Letters that one code may stand for."""

_CODECS = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman"}
_STANDARD_LIGATURES = {0xAE: "fi", 0xAF: "fl"}

_MARKS = re.compile(rb"<<(?:[^<>]++|<[^<>]*+>)*+>>\s*(?:BDC|DP)\b")
_TOKENS = re.compile(
    rb"/([^\s/<>\[\](){}%]+)\s+[-+.\d]+\s+Tf\b"
    rb"|\(((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*+\))*+)\)"
    rb"|<([0-9A-Fa-f\s]*+)>"
    rb"|q(?<!\Sq)(\s)"
    rb"|Q(?<!\SQ)(\s)",
    re.DOTALL,
)
"""Each branch begins with a letter of its own, which lets the engine leap from one such to the next."""

_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|[\s\S]))")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_ESCAPED |= dict.fromkeys((b"\n", b"\r", b"\r\n"), b"")
_NOTHING = b"\\\n"
"""An escape that stands for nothing: it keeps what precedes from running into what follows."""

_BLOCKS = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_SPACES = re.compile(rb"begincodespacerange(.*?)endcodespacerange", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[(.*?)\])", re.DOTALL)

_NOT_ALNUM = bytes(code for code in range(128) if not chr(code).isalnum())
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_LOWER = bytes(range(256)).lower()
_SCATTER = bytes(pow(code, 3, 251) for code in range(256))
"""Numbers for letters, such that one taken for another is unlikely to leave the sum the same."""


class Letters:
    """What the codes of a font stand for: folded letters and digits, the rest nothing."""

    def __init__(self, known: Mapping[int, str], bytes_each: int) -> None:
        self.bytes_each = bytes_each
        self._known = {code: fold(text)[:LONGEST_LETTER] for code, text in known.items()}
        ones = {code: text for code, text in self._known.items() if len(text) == 1 and text.isascii()}
        others = {code for code, text in self._known.items() if text and code not in ones}
        self._table = bytes(ord(ones.get(code, " ")) for code in range(256))
        self._not_ones = bytes(code for code in range(256) if code not in ones)
        self._not_others = bytes(code for code in range(256) if code not in others)

    def read(self, shown: Iterable[tuple[bytes, bytes]]) -> str:
        """Return the letters of shown strings, each literal or hexadecimal, in no order to rely on."""
        if self.bytes_each == 2:
            return self._two(b"".join(_unescaped(one) if one else _from_hex(two) for one, two in shown))
        strings, digits = zip(*shown, strict=True)
        return self._one(_without_order(strings) + _from_hex(b"".join(digits)))

    def _one(self, raw: bytes) -> str:
        others = raw.translate(None, self._not_others)
        plain = raw.translate(self._table, self._not_ones).decode()
        return plain + "".join(self._known[code] for code in others) if others else plain

    def _two(self, raw: bytes) -> str:
        codes = struct.unpack(f">{len(raw) // 2}H", raw[: len(raw) // 2 * 2])
        return "".join(map(self._known.get, codes, repeat("")))


def fold(text: str) -> str:
    """Return a text's letters and digits without accents, in small letters, in no order to rely on."""
    plain = text.encode("ascii", "ignore").translate(_LOWER, _NOT_ALNUM).decode()
    return plain if text.isascii() else plain + "".join(map(_fold_one, _NOT_ASCII.findall(text)))


@cache
def _fold_one(letter: str) -> str:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold())
    return "".join(piece for piece in plain if piece.isalnum())


def is_same(one: str, other: str) -> bool:
    """Tell whether two folded texts are made of the same letters, in whatever order."""
    if len(one) != len(other):
        return False
    if one == other:
        return True
    if one.isascii() and other.isascii():
        return _sum(one.encode()) == _sum(other.encode())
    return Counter(one) == Counter(other)


def _sum(letters: bytes) -> int:
    """Add letters up so that their order does not count: the low half of Adler-32 is their sum."""
    return zlib.adler32(letters.translate(_SCATTER)) & 0xFFFF


def letters_of(content: bytes, fonts: Mapping[str, Letters | None]) -> str | None:
    """Gather the letters that a content stream shows; None where a font does not say what it shows.

    Args:
        content: The stream, unpacked.
        fonts: The letters of its fonts, by the names by which it calls them.
    """
    if b"BDC" in content or b"DP" in content:
        content = _MARKS.sub(b"", content)
    shown: dict[Letters | None, list[tuple[bytes, bytes]]] = {None: []}
    font: Letters | None = None
    saved: list[Letters | None] = []
    strings = shown[None]
    for name, literal, digits, saves, restores in _TOKENS.findall(content + b"\n"):
        if literal or digits:
            strings.append((literal, digits))
            continue
        if name:
            font = fonts.get(name.decode("latin-1"))
        elif saves:
            saved.append(font)
        elif restores:
            font = saved.pop() if saved else None
        strings = shown.setdefault(font, [])
    if shown.pop(None):
        return None
    return "".join(font.read(held) for font, held in shown.items() if font is not None and held)


def _unescaped(literal: bytes) -> bytes:
    return _ESCAPE.sub(lambda found: _plain(*found.groups()), literal) if b"\\" in literal else literal


def _without_order(strings: Iterable[bytes]) -> bytes:
    """Join strings and undo escapes, moving what they stand for to the end: several times as fast."""
    literals = _NOTHING.join(strings)
    return _ESCAPE.sub(b"", literals) + b"".join(_plain(*found) for found in _ESCAPE.findall(literals))


@cache
def _plain(octal: bytes | None, sign: bytes) -> bytes:
    return bytes([int(octal, 8) & 0xFF]) if octal else _ESCAPED.get(sign, sign)


def _from_hex(digits: bytes) -> bytes:
    plain = b"".join(digits.split())
    return bytes.fromhex((plain + b"0" * (len(plain) % 2)).decode())


def font_letters(font: pikepdf.Object) -> Letters | None:
    """Read what a font's codes stand for; None where it does not say, or not in a usual way."""
    if not isinstance(font, pikepdf.Dictionary):
        return None
    table = font.get("/ToUnicode")
    if isinstance(table, pikepdf.Stream):
        return _from_table(unpacked(table, LONGEST_TABLE))
    encoding = font.get("/Encoding")
    if isinstance(encoding, pikepdf.Dictionary):
        encoding = encoding.get("/BaseEncoding")
    return _by_codec(None if encoding is None else _CODECS.get(str(encoding), ""))


@cache
def _by_codec(codec: str | None) -> Letters | None:
    """Return the letters of a usual encoding; those of the standard one for None."""
    if codec == "":
        return None
    if codec is None:
        plain = {code: chr(code) for code in range(0x20, 0x7F)}
        return Letters(plain | _STANDARD_LIGATURES, 1)
    return Letters({code: bytes([code]).decode(codec, "ignore") for code in range(256)}, 1)


def _from_table(table: bytes) -> Letters | None:
    """Read a table of letters, where all its codes are one byte or all are two bytes long."""
    spaces = [code for space in _SPACES.findall(table) for code in _HEX.findall(space)]
    lengths = {len(b"".join(code.split())) // 2 for code in spaces}
    if lengths not in ({1}, {2}) or b"usecmap" in table:
        return None
    known: dict[int, str] = {}
    for kind, block in _BLOCKS.findall(table):
        known |= _chars(block) if kind == b"char" else _ranges(block)
        if len(known) > MOST_CODES:
            return None
    return Letters(known, lengths.pop())


def _chars(block: bytes) -> dict[int, str]:
    codes = _HEX.findall(block)
    return {_code(code): _text(text) for code, text in zip(codes[::2], codes[1::2], strict=False)}


def _ranges(block: bytes) -> dict[int, str]:
    known: dict[int, str] = {}
    for first, last, text, listed in _RANGE.findall(block):
        low, high = _code(first), min(_code(last), _code(first) + MOST_CODES)
        if listed:
            known |= {low + at: _text(each) for at, each in enumerate(_HEX.findall(listed))}
        elif text:
            known |= _run(low, high, _from_hex(text))
    return known


def _run(low: int, high: int, first: bytes) -> dict[int, str]:
    """Return the letters of a range of codes: the last two bytes of the first letter count up."""
    start = int.from_bytes(first[-2:], "big")
    return {
        code: _text_of(first[:-2] + ((start + code - low) & 0xFFFF).to_bytes(2, "big"))
        for code in range(low, high + 1)
    }


def _code(digits: bytes) -> int:
    return int.from_bytes(_from_hex(digits), "big")


def _text(digits: bytes) -> str:
    return _text_of(_from_hex(digits))


def _text_of(units: bytes) -> str:
    return units.decode("utf-16-be", "ignore") if len(units) > 1 else units.decode("latin-1")
