"""A profile as a PDF, in letters that most of Europe's names can be written with."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
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

FONTS = Path(__file__).parent / "fonts"
PLAIN, BOLD = "DejaVuSans", "DejaVuSans-Bold"
UNKNOWN = "\ufffd"
"""Stands for a letter that the font lacks: seen to be missing, never silently gone."""

_SIZES = {Kind.TITLE: 20, Kind.HEADING: 14, Kind.SUBHEADING: 11, Kind.TEXT: 10}
_WIDTHS = (34 * mm, 104 * mm, 36 * mm)


def profile_pdf(profile: Profile) -> bytes:
    """Write a profile as PDF, the same bytes for the same profile."""
    written = io.BytesIO()
    template = SimpleDocTemplate(
        written, pagesize=A4, title=profile.name, author="", lang="en-GB", invariant=1,
        leftMargin=18 * mm, rightMargin=18 * mm, topMargin=18 * mm, bottomMargin=18 * mm,
    )  # fmt: skip
    template.build([flowable for block in lay_out(profile) for flowable in _flowables(block)])
    return written.getvalue()


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
    drawn = "".join(c if ord(c) in known or c.isspace() else UNKNOWN for c in text)
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
