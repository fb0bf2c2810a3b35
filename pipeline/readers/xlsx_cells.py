"""The cells of a workbook in reading order, and which of them nobody sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from models.document import Place, SegmentKind
from pipeline.ooxml import attribute, child, name_of, whole_number
from pipeline.readers.office_package import Parts, identified_relations
from pipeline.readers.strands import NODE, TEXT, Piece, Strand
from pipeline.readers.xlsx_values import Look

_TRUE = ("1", "true")
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_COMMENT_KINDS = ("comments", "threadedComment")
HIDDEN_CELLS = "hidden sheets, rows and columns"
"""How the ledger counts what stands in cells that nobody sees."""

_COLUMN = re.compile(r"[A-Z]{1,3}")
_WITH_WORDS = re.compile(r"""["'!]""")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook.

    Attributes:
        entry: The element of the workbook that names it.
        part: Name of the part that holds its cells.
        tree: The root of that part.
    """

    number: int
    entry: etree._Element
    part: str
    tree: etree._Element

    @property
    def is_hidden(self) -> bool:
        """Tell whether the sheet is not shown."""
        return attribute(self.entry, "state") in ("hidden", "veryHidden")


def sheets_of(parts: Parts) -> list[Sheet]:
    """Return the sheets of a workbook in their order."""
    targets = {key: target for key, _, target in identified_relations(parts.main, parts)}
    entries = child(parts.trees[parts.main], "x:sheets")
    sheets = []
    for number, entry in enumerate(() if entries is None else entries, start=1):
        part = targets.get(attribute(entry, "r:id") or "", "")
        if part in parts.trees:
            sheets.append(Sheet(number, entry, part, parts.trees[part]))
    return sheets


def sheet_strands(sheet: Sheet, look: Look, workbook: str) -> Iterator[Strand]:
    """Yield a sheet's name and its cells, row by row, and then the texts of its formulas."""
    at = f"sheet {sheet.number}"
    name = Piece(attribute(sheet.entry, "name") or "", sheet.entry, "name")
    yield _named(SegmentKind.SHEET, "names of sheets", Place(at, part=workbook), name, sheet)
    data = child(sheet.tree, "x:sheetData")
    hidden = _hidden_columns(sheet.tree)
    for row in () if data is None else data:
        yield from _row(row, sheet, look, hidden)
    yield from _formulas(sheet)


@dataclass(frozen=True, slots=True)
class Shown:
    """A sheet, and which of its cells are shown: all but those of some rows and columns."""

    sheet: Sheet
    rows: frozenset[str]
    columns: list[range]

    def has(self, reference: str) -> bool:
        """Tell whether the cell of this reference is shown."""
        row = reference.lstrip(_CAPITALS)
        is_hidden = self.sheet.is_hidden or row in self.rows
        return not is_hidden and not _is_in(_column_number(reference, 0), self.columns)


def commented_sheets(parts: Parts) -> dict[str, Shown]:
    """Return for each part of comments the sheet that they stand on."""
    return {
        target: _shown(sheet)
        for sheet in sheets_of(parts)
        for _, kind, target in identified_relations(sheet.part, parts)
        if kind in _COMMENT_KINDS
    }


def _shown(sheet: Sheet) -> Shown:
    data = child(sheet.tree, "x:sheetData")
    rows = enumerate(() if data is None else data, start=1)
    hidden = frozenset(attribute(r, "r") or str(n) for n, r in rows if attribute(r, "hidden") in _TRUE)
    return Shown(sheet, hidden, _hidden_columns(sheet.tree))


def _named(kind: SegmentKind, group: str, place: Place, piece: Piece, sheet: Sheet) -> Strand:
    if sheet.is_hidden:
        return Strand(SegmentKind.HIDDEN, HIDDEN_CELLS, place, [piece])
    return Strand(kind, group, place, [piece], body=True, gap="\n\n")


def _row(row: etree._Element, sheet: Sheet, look: Look, hidden: list[range]) -> Iterator[Strand]:
    gap = "\n"
    is_hidden = sheet.is_hidden or attribute(row, "hidden") in _TRUE
    for number, cell in enumerate(row, start=1):
        text = look.shown(cell) if name_of(cell) == "x:c" else ""
        if not text:
            continue
        reference = attribute(cell, "r") or f"number {number}"
        place = Place(f"sheet {sheet.number}, cell {reference}", part=sheet.part)
        piece = Piece(text, cell, NODE)
        if is_hidden or _is_in(_column_number(reference, number), hidden):
            yield Strand(SegmentKind.HIDDEN, HIDDEN_CELLS, place, [piece])
        else:
            yield Strand(SegmentKind.TABLE_CELL, "cells", place, [piece], body=True, gap=gap)
            gap = " | "


def _hidden_columns(tree: etree._Element) -> list[range]:
    columns = child(tree, "x:cols")
    return [
        range(whole_number(attribute(c, "min")) or 0, (whole_number(attribute(c, "max")) or 0) + 1)
        for c in (() if columns is None else columns)
        if attribute(c, "hidden") in _TRUE
    ]


def _is_in(number: int, ranges: list[range]) -> bool:
    return any(number in one for one in ranges)


def _column_number(reference: str, otherwise: int) -> int:
    letters = _COLUMN.match(reference)
    if letters is None:
        return otherwise
    number = 0
    for letter in letters[0]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _formulas(sheet: Sheet) -> Iterator[Strand]:
    """Yield the formulas that hold words of their own or name other sheets, each once."""
    known: dict[str, Strand] = {}
    for formula in sheet.tree.iter("{*}f"):
        text = formula.text or ""
        if not _WITH_WORDS.search(text):
            continue
        place = Place(f"formulas of sheet {sheet.number}", part=sheet.part)
        strand = known.setdefault(text, Strand(SegmentKind.FIELD, "formulas", place))
        (strand.copies if strand.pieces else strand.pieces).append(Piece(text, formula, TEXT))
    yield from known.values()
