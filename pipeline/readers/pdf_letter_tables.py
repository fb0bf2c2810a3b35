"""What a PDF's font says of its codes: its own table of letters, or a usual encoding."""

from __future__ import annotations

import re
from functools import cache

import pikepdf

from pipeline.readers.pdf_letters import HEX, Letters, from_hex
from pipeline.readers.pdf_streams import unpacked

LONGEST_TABLE = 4 * 1024 * 1024
MOST_CODES = 0x10000
_CODECS = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman"}
_STANDARD_LIGATURES = {0xAE: "fi", 0xAF: "fl"}

_BLOCKS = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_SPACES = re.compile(rb"begincodespacerange(.*?)endcodespacerange", re.DOTALL)
_RANGE = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[(.*?)\])", re.DOTALL)


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
