"""How a PDF's fonts cut a shown string into characters, and how wide each is."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import pikepdf
from pypdfium2 import raw

STANDARD_FONTS = (
    *("Courier", "Courier-Bold", "Courier-Oblique", "Courier-BoldOblique"),
    *("Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Helvetica-BoldOblique"),
    *("Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic"),
)


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
        return _standard(str(font.get("/BaseFont", "")).lstrip("/"))
    first = _number(font.get("/FirstChar", 0))
    described = font.get("/FontDescriptor")
    missing = described.get("/MissingWidth", 0) if isinstance(described, pikepdf.Dictionary) else 0
    table = {int(first) + at: _number(width) * scale for at, width in enumerate(widths)}
    return FontTable(1, table, _number(missing) * scale)


@cache
def _standard(name: str) -> FontTable:
    """Measure one of the fonts that every PDF reader has; pdfium knows their widths."""
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
    return FontTable(1, table, 0.0)


def _composite(font: pikepdf.Dictionary) -> FontTable:
    """Read a font of two bytes a character, its codes the numbers of its glyphs."""
    if font.get("/Encoding") != pikepdf.Name("/Identity-H"):
        raise UneditableError("a font has a code table of its own, or runs from top to bottom")
    inner = _items(font.get("/DescendantFonts"))
    if not inner or not isinstance(inner[0], pikepdf.Dictionary):
        raise UneditableError("a font is damaged")
    default = _number(inner[0].get("/DW", 1000)) / 1000
    return FontTable(2, _cid_widths(_items(inner[0].get("/W"))), default)


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
