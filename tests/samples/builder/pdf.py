"""Build a PDF sample from its blocks, the same bytes each time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from io import BytesIO
from itertools import groupby

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from tests.samples.builder.marks import plain
from tests.samples.builder.source import Block, Source

_STYLES = getSampleStyleSheet()
_STYLE_OF = {"title": "Title", "heading": "Heading2", "paragraph": "BodyText", "item": "Bullet"}
_WIDTH = A4[0] - 44 * mm


def build_pdf(source: Source) -> bytes:
    """Build a PDF with headers, footers, tables and properties."""
    out = BytesIO()
    blocks = source.blocks
    properties = {b.name: plain(b.texts[0]) for b in blocks if b.kind == "property"}
    template = SimpleDocTemplate(
        out,
        pagesize=A4,
        invariant=1,
        pageCompression=0,
        leftMargin=22 * mm,
        rightMargin=22 * mm,
        **properties,
    )
    draw = _page_edges(blocks)
    template.build(list(_flow(blocks)), onFirstPage=draw, onLaterPages=draw)
    return out.getvalue()


def _flow(blocks: tuple[Block, ...]) -> Iterator[Flowable]:
    for kind, group in groupby(blocks, key=lambda b: b.kind):
        if kind == "row":
            yield _table(list(group))
            yield Spacer(1, 4 * mm)
        elif kind in _STYLE_OF:
            for block in group:
                yield _paragraph(block.texts[0], _STYLE_OF[kind])


def _paragraph(marked: str, style: str = "BodyText") -> Paragraph:
    return Paragraph(escape(plain(marked)), _STYLES[style])


def _table(rows: list[Block]) -> Table:
    cells = [[_paragraph(text) for text in row.texts] for row in rows]
    columns = len(cells[0])
    grid = [("GRID", (0, 0), (-1, -1), 0.5, "#888888"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    return Table(cells, colWidths=[_WIDTH / columns] * columns, style=grid)


def _page_edges(blocks: tuple[Block, ...]) -> Callable[[Canvas, object], None]:
    edges = {b.kind: plain(b.texts[0]) for b in blocks if b.kind in ("header", "footer")}

    def draw(canvas: Canvas, _: object) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(22 * mm, A4[1] - 12 * mm, edges.get("header", ""))
        canvas.drawString(22 * mm, 12 * mm, edges.get("footer", ""))
        canvas.drawRightString(A4[0] - 22 * mm, 12 * mm, f"Page {canvas.getPageNumber()}")

    return draw
