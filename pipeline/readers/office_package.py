"""An Office package taken apart: its XML parts as trees, the others as bytes, and what is loose."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from models.document import Place, SegmentKind
from models.ledger import LedgerLine, LedgerState, ObjectKind
from pipeline.ooxml import attribute, name_of
from pipeline.package import DamagedPartError, Package
from pipeline.readers.drawing import MANY_SHAPES
from pipeline.readers.office_parts import is_read_as_xml
from pipeline.readers.strands import Piece, Strand
from pipeline.refusals import Refusal
from pipeline.untrusted_xml import MalformedXmlError, is_xml, parse_xml

_INK = "http://www.w3.org/2003/InkML"
_SVG = "http://www.w3.org/2000/svg"
_SVG_SHAPES = tuple(f"{{{_SVG}}}{shape}" for shape in ("path", "polygon", "polyline"))
_PACKED_PICTURE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}binData"

_STOCK_NAME = re.compile(
    r"(\[Content_Types\]|document|styles|stylesWithEffects|settings|webSettings|fontTable|theme|numbering"
    r"|header|footer|footnotes|endnotes|comments(Extended|Extensible|Ids)?|people|core(-properties)?|app"
    r"|custom|item|itemProps|image|oleObject|Microsoft_[A-Za-z_\d-]+|hdphoto|thumbnail|chart|style|colors"
    r"|data|layout|quickStyle|drawing|media|afchunk|activeX|vbaProject|vbaData|printerSettings|font|sig(-[\da-f-]+)?"
    r"|origin|workbook|sheet|sharedStrings|documenttasks|(keyMapC|c)ustomizations|attachedToolbars"
    r"|content|meta|manifest|[0-9A-F]{16,})?\d*\.\w+(\.rels)?|mimetype|layout-cache|Object \d+",
    re.IGNORECASE,
)
"""Names that programs give to parts. A name that a person gave can tell who that person is."""


@dataclass(slots=True)
class Parts:
    """The parts of a package: those that are XML as trees, the others as bytes.

    Attributes:
        main: Name of the part that is the document itself.
    """

    main: str
    trees: dict[str, etree._Element]
    damaged: list[str] = field(default_factory=list)
    opaque: dict[str, bytes] = field(default_factory=dict)


def open_office(package: Package, root: str) -> Parts:
    """Unpack the parts of an Office file and find its main part.

    Args:
        package: The package.
        root: The root element that its main part must have ("w:document").

    Raises:
        DocumentError: If the main part cannot be read.
    """
    parts = open_parts(package)
    parts.main = _main_part(parts, root)
    return parts


def open_parts(package: Package) -> Parts:
    """Unpack the parts of a package and parse those that are XML.

    Raises:
        DocumentError: If one of them has a DOCTYPE.
    """
    parts = Parts("", {})
    for name in package.names:
        try:
            content = package.read(name)
            if is_xml(content) and is_read_as_xml(name):
                parts.trees[name] = parse_xml(content)
            elif content:
                parts.opaque[name] = content
        except (DamagedPartError, MalformedXmlError):
            parts.damaged.append(name)
    return parts


def _main_part(parts: Parts, root: str) -> str:
    for kind, target in relations_of("", parts):
        if kind == "officeDocument" and target in parts.trees and name_of(parts.trees[target]) == root:
            return target
    raise Refusal.DAMAGED.error()


def relations_of(part: str, parts: Parts) -> Iterator[tuple[str, str]]:
    """Yield what a part is related to inside the package: the kind of relation, and the other part."""
    yield from ((kind, target) for _, kind, target in identified_relations(part, parts))


def identified_relations(part: str, parts: Parts) -> Iterator[tuple[str, str, str]]:
    """Yield the same with the id by which the part's own XML names the relation."""
    folder, _, name = part.rpartition("/")
    relations = parts.trees.get(posixpath.join(folder, "_rels", f"{name}.rels"))
    for relation in () if relations is None else relations:
        target = attribute(relation, "Target") or ""
        if attribute(relation, "TargetMode") != "External":
            kind = (attribute(relation, "Type") or "").rpartition("/")[2]
            inner = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            yield attribute(relation, "Id") or "", kind, inner


def is_stock_name(part: str) -> bool:
    """Tell whether a part's name was given by a program."""
    return bool(_STOCK_NAME.fullmatch(part.rpartition("/")[2]))


def loose_strands(package: Package) -> Iterator[Strand]:
    """Yield what a package says outside its parts: comments, and names that a person chose."""
    own = [n.rpartition("/")[2] for n in package.names if not is_stock_name(n)]
    for group, texts in (("comments of the package", package.comments), ("names of the files inside", own)):
        if texts:
            yield Strand(SegmentKind.OTHER, group, Place(group), [Piece("\n".join(texts))])


def _drawn_lines(parts: Parts) -> Iterator[LedgerLine]:
    """Yield the ledger lines of what is drawn in XML: handwriting, and what may be letters in drawings."""
    roots = [etree.QName(tree) for tree in parts.trees.values()]
    state = LedgerState.NOT_READ
    if written := sum(root.namespace == _INK for root in roots):
        yield LedgerLine(ObjectKind.SIGNATURE, "handwriting", written, state, "a person must look at it")
    drawings = [t for t, root in zip(parts.trees.values(), roots, strict=True) if root.namespace == _SVG]
    shapes = sum(sum(1 for _ in t.iter(*_SVG_SHAPES)) >= MANY_SHAPES for t in drawings)
    pictures = sum(any(True for _ in t.iter(f"{{{_SVG}}}image")) for t in drawings)
    packed = sum(1 for t in parts.trees.values() for _ in t.iter(_PACKED_PICTURE))
    for count, reason in (
        (shapes, "shapes in a drawing may be letters"),
        (pictures, "a picture in a drawing was not read"),
        (packed, "a picture packed in an old way was not read"),
    ):
        if count:
            yield LedgerLine(ObjectKind.IMAGE, "drawings", count, state, reason)


def unread_lines(parts: Parts, package: Package) -> Iterator[LedgerLine]:
    """Yield the ledger lines of parts that could not be opened, and of bytes that are no part's."""
    unknown, state = ObjectKind.UNKNOWN_PART, LedgerState.NOT_READ
    if parts.damaged:
        yield LedgerLine(unknown, "damaged parts", len(parts.damaged), state, "they could not be opened")
    yield from _drawn_lines(parts)
    if package.has_loose_bytes:
        yield LedgerLine(unknown, "bytes that belong to no part", 1, state, "not read")
