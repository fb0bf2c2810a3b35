"""How a PDF's fonts cut a shown string into characters, and how wide each is."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import pikepdf
from pypdfium2 import raw

from pipeline.readers.pdf_streams import unpacked

STANDARD_FONTS = (
    *("Courier", "Courier-Bold", "Courier-Oblique", "Courier-BoldOblique"),
    *("Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Helvetica-BoldOblique"),
    *("Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic"),
    *("Symbol", "ZapfDingbats"),
)
ALIASES = {
    "Arial": "Helvetica",
    "ArialMT": "Helvetica",
    "Arial,Bold": "Helvetica-Bold",
    "Arial-BoldMT": "Helvetica-Bold",
    "TimesNewRoman": "Times-Roman",
    "TimesNewRomanPSMT": "Times-Roman",
    "TimesNewRoman,Bold": "Times-Bold",
    "CourierNew": "Courier",
}
LONGEST_TABLE = 4 * 1024 * 1024

_CODES = re.compile(rb"<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>\s*)?(\d+)")


class UneditableError(Exception):
    """A page cannot be edited safely, so it becomes a picture. Says why; never quotes."""


@dataclass(frozen=True, slots=True)
class FontTable:
    """What is needed of a font to place its characters.

    Attributes:
        bytes_each: Bytes of a string that make one character.
        widths: Width of a character by its code, in ems.
        default: Width of any other.
    """

    bytes_each: int
    widths: dict[int, float] = field(repr=False)
    default: float

    def codes(self, shown: bytes) -> Iterator[tuple[int, bytes]]:
        """Cut a shown string into characters: the code of each, and its bytes."""
        for at in range(0, len(shown), self.bytes_each):
            piece = shown[at : at + self.bytes_each]
            yield int.from_bytes(piece, "big"), piece

    def width(self, code: int) -> float:
        """Return how wide a character is, in ems."""
        return self.widths.get(code, self.default)


def font_table(font: pikepdf.Object | None) -> FontTable:
    """Read a font's table of widths.

    Raises:
        UneditableError: Its characters cannot be told apart or measured with certainty.
    """
    if not isinstance(font, pikepdf.Dictionary):
        raise UneditableError("a font is missing")
    kind = str(font.get("/Subtype"))
    if kind == "/Type0":
        return _composite(font)
    scale = 0.001
    if kind == "/Type3":
        scale = float(_items(font.get("/FontMatrix"))[0])
    return _simple(font, scale)


def _simple(font: pikepdf.Dictionary, scale: float) -> FontTable:
    """Read a font of one byte a character."""
    widths = _items(font.get("/Widths"))
    if not widths:
        return _standard_table(font)
    first = _number(font.get("/FirstChar", 0))
    described = font.get("/FontDescriptor")
    missing = described.get("/MissingWidth", 0) if isinstance(described, pikepdf.Dictionary) else 0
    table = {int(first) + at: _number(width) * scale for at, width in enumerate(widths)}
    return FontTable(1, table, _number(missing) * scale)


def _standard_table(font: pikepdf.Dictionary) -> FontTable:
    """Measure a font that every reader has; characters that it renames have no known width."""
    name = str(font.get("/BaseFont", "")).lstrip("/")
    table = dict(_standard(ALIASES.get(name, name)))
    encoding = font.get("/Encoding")
    if isinstance(encoding, pikepdf.Dictionary):
        code = 0
        for item in _items(encoding.get("/Differences")):
            if isinstance(item, pikepdf.Name):
                table.pop(code, None)
                code += 1
            else:
                code = int(_number(item))
    return FontTable(1, table, math.nan)


@cache
def _standard(name: str) -> dict[int, float]:
    """Ask pdfium how wide the characters of a standard font are."""
    if name not in STANDARD_FONTS:
        raise UneditableError("a font does not say how wide its characters are")
    document = raw.FPDF_CreateNewDocument()
    font = raw.FPDFText_LoadStandardFont(document, name.encode())
    width = ctypes.c_float()
    table: dict[int, float] = {}
    for code in range(256):
        raw.FPDFFont_GetGlyphWidth(font, code, 1000.0, width)
        table[code] = width.value / 1000
    raw.FPDFFont_Close(font)
    raw.FPDF_CloseDocument(document)
    return table


def _composite(font: pikepdf.Dictionary) -> FontTable:
    """Read a font whose codes are turned into numbers of glyphs by a table."""
    inner = _items(font.get("/DescendantFonts"))
    if not inner or not isinstance(inner[0], pikepdf.Dictionary):
        raise UneditableError("a font is damaged")
    default = _number(inner[0].get("/DW", 1000)) / 1000
    widths = _cid_widths(_items(inner[0].get("/W")))
    encoding = font.get("/Encoding")
    if encoding == pikepdf.Name("/Identity-H"):
        return FontTable(2, widths, default)
    if not isinstance(encoding, pikepdf.Stream):
        raise UneditableError("a font has an unusual table of codes, or runs from top to bottom")
    bytes_each, numbers = _code_table(unpacked(encoding, LONGEST_TABLE))
    return FontTable(bytes_each, {code: widths.get(cid, default) for code, cid in numbers.items()}, default)


def _code_table(table: bytes) -> tuple[int, dict[int, int]]:
    """Read a font's own table of codes, where all its codes are equally long.

    Returns:
        Bytes of a code, and the number of the glyph by its code.
    """
    if b"usecmap" in table or re.search(rb"/WMode\s+1", table):
        raise UneditableError("a font has an unusual table of codes, or runs from top to bottom")
    spaces = re.findall(rb"begincodespacerange(.*?)endcodespacerange", table, re.DOTALL)
    lengths = {len(code) // 2 for space in spaces for code in re.findall(rb"<([0-9A-Fa-f]+)>", space)}
    if lengths not in ({1}, {2}):
        raise UneditableError("a font has codes of different lengths")
    numbers: dict[int, int] = {}
    for block in re.findall(rb"begincid(?:range|char)(.*?)endcid(?:range|char)", table, re.DOTALL):
        for first, last, cid in _CODES.findall(block):
            low = int(first, 16)
            high = min(int(last or first, 16), low + 0xFFFF)
            numbers |= {code: int(cid) + code - low for code in range(low, high + 1)}
    return lengths.pop(), numbers


def _cid_widths(listed: list[pikepdf.Object]) -> dict[int, float]:
    """Read a width list: `first [w w ...]` or `first last w`, over and over."""
    table: dict[int, float] = {}
    at = 0
    while at + 1 < len(listed):
        first = int(_number(listed[at]))
        if isinstance(listed[at + 1], pikepdf.Array):
            table |= {first + n: _number(w) / 1000 for n, w in enumerate(_items(listed[at + 1]))}
            at += 2
        elif at + 2 < len(listed):
            last = min(int(_number(listed[at + 1])), 0xFFFF)
            table |= dict.fromkeys(range(first, last + 1), _number(listed[at + 2]) / 1000)
            at += 3
        else:
            break
    return table


def _items(array: pikepdf.Object | None) -> list[pikepdf.Object]:
    return [array[at] for at in range(len(array))] if isinstance(array, pikepdf.Array) else []


def _number(value: object) -> float:
    """Return a number of the file, or refuse to reckon with what is none."""
    try:
        return float(value)  # type: ignore[arg-type]  # a PDF may hold anything there
    except (TypeError, ValueError) as error:
        raise UneditableError("a font's table is damaged") from error
