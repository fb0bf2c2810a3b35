"""DOCX (and DOCM, DOTX): a walk over every part of the package, each told by its root element."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from models.document import Found, Place, SegmentKind
from models.ledger import LedgerLine, LedgerState, ObjectKind
from models.upload import Received
from pipeline.limits import Limits
from pipeline.ooxml import attribute, name_of
from pipeline.package import DamagedPartError, Package, open_package
from pipeline.readers.docx_blocks import Blocks, Setting, hidden_styles_of
from pipeline.readers.docx_marks import leftovers, marks
from pipeline.readers.docx_parts import is_read_as_xml, opaque_parts, part_strands
from pipeline.readers.strands import Piece, Strand, account
from pipeline.refusals import Refusal
from pipeline.untrusted_xml import MalformedXmlError, is_xml, parse_xml

_BODY = Setting(SegmentKind.PARAGRAPH, "paragraphs", body=True, part="")
_SETTINGS: dict[str, tuple[Setting, str]] = {
    "w:footnotes": (Setting(SegmentKind.FOOTNOTE, "footnotes", body=True, part=""), "footnote"),
    "w:endnotes": (Setting(SegmentKind.ENDNOTE, "endnotes", body=True, part=""), "endnote"),
    "w:hdr": (Setting(SegmentKind.HEADER, "headers", body=False, part=""), "header"),
    "w:ftr": (Setting(SegmentKind.FOOTER, "footers", body=False, part=""), "footer"),
    "w:comments": (Setting(SegmentKind.COMMENT, "comments", body=False, part=""), "comment"),
    "w:glossaryDocument": (
        Setting(SegmentKind.OTHER, "building blocks of the template", body=False, part=""),
        "building block",
    ),
    "w:document": (Setting(SegmentKind.OTHER, "further documents", body=False, part=""), "further document"),
}
"""Parts made of blocks, by root element: what their texts are, and what each place is called."""

_ONE_PLACE = frozenset({"w:hdr", "w:ftr", "w:document"})
_STOCK_NAME = re.compile(
    r"(\[Content_Types\]|document|styles|stylesWithEffects|settings|webSettings|fontTable|theme|numbering"
    r"|header|footer|footnotes|endnotes|comments(Extended|Extensible|Ids)?|people|core(-properties)?|app"
    r"|custom|item|itemProps|image|oleObject|Microsoft_[A-Za-z_\d-]+|hdphoto|thumbnail|chart|style|colors"
    r"|data|layout|quickStyle|drawing|media|afchunk|activeX|vbaProject|vbaData|printerSettings|font|sig(-[\da-f-]+)?"
    r"|origin|workbook|sheet|sharedStrings|documenttasks|(keyMapC|c)ustomizations|attachedToolbars)?\d*\.\w+(\.rels)?",
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


def read_docx(received: Received, limits: Limits) -> tuple[list[Found], list[LedgerLine]]:
    """Read every part of a Word file.

    Raises:
        DocumentError: If the package or its main part is damaged, or a part has a DOCTYPE.
    """
    package = open_package(received.untrusted_bytes, limits)
    parts = open_parts(package)
    blocks = Blocks(_hidden_styles(parts))
    strands = [*docx_strands(parts, blocks), *_package_strands(package)]
    files, others = opaque_parts(parts.opaque)
    lines = [*account(strands), *_tracked_insertions(parts), *others, *_unread(parts, package)]
    if blocks.placeholders:
        group = "unfilled form fields"
        lines.append(LedgerLine(SegmentKind.FIELD, group, blocks.placeholders, LedgerState.EMPTY))
    return [*(strand.found() for strand in strands), *files], lines


def open_parts(package: Package) -> Parts:
    """Unpack a Word file's parts and parse those that are XML.

    Raises:
        DocumentError: If the main part cannot be read.
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
    parts.main = _main_part(parts)
    return parts


def _main_part(parts: Parts) -> str:
    relations = parts.trees.get("_rels/.rels")
    for relation in () if relations is None else relations:
        target = (attribute(relation, "Target") or "").lstrip("/")
        is_main = (attribute(relation, "Type") or "").endswith("/officeDocument")
        if is_main and _is_document(parts.trees.get(target)):
            return target
    raise Refusal.DAMAGED.error()


def _is_document(root: etree._Element | None) -> bool:
    return root is not None and name_of(root) == "w:document"


def docx_strands(parts: Parts, blocks: Blocks) -> Iterator[Strand]:
    """Yield every text of a Word file: the body in reading order, then all that is not body."""
    rest: list[Strand] = []
    main = parts.trees[parts.main]
    yield from _bodies_first(blocks.walk(main, replace(_BODY, part=parts.main)), rest)
    for root in _SETTINGS:
        for name, tree in parts.trees.items():
            if name_of(tree) == root and name != parts.main:
                yield from _bodies_first(_blocks_of(tree, name, blocks), rest)
    yield from rest
    for name, tree in parts.trees.items():
        yield from _beside_blocks(name, tree, blocks)


def _bodies_first(strands: Iterator[Strand], rest: list[Strand]) -> Iterator[Strand]:
    for strand in strands:
        if strand.body:
            yield strand
        else:
            rest.append(strand)


def _blocks_of(tree: etree._Element, name: str, blocks: Blocks) -> Iterator[Strand]:
    setting, word = _SETTINGS[name_of(tree)]
    setting = replace(setting, part=name)
    if name_of(tree) in _ONE_PLACE:
        yield from blocks.walk(tree, setting.within(blocks.number(word)))
        return
    for item in tree:
        yield from blocks.walk(item, setting.within(blocks.number(word)))


def _beside_blocks(name: str, tree: etree._Element, blocks: Blocks) -> Iterator[Strand]:
    if name_of(tree).startswith(("w:", "w15:")):
        yield from marks(tree, name)
        yield from leftovers(tree, name, blocks.seen)
    else:
        yield from part_strands(tree, name)
        if name_of(tree).startswith(("c:", "cx:", "dgm:", "dsp:", "a:")):
            yield from marks(tree, name)


def _package_strands(package: Package) -> Iterator[Strand]:
    own = [n.rpartition("/")[2] for n in package.names]
    own = [n for n in own if not _STOCK_NAME.fullmatch(n)]
    for group, texts in (("comments of the package", package.comments), ("names of the files inside", own)):
        if texts:
            yield Strand(SegmentKind.OTHER, group, Place(group), [Piece("\n".join(texts))])


def _hidden_styles(parts: Parts) -> frozenset[str]:
    styles = (hidden_styles_of(t) for t in parts.trees.values() if name_of(t) == "w:styles")
    return frozenset().union(*styles)


def _tracked_insertions(parts: Parts) -> Iterator[LedgerLine]:
    names = Counter(name_of(e) for t in parts.trees.values() for e in t.iter(etree.Element))
    if count := names["w:ins"] + names["w:moveTo"]:
        yield LedgerLine(
            SegmentKind.INSERTION, "tracked insertions, read in their place", count, LedgerState.READ
        )


def _unread(parts: Parts, package: Package) -> Iterator[LedgerLine]:
    unknown, state = ObjectKind.UNKNOWN_PART, LedgerState.NOT_READ
    if parts.damaged:
        yield LedgerLine(unknown, "damaged parts", len(parts.damaged), state, "they could not be opened")
    if package.has_loose_bytes:
        yield LedgerLine(unknown, "bytes that belong to no part", 1, state, "not read")
