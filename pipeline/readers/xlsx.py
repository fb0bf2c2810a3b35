"""XLSX (and XLSM, XLTX): every sheet, shown or hidden, and every part beside the cells."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from models.document import Found, Place, SegmentKind
from models.ledger import LedgerLine
from models.upload import Received
from pipeline.limits import Limits
from pipeline.ooxml import attribute, name_of, whole_number
from pipeline.package import open_package
from pipeline.readers.office_marks import marks, texts
from pipeline.readers.office_package import Parts, loose_strands, open_office, unread_lines
from pipeline.readers.office_parts import opaque_parts, part_strands
from pipeline.readers.strands import TEXT, Piece, Strand, account
from pipeline.readers.xlsx_cells import HIDDEN_CELLS, Shown, commented_sheets, sheet_strands, sheets_of
from pipeline.readers.xlsx_headers import header_strands, is_of_header
from pipeline.readers.xlsx_values import look_of

_CELL_TEXT = frozenset({"x:v", "x:f", "x:t"})
_KEYWORD_PARTS = frozenset({"x:calcChain", "x:styleSheet", "x:sst"})
_MARKED_PARTS = frozenset(
    {"x:worksheet", "x:chartsheet", "x:dialogsheet", "x:workbook", "x:styleSheet", "x:table", "xml"}
)


def read_xlsx(received: Received, limits: Limits) -> tuple[list[Found], list[LedgerLine]]:
    """Read every part of a workbook.

    Raises:
        DocumentError: If the package or its main part is damaged, or a part has a DOCTYPE.
    """
    package = open_package(received.untrusted_bytes, limits)
    parts = open_office(package, "x:workbook")
    strands = [*xlsx_strands(parts), *loose_strands(package)]
    files, others = opaque_parts(parts.opaque)
    lines = [*account(strands), *others, *unread_lines(parts, package)]
    return [*(strand.found() for strand in strands), *files], lines


def xlsx_strands(parts: Parts) -> Iterator[Strand]:
    """Yield every text of a workbook: the cells that are shown, then all that is not body."""
    look = look_of(parts.trees[parts.main], _part(parts, "x:sst"), _part(parts, "x:styleSheet"))
    strands = [s for sheet in sheets_of(parts) for s in sheet_strands(sheet, look, parts.main)]
    yield from (s for s in strands if s.body)
    yield from (s for s in strands if not s.body)
    yield from _unshown_strings(parts)
    sheets = commented_sheets(parts)
    for name, tree in parts.trees.items():
        yield from _beside_cells(name, tree, sheets.get(name))


def _part(parts: Parts, root: str) -> etree._Element | None:
    return next((tree for tree in parts.trees.values() if name_of(tree) == root), None)


def _unshown_strings(parts: Parts) -> Iterator[Strand]:
    """Yield the strings that no cell shows any more, and the reading aids beside strings."""
    strings = _part(parts, "x:sst")
    shown = {
        whole_number(cell.findtext("{*}v"))
        for sheet in sheets_of(parts)
        for cell in sheet.tree.iter("{*}c")
        if attribute(cell, "t") == "s"
    }
    for number, string in enumerate(() if strings is None else strings):
        runs = [Piece(t.text, t, TEXT) for t in string.iter("{*}t") if t.text]
        aids = [p for p in runs if p.node is not None and _is_reading_aid(p.node)]
        for group, pieces in (
            ("strings that no cell shows", [] if number in shown else [p for p in runs if p not in aids]),
            ("reading aids", aids),
        ):
            if pieces:
                yield Strand(SegmentKind.OTHER, group, Place(group), pieces)


def _is_reading_aid(text: etree._Element) -> bool:
    parent = text.getparent()
    return parent is not None and name_of(parent) == "x:rPh"


def _beside_cells(part: str, tree: etree._Element, sheet: Shown | None) -> Iterator[Strand]:
    name = name_of(tree)
    if name in _MARKED_PARTS or name.startswith(("c:", "cx:", "a:", "xdr:")):
        yield from marks(tree, part)
    if name == "x:comments":
        yield from _comments(tree, part, sheet)
    elif name == "xtc:ThreadedComments":
        yield from _threads(tree, part, sheet)
    elif name == "xtc:personList":
        yield from _people(tree, part)
    elif name in _MARKED_PARTS:
        yield from _leftovers(tree, part)
    elif name not in _KEYWORD_PARTS:
        yield from part_strands(tree, part)


def _comments(tree: etree._Element, part: str, sheet: Shown | None) -> Iterator[Strand]:
    for author in tree.iter("{*}author"):
        yield _one(SegmentKind.AUTHOR, "authors of comments", part, Piece(author.text or "", author))
    for comment in tree.iter("{*}comment"):
        yield _comment(comment, [Piece(t.text, t, TEXT) for t in comment.iter("{*}t") if t.text], part, sheet)


def _threads(tree: etree._Element, part: str, sheet: Shown | None) -> Iterator[Strand]:
    for text in tree.iter("{*}text"):
        yield _comment(text.getparent(), [Piece(text.text or "", text)], part, sheet)


def _comment(comment: etree._Element | None, pieces: list[Piece], part: str, sheet: Shown | None) -> Strand:
    """Return a comment; one on a cell that nobody sees is as hidden as the cell."""
    reference = "" if comment is None else attribute(comment, "ref") or ""
    on_cell = f"comment on cell {reference}".strip()
    place = Place(on_cell if sheet is None else f"sheet {sheet.sheet.number}, {on_cell}", part=part)
    if sheet is None or not sheet.has(reference):
        return Strand(SegmentKind.HIDDEN, HIDDEN_CELLS, place, pieces)
    return Strand(SegmentKind.COMMENT, "comments", place, pieces)


def _people(tree: etree._Element, part: str) -> Iterator[Strand]:
    for person in tree:
        for key in ("displayName", "userId"):
            yield _one(
                SegmentKind.AUTHOR, "authors of comments", part, Piece(person.get(key, ""), person, key)
            )


def _leftovers(tree: etree._Element, part: str) -> Iterator[Strand]:
    yield from header_strands(tree, part)
    for piece in texts(tree):
        if piece.node is None or is_of_header(piece):
            continue
        if piece.slot != TEXT or name_of(piece.node) not in _CELL_TEXT:
            yield _one(SegmentKind.OTHER, "names, rules and lists of the workbook", part, piece)


def _one(kind: SegmentKind, group: str, part: str, piece: Piece) -> Strand:
    return Strand(kind, group, Place(group, part=part), [piece])
