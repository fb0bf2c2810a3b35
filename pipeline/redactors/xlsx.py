"""Redact a workbook: a copy of what its sheets show, in their look, and of nothing else.

Formulas become their results, comments go to a sheet of their own, and what else stands
beside the cells - drawings, tables, pivots, rules, names, links, properties - is left out,
with hidden sheets, rows and columns.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from itertools import chain, count

from lxml import etree

from models.document import Document, SegmentKind
from models.redaction import Redaction
from models.upload import FileKind, Received
from pipeline.limits import Limits
from pipeline.ooxml import attribute, child, name_of, short, whole_number
from pipeline.package import open_package
from pipeline.readers.office_package import Parts, open_office
from pipeline.readers.xlsx import read_xlsx, xlsx_strands
from pipeline.readers.xlsx_cells import Sheet, Shown, commented_sheets, sheets_of
from pipeline.readers.xlsx_headers import merge_headers
from pipeline.redactors.labelled import labelled
from pipeline.redactors.office_verify import verify_office
from pipeline.redactors.office_write import NewPackage, write_package
from pipeline.redactors.strand_edit import Edit, apply_edit, drop, edits
from pipeline.verify import NotRedactedError, gone

_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_KEPT_IN_SHEET = frozenset(
    {
        *(
            "x:sheetPr",
            "x:dimension",
            "x:sheetViews",
            "x:sheetFormatPr",
            "x:cols",
            "x:sheetData",
            "x:mergeCells",
        ),
        *("x:printOptions", "x:pageMargins", "x:pageSetup", "x:headerFooter"),
    }
)
_KEPT_IN_STYLES = frozenset(
    {"x:numFmts", "x:fonts", "x:fills", "x:borders", "x:cellStyleXfs", "x:cellXfs", "x:dxfs"}
)
_KEPT_IN_BOOK = frozenset({"x:workbookPr", "x:sheets", "x:calcPr"})
_LITERAL_TEXT = re.compile(r'"[^"]*"|\\.')
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_LONGEST_SHEET_NAME = 31
_COMMENTS = "Comments"
_COMMENTS_PART, _COMMENTS_ID = "xl/worksheets/comments of the copy.xml", "rIdComments"


def redact_xlsx(received: Received, document: Document, redaction: Redaction, limits: Limits) -> bytes:
    """Make a copy of a workbook's shown cells without the words that a redaction removes.

    Returns:
        The copy, a plain .xlsx. It was read again, and none of the removed words was found
        in it where they were removed.

    Raises:
        NotRedactedError: No copy could be made of which that is true.
    """
    parts = open_office(open_package(received.untrusted_bytes, limits), "x:workbook")
    made = edits(xlsx_strands(parts), document, redaction)
    texts = {
        edit.strand.pieces[0].node: labelled(edit.segment, edit.replacements)
        for edit in made
        if _is_shown(edit)
    }
    for number, edit in enumerate(made, start=1):
        if edit.segment.kind is SegmentKind.HEADER:
            apply_edit(edit, number)
    book = parts.trees[parts.main]
    new = NewPackage(parts.main, _MAIN_TYPE, parts.trees)
    shown = [sheet for sheet in sheets_of(parts) if not sheet.is_hidden]
    said = list(_said(made, commented_sheets(parts), [sheet.number for sheet in shown]))
    for sheet in shown:
        _rewrite_sheet(sheet, texts)
        new.trees[sheet.part] = sheet.tree
    _rewrite_book(book, shown, texts)
    new.trees[parts.main] = book
    new.trees |= _styles(parts)
    if said and shown:
        new.trees[_COMMENTS_PART] = _comment_sheet(said, book, parts)
    copy = write_package(new)
    expected = "\n".join(edit.expected for edit in made)
    removed = gone(document, redaction)
    leaks = verify_office(copy, FileKind.XLSX, expected, removed, limits, (), read_xlsx)
    if leaks:
        raise NotRedactedError(leaks)
    return copy


def _said(
    made: Iterable[Edit], sheets: Mapping[str, Shown], shown: Sequence[int]
) -> Iterator[tuple[str, str]]:
    """Yield each comment on a shown cell with its place, its sheet numbered as the copy's are."""
    for edit in made:
        if edit.segment.kind is SegmentKind.COMMENT:
            number = 1 + shown.index(sheets[edit.segment.place.part or ""].sheet.number)
            yield (
                f"sheet {number}, {edit.segment.place.name.partition(', ')[2]}",
                labelled(edit.segment, edit.replacements),
            )


def _is_shown(edit: Edit) -> bool:
    return edit.segment.kind in (SegmentKind.TABLE_CELL, SegmentKind.SHEET)


def _rewrite_sheet(sheet: Sheet, texts: Mapping[etree._Element | None, str]) -> None:
    _keep(sheet.tree, _KEPT_IN_SHEET)
    merge_headers(sheet.tree)
    _forget_code_name(sheet.tree, "x:sheetPr")
    data = child(sheet.tree, "x:sheetData")
    for row in list(() if data is None else data):
        for cell in list(row):
            if cell in texts:
                _write_cell(cell, texts[cell])
            else:
                row.remove(cell)
        if not len(row):
            drop(row)


def _write_cell(cell: etree._Element, text: str) -> None:
    """Put a text into a cell; a number that nobody touched stays one, and so keeps its look."""
    value = child(cell, "x:v")
    is_number = attribute(cell, "t") in (None, "n") and value is not None
    raw = "" if value is None else value.text or ""
    for inner in list(cell):
        cell.remove(inner)
    tag = str(cell.tag).removesuffix("c")
    if is_number and "[" not in text:
        etree.SubElement(cell, f"{tag}v").text = raw
        return
    cell.set("t", "inlineStr")
    string = etree.SubElement(etree.SubElement(cell, f"{tag}is"), f"{tag}t")
    string.text = text
    string.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _rewrite_book(
    book: etree._Element, shown: Iterable[Sheet], texts: Mapping[etree._Element | None, str]
) -> None:
    kept = {sheet.entry: name for sheet, name in _named(shown, texts)}
    _keep(book, _KEPT_IN_BOOK)
    _forget_code_name(book, "x:workbookPr")
    entries = child(book, "x:sheets")
    for entry in list(() if entries is None else entries):
        if entry in kept:
            entry.set("name", kept[entry])
        else:
            drop(entry)


def _forget_code_name(root: etree._Element, properties: str) -> None:
    """Take away the name by which a macro calls a sheet or book."""
    found = child(root, properties)
    if found is not None and "codeName" in found.attrib:
        del found.attrib["codeName"]


def _comment_sheet(said: Sequence[tuple[str, str]], book: etree._Element, parts: Parts) -> etree._Element:
    """Make a sheet of comments, each with its place, and put it last into the book.

    Their own part would need a drawing of each, which holds words of its own.
    """
    space = str(book.tag).removesuffix("workbook")
    sheet = etree.Element(f"{space}worksheet")
    rows = etree.SubElement(sheet, f"{space}sheetData")
    for place, text in said:
        row = etree.SubElement(rows, f"{space}row")
        for words in (place, text):
            _write_cell(etree.SubElement(row, f"{space}c"), words)
    _put_last(book, parts)
    return sheet


def _put_last(book: etree._Element, parts: Parts) -> None:
    """Name the sheet of comments in the book and among its relations, as its first sheet is."""
    folder, _, name = parts.main.rpartition("/")
    relations = parts.trees[posixpath.join(folder, "_rels", f"{name}.rels")]
    entries = [entry for entry in book.iter(etree.Element) if name_of(entry) == "x:sheet"]
    key = next(str(k) for k in entries[0].attrib if short(str(k)) == "r:id")
    relation = deepcopy(next(r for r in relations if attribute(r, "Id") == entries[0].get(key)))
    relation.set("Id", _COMMENTS_ID)
    relation.set("Target", f"/{_COMMENTS_PART}")
    relations.append(relation)
    entry = deepcopy(entries[-1])
    entry.set("name", _free(_COMMENTS, {(attribute(e, "name") or "").casefold() for e in entries}))
    entry.set("sheetId", str(1 + max(whole_number(attribute(e, "sheetId")) or 0 for e in entries)))
    entry.set(key, _COMMENTS_ID)
    entries[-1].addnext(entry)


def _named(
    sheets: Iterable[Sheet], texts: Mapping[etree._Element | None, str]
) -> Iterator[tuple[Sheet, str]]:
    """Yield each sheet with a name that a workbook may use, no two the same."""
    used: set[str] = set()
    for sheet in sheets:
        name = _NOT_IN_SHEET_NAME.sub("", texts.get(sheet.entry, ""))[:_LONGEST_SHEET_NAME].strip()
        if not name or name.casefold() in used:
            name = _free(f"Sheet {sheet.number}", used)
        used.add(name.casefold())
        yield sheet, name


def _free(name: str, used: Collection[str]) -> str:
    """Return a sheet's name, numbered where another sheet has it."""
    names = chain((name,), (f"{name} {number}" for number in count(2)))
    return next(free for free in names if free.casefold() not in used)


def _styles(parts: Parts) -> dict[str, etree._Element]:
    """Return the styles, without names and without words of their own in number formats."""
    found = {name: tree for name, tree in parts.trees.items() if name_of(tree) == "x:styleSheet"}
    for tree in found.values():
        _keep(tree, _KEPT_IN_STYLES)
        for number_format in [e for e in tree.iter(etree.Element) if name_of(e) == "x:numFmt"]:
            code = attribute(number_format, "formatCode") or ""
            number_format.set("formatCode", _LITERAL_TEXT.sub("", code) or "General")
    return found


def _keep(root: etree._Element, names: frozenset[str]) -> None:
    """Keep only these children of an element."""
    for inner in list(root):
        if name_of(inner) not in names:
            drop(inner)
