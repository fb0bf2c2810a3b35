"""Draw the boxes that stand for removed words, and words that a picture of a page lost."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

import pikepdf

from pipeline.redactors.pdf_fonts import font_table
from pipeline.redactors.pdf_plan import Box

LABEL_FONT = "/RedactionLabel"
WORDS_FONT = "/RedactionWords"
SMALLEST = 4.5
"""Points. A label that would have to be smaller than this is left out."""


def helvetica() -> pikepdf.Dictionary:
    """Return a font that every reader has, for labels."""
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )


def unseen_font(pdf: pikepdf.Pdf) -> pikepdf.Dictionary:
    """Return a font without shapes whose codes are those of Unicode, for invisible words."""
    ranges = "\n".join(f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(256))
    blocks = [ranges.splitlines()[at : at + 100] for at in range(0, 256, 100)]
    body = "\n".join(f"{len(block)} beginbfrange\n" + "\n".join(block) + "\nendbfrange" for block in blocks)
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n/CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{body}\nendcmap end end"
    )
    inner = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=pikepdf.Name.Unseen,
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor,
            FontName=pikepdf.Name.Unseen,
            Flags=4,
            FontBBox=[0, -200, 500, 800],
            ItalicAngle=0,
            Ascent=800,
            Descent=-200,
            CapHeight=700,
            StemV=80,
        ),
        DW=500,
    )
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type0,
        BaseFont=pikepdf.Name.Unseen,
        Encoding=pikepdf.Name("/Identity-H"),
        DescendantFonts=[pdf.make_indirect(inner)],
        ToUnicode=pikepdf.Stream(pdf, zlib.compress(table.encode()), Filter=pikepdf.Name.FlateDecode),
    )


def box_operators(boxes: Iterable[Box]) -> bytes:
    """Return the operators that draw boxes, each with its label where that fits."""
    return b"\n".join(_box(box) + label_operators(box) for box in boxes)


def _box(box: Box) -> bytes:
    path = " ".join(f"{x:.2f} {y:.2f} {'l' if at else 'm'}" for at, (x, y) in enumerate(box.corners()))
    return f"q 0 g {path} h f Q\n".encode("ascii")


def label_operators(box: Box) -> bytes:
    """Return the operators that write a box's label, in white; none where it does not fit."""
    encoded = box.label.encode("cp1252", "replace")
    size = label_size(encoded, box)
    if not encoded or size < SMALLEST:
        return b""
    ux, uy = box.unit
    inset = (box.width - _ems(encoded) * size) / 2
    x, y = box.x + inset * ux, box.y + inset * uy
    shown = pikepdf.String(encoded).unparse()
    place = f"{ux:.5f} {uy:.5f} {-uy:.5f} {ux:.5f} {x:.2f} {y:.2f} Tm".encode("ascii")
    return f"q BT 1 g 0 Tr {LABEL_FONT} {size:.2f} Tf ".encode("ascii") + place + b" " + shown + b" Tj ET Q\n"


def label_size(encoded: bytes, box: Box) -> float:
    """Return the size in points at which a label fills its box, at most four fifths of the line's."""
    room = box.width - 0.2 * box.size
    return min(0.8 * box.size, room / max(_ems(encoded), 0.1))


def _ems(encoded: bytes) -> float:
    table = font_table(helvetica())
    return sum(table.width(code) for code, _ in table.codes(encoded))
