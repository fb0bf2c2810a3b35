"""What a PDF's font says of its codes: its own table of letters, or a usual encoding."""

from __future__ import annotations

import re
from functools import cache

import pikepdf

from pipeline.readers.pdf_letters import HEX, Letters, from_hex
from pipeline.readers.pdf_streams import unpacked

STANDARD_FONTS = ("/Helvetica", "/Times-", "/Courier")
SIMPLE_FONTS = frozenset({"/Type1", "/TrueType", "/MMType1"})
LONGEST_TABLE = 4 * 1024 * 1024
MOST_CODES = 0x10000
_CODECS = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman"}
_STANDARD_LIGATURES = {0xAE: "fi", 0xAF: "fl"}

_NUMBERED = re.compile(r"/(?:[A-Za-z]{1,2}|glyph|index|cid|char)_?\d{1,5}")
"""Names of glyphs that only count them ("/g23")."""

_BLOCKS = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_SPACES = re.compile(rb"begincodespacerange(.*?)endcodespacerange", re.DOTALL)
_RANGE = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[(.*?)\])", re.DOTALL)


def is_plain_font(font: pikepdf.Dictionary) -> bool:
    """Tell whether a font says in a standard way which letters its codes are."""
    if "/ToUnicode" in font:
        return True
    encoding = font.get("/Encoding")
    if isinstance(encoding, pikepdf.Dictionary):
        return "/BaseEncoding" in encoding and "/Differences" not in encoding
    if encoding is None:
        return str(font.get("/BaseFont")).startswith(STANDARD_FONTS)
    return isinstance(encoding, pikepdf.Name) and str(font.get("/Subtype")) in SIMPLE_FONTS


def is_untold(font: pikepdf.Object) -> bool:
    """Tell whether a font only numbers its glyphs: what readers make of them is a guess, agreed or not."""
    if not isinstance(font, pikepdf.Dictionary) or "/ToUnicode" in font:
        return False
    if font.get("/Subtype") == pikepdf.Name.Type0:
        return all(_is_identity(inner) for inner in _items(font.get("/DescendantFonts")))
    encoding = font.get("/Encoding")
    listed = _items(encoding.get("/Differences")) if isinstance(encoding, pikepdf.Dictionary) else []
    names = [str(name) for name in listed if isinstance(name, pikepdf.Name)]
    return sum(_NUMBERED.fullmatch(name) is not None for name in names) * 2 > len(names)


def _is_identity(inner: pikepdf.Object) -> bool:
    """Tell whether the glyphs' numbers are the font's own, not those of a known collection."""
    system = inner.get("/CIDSystemInfo") if isinstance(inner, pikepdf.Dictionary) else None
    ordering = system.get("/Ordering") if isinstance(system, pikepdf.Dictionary) else None
    return ordering is None or str(ordering) == "Identity"


def _items(array: pikepdf.Object | None) -> list[pikepdf.Object]:
    return [array[at] for at in range(len(array))] if isinstance(array, pikepdf.Array) else []


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
    spaces = [code for space in _SPACES.findall(table) for code in HEX.findall(space)]
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
    codes = HEX.findall(block)
    return {_code(code): _text(text) for code, text in zip(codes[::2], codes[1::2], strict=False)}


def _ranges(block: bytes) -> dict[int, str]:
    known: dict[int, str] = {}
    for first, last, text, listed in _RANGE.findall(block):
        low, high = _code(first), min(_code(last), _code(first) + MOST_CODES)
        if listed:
            known |= {low + at: _text(each) for at, each in enumerate(HEX.findall(listed))}
        elif text:
            known |= _run(low, high, from_hex(text))
    return known


def _run(low: int, high: int, first: bytes) -> dict[int, str]:
    """Return the letters of a range of codes: the last two bytes of the first letter count up."""
    start = int.from_bytes(first[-2:], "big")
    return {
        code: _text_of(first[:-2] + ((start + code - low) & 0xFFFF).to_bytes(2, "big"))
        for code in range(low, high + 1)
    }


def _code(digits: bytes) -> int:
    return int.from_bytes(from_hex(digits), "big")


def _text(digits: bytes) -> str:
    return _text_of(from_hex(digits))


def _text_of(units: bytes) -> str:
    return units.decode("utf-16-be", "ignore") if len(units) > 1 else units.decode("latin-1")
