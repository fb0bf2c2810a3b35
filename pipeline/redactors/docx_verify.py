"""Look into a redacted Word file with other eyes than those that read the original."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.table import _Cell

from models.upload import FileKind
from pipeline.limits import Limits
from pipeline.readers.docx import read_docx
from pipeline.redactors.office_verify import verify_office
from pipeline.verify import Gone, Leak


def verify_docx(copy: bytes, expected: str, removed: Gone, limits: Limits) -> tuple[Leak, ...]:
    """Look for removed words in a redacted Word file: our reader, python-docx, the bare bytes."""
    views = (("python-docx", _seen_by_python_docx),)
    return verify_office(copy, FileKind.DOCX, expected, removed, limits, views, read_docx)


def _seen_by_python_docx(copy: bytes) -> str | None:
    try:
        document: Any = docx.Document(io.BytesIO(copy))
        return "\n".join(_texts(document))
    except (AttributeError, KeyError, PackageNotFoundError, TypeError, ValueError):
        return None


def _texts(document: Any) -> list[str]:
    texts = list(_blocks(document))
    for section in document.sections:
        for edge in (section.header, section.footer, section.first_page_header, section.even_page_header):
            texts += [] if edge.is_linked_to_previous else _blocks(edge)
    texts += [text for comment in document.comments for text in _blocks(comment)]
    return texts


def _blocks(container: Any) -> Iterator[str]:
    yield from (paragraph.text for paragraph in container.paragraphs)
    for table in container.tables:
        for row in table._tbl.tr_lst:  # noqa: SLF001  (`row.cells` counts one cell for every column it spans)
            for cell in row.tc_lst:
                yield from _blocks(_Cell(cell, table))
