"""A profile as a Word file."""

from __future__ import annotations

import io
import re
from typing import Any

import docx

from models.profile import Profile
from pipeline.profile_layout import Block, Kind, lay_out

_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_STYLES = {Kind.TITLE: "Title", Kind.HEADING: "Heading 1", Kind.SUBHEADING: "Heading 2"}


def profile_docx(profile: Profile) -> bytes:
    """Write a profile as DOCX, with headings that a screen reader finds."""
    document: Any = docx.Document()
    document.core_properties.author = ""
    document.core_properties.title = profile.name
    for block in lay_out(profile):
        _add(document, block)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _add(document: Any, block: Block) -> None:
    if block.kind is Kind.TABLE:
        _add_table(document, block.rows)
        return
    for line in block.text.splitlines() or [""]:
        document.add_paragraph(_NOT_XML.sub("\ufffd", line), style=_STYLES.get(block.kind))


def _add_table(document: Any, rows: tuple[tuple[str, ...], ...]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = _NOT_XML.sub("\ufffd", text)
    for cell in table.rows[0].cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True
