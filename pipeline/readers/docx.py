"""DOCX (and DOCM, DOTX): a walk over every part of the package, each told by its root element."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from models.document import Found, SegmentKind
from models.ledger import LedgerLine, LedgerState
from models.upload import Received
from pipeline.limits import Limits
from pipeline.ooxml import name_of
from pipeline.package import open_package
from pipeline.readers.docx_blocks import Blocks, Setting, hidden_styles_of
from pipeline.readers.office_marks import leftovers, marks
from pipeline.readers.office_package import Parts, loose_strands, open_office, unread_lines
from pipeline.readers.office_parts import opaque_parts, part_strands
from pipeline.readers.strands import Strand, account

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


def read_docx(received: Received, limits: Limits) -> tuple[list[Found], list[LedgerLine]]:
    """Read every part of a Word file.

    Raises:
        DocumentError: If the package or its main part is damaged, or a part has a DOCTYPE.
    """
    package = open_package(received.untrusted_bytes, limits)
    parts = open_office(package, "w:document")
    blocks = Blocks(hidden_styles(parts))
    strands = [*docx_strands(parts, blocks), *loose_strands(package)]
    files, others = opaque_parts(parts.opaque)
    lines = [*account(strands), *_tracked_insertions(parts), *others, *unread_lines(parts, package)]
    if blocks.placeholders:
        group = "unfilled form fields"
        lines.append(LedgerLine(SegmentKind.FIELD, group, blocks.placeholders, LedgerState.EMPTY))
    return [*(strand.found() for strand in strands), *files], lines


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


def hidden_styles(parts: Parts) -> frozenset[str]:
    """Return the ids of the styles whose text is hidden."""
    styles = (hidden_styles_of(t) for t in parts.trees.values() if name_of(t) == "w:styles")
    return frozenset().union(*styles)


def _tracked_insertions(parts: Parts) -> Iterator[LedgerLine]:
    names = Counter(name_of(e) for t in parts.trees.values() for e in t.iter(etree.Element))
    if count := names["w:ins"] + names["w:moveTo"]:
        yield LedgerLine(
            SegmentKind.INSERTION, "tracked insertions, read in their place", count, LedgerState.READ
        )
