"""A profile as a PDF, in Latin, Greek, Cyrillic, Hebrew and Arabic letters; it says where others lack."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any
from unicodedata import normalize
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from models.profile import Profile
from pipeline.profile_layout import Block, Kind, lay_out
from pipeline.right_to_left import to_drawn

FONTS = Path(__file__).parent / "fonts"
PLAIN, BOLD = "DejaVuSans", "DejaVuSans-Bold"
UNKNOWN = "\ufffd"
"""Stands for a letter that the font lacks: seen to be missing, never silently gone."""

MISSING = (
    f"Letters shown as {UNKNOWN} are ones that this kind of file cannot show here. "
    "Nothing is lost: the Word file has them all."
)

_SIZES = {Kind.TITLE: 20, Kind.HEADING: 14, Kind.SUBHEADING: 11, Kind.TEXT: 10}
_WIDTHS = (34 * mm, 104 * mm, 36 * mm)


def profile_pdf(profile: Profile) -> bytes:
    """Write a profile as PDF, the same bytes for the same profile."""
    written = io.BytesIO()
    template = SimpleDocTemplate(
        written, pagesize=A4, title=profile.name, author="", lang="en-GB", invariant=1,
        leftMargin=18 * mm, rightMargin=18 * mm, topMargin=18 * mm, bottomMargin=18 * mm,
    )  # fmt: skip
    template.build([flowable for block in _blocks(profile) for flowable in _flowables(block)])
    return written.getvalue()


def missing_letters(blocks: Iterable[Block]) -> str:
    """Return the letters of some blocks that the fonts lack, each once."""
    known = _glyphs()
    texts = [text for block in blocks for text in (block.text, *chain.from_iterable(block.rows))]
    return "".join(sorted({c for text in texts for c in text if ord(c) not in known and not c.isspace()}))


def _blocks(profile: Profile) -> Iterator[Block]:
    """Yield the blocks of a profile, and what to do where letters are missing."""
    blocks = list(lay_out(profile))
    yield from blocks
    if missing_letters(blocks):
        yield Block(Kind.TEXT, MISSING)


def _flowables(block: Block) -> Iterator[Any]:
    if block.kind is Kind.TABLE:
        rows = [[_paragraph(cell, Kind.TEXT) for cell in row] for row in block.rows]
        grid = [("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        yield Table(rows, colWidths=_WIDTHS, repeatRows=1, style=grid)
        return
    for line in block.text.splitlines():
        if line.strip():
            yield _paragraph(line, block.kind)


def _paragraph(text: str, kind: Kind) -> Any:
    known = _glyphs()
    shown = "".join(c if ord(c) in known or c.isspace() else UNKNOWN for c in text)
    drawn = "".join(c if ord(c) in known else normalize("NFKC", c) for c in to_drawn(shown))
    return Paragraph(escape(drawn), _style(kind))


@cache
def _style(kind: Kind) -> ParagraphStyle:
    size = _SIZES[kind]
    font = PLAIN if kind is Kind.TEXT else BOLD
    return ParagraphStyle(kind.value, fontName=font, fontSize=size, leading=1.4 * size, spaceBefore=size / 2)


@cache
def _glyphs() -> frozenset[int]:
    """Register the two fonts, and return the letters that both can draw."""
    faces = [TTFont(name, str(FONTS / f"{name}.ttf")) for name in (PLAIN, BOLD)]
    for face in faces:
        pdfmetrics.registerFont(face)
    return frozenset.intersection(*(frozenset(face.face.charToGlyph) for face in faces))
