"""The other parts of an Office package: properties, charts, custom XML, links, things not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from lxml import etree

from models.document import Place, SegmentKind
from models.ledger import LedgerLine, LedgerState, ObjectKind
from pipeline.ooxml import attribute, name_of
from pipeline.readers.docx_marks import texts
from pipeline.readers.strands import Piece, Strand

_PROPERTY_ROOTS = {
    "cp:coreProperties": "document properties",
    "ep:Properties": "program properties",
    "op:Properties": "custom properties",
}
_CHART_ROOTS = {"c:chartSpace": "charts", "cx:chartSpace": "charts"}
_SMART_ART_ROOTS = {"dgm:dataModel": "SmartArt", "dsp:drawing": "SmartArt", "?:drawing": "SmartArt"}
_PARAGRAPHS = frozenset({"a:p", "w:p"})
_SCHEMA_VALUE = re.compile(r"[\d.:TZ+-]*|true|false|(Microsoft|LibreOffice|OpenOffice)[^@]{0,60}")
_PROGRAM_FIELDS = re.compile(
    r"ep:(?!Company|Manager|HyperlinkBase|Template|TitlesOfParts|HLinks).*"
    r"|cp:(revision|lastPrinted|version)|dcterms:(created|modified)"
)
_NUMBERS = frozenset({"c:numCache", "c:numLit"})
_FONT = (".odttf", ".ttf", ".fntdata")

_NOT_YET: tuple[tuple[re.Pattern[str], ObjectKind, str, str], ...] = (
    (
        re.compile(r"(?i)docProps/thumbnail\."),
        ObjectKind.IMAGE,
        "preview picture",
        "its words are not read",
    ),
    (
        re.compile(r"(?i)\.(png|jpe?g|jpe|gif|bmp|tiff?|emf|wmf|emz|wmz|svg|pict?|pcx|webp|ico|wdp)$"),
        ObjectKind.IMAGE,
        "pictures",
        "their words are not read",
    ),
    (re.compile(r"(?i)(^|/)_xmlsignatures/"), ObjectKind.SIGNATURE, "signatures", "not read"),
    (re.compile(r"(?i)vba|macro"), ObjectKind.MACRO, "macros", "program code is not read"),
    (re.compile(r"(?i)afchunk|altchunk"), ObjectKind.EMBEDDED_FILE, "inserted files", "not read"),
    (re.compile(r"(?i)(^|/)(embeddings|activeX)/"), ObjectKind.EMBEDDED_FILE, "embedded files", "not read"),
    (re.compile(r"(?i)(^|/)media/"), ObjectKind.EMBEDDED_FILE, "sounds and films", "not read"),
)
"""Parts by their name: what they are, what the ledger calls them, why they are not read."""


def unread_part(name: str, count: int = 1) -> LedgerLine:
    """Return the ledger line of a part that is not XML, or not XML that holds plain text."""
    if PurePosixPath(name).suffix.lower() in _FONT:
        return LedgerLine(ObjectKind.UNKNOWN_PART, "embedded fonts", count, LedgerState.EMPTY)
    for pattern, kind, place, reason in _NOT_YET:
        if pattern.search(name):
            return LedgerLine(kind, place, count, LedgerState.NOT_READ, reason)
    return LedgerLine(
        ObjectKind.UNKNOWN_PART, "parts of an unknown kind", count, LedgerState.NOT_READ, "not read"
    )


def is_read_as_xml(name: str) -> bool:
    """Tell whether an XML part's text is worth reading: a signature's and a macro's is not plain."""
    return unread_part(name).kind not in (ObjectKind.SIGNATURE, ObjectKind.MACRO)


def part_strands(root: etree._Element, part: str) -> Iterator[Strand]:
    """Yield the texts of a part that is not WordprocessingML."""
    name = name_of(root)
    if name == "rel:Relationships":
        yield from _outward_links(root, part)
    elif name in _PROPERTY_ROOTS:
        yield from _properties(root, part, _PROPERTY_ROOTS[name])
    elif name in _CHART_ROOTS or name in _SMART_ART_ROOTS:
        group = (_CHART_ROOTS | _SMART_ART_ROOTS)[name]
        yield from _lines(root, Strand(SegmentKind.CHART, group, Place(group, part=part)))
    elif not name.startswith(("ct:", "a:", "ds:")):
        custom = Strand(SegmentKind.OTHER, "custom XML", Place("custom XML", part=part))
        custom.pieces = [p for value in _attributes(root) for p in (value, Piece("\n"))]
        yield from _lines(root, custom)


def _outward_links(root: etree._Element, part: str) -> Iterator[Strand]:
    known: dict[str, Strand] = {}
    for relation in root:
        target = attribute(relation, "Target") or ""
        if attribute(relation, "TargetMode") != "External" or not target:
            continue
        strand = known.setdefault(
            target, Strand(SegmentKind.LINK, "link targets and tips", Place("link target", part=part))
        )
        (strand.copies if strand.pieces else strand.pieces).append(Piece(target, relation, "Target"))
    yield from known.values()


def _properties(root: etree._Element, part: str, group: str) -> Iterator[Strand]:
    for piece in texts(root):
        element = piece.node
        if element is None or (_is_program_value(_top(element, root), piece.text)):
            continue
        yield Strand(SegmentKind.PROPERTY, group, Place(group, part=part), [piece])
    for element in root:
        if name := attribute(element, "name"):
            yield Strand(SegmentKind.PROPERTY, group, Place(group, part=part), [Piece(name, element, "name")])


def _is_program_value(top: etree._Element, text: str) -> bool:
    return bool(_PROGRAM_FIELDS.fullmatch(name_of(top)) and _SCHEMA_VALUE.fullmatch(text.strip()))


def _top(element: etree._Element, root: etree._Element) -> etree._Element:
    while (parent := element.getparent()) is not None and parent is not root:
        element = parent
    return element


def _lines(root: etree._Element, strand: Strand) -> Iterator[Strand]:
    """Yield all text of a part as one strand, one line a paragraph."""
    line: etree._Element | None = None
    for piece in texts(root):
        if piece.node is None or _is_cached_number(piece.node, piece.text):
            continue
        paragraph = next((a for a in piece.node.iterancestors() if name_of(a) in _PARAGRAPHS), piece.node)
        if strand.pieces and paragraph is not line:
            strand.pieces.append(Piece("\n"))
        line = paragraph
        strand.pieces.append(piece)
    if strand.pieces:
        yield strand


def _is_cached_number(node: etree._Element, text: str) -> bool:
    if name_of(node) == "c:formatCode":
        return True
    is_number = text.strip().lstrip("-").replace(".", "", 1).isdigit()
    return is_number and any(name_of(a) in _NUMBERS for a in node.iterancestors())


def _attributes(root: etree._Element) -> Iterator[Piece]:
    for element in root.iter(etree.Element):
        for key, value in element.attrib.items():
            if str(value).strip() and not str(value).startswith(("http://schemas.", "{")):
                yield Piece(str(value), element, str(key))
