"""The text of OpenDocument in reading order: paragraphs, lists, tables, boxes, notes, changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from models.document import Place, SegmentKind
from pipeline.odf import odf_attribute, odf_name
from pipeline.readers.docx_placeholders import is_placeholder
from pipeline.readers.odt_line import OdtLine
from pipeline.readers.strands import TEXT, Piece, Strand

_PARAGRAPHS = frozenset({"text:p", "text:h"})
_NAMES = {
    SegmentKind.HIDDEN: "hidden text",
    SegmentKind.FIELD: "unfilled form fields",
    SegmentKind.SCRIPT: "scripts",
    SegmentKind.ALT_TEXT: "names and descriptions of pictures and tables",
    SegmentKind.DELETION: "deleted text in tracked changes",
    SegmentKind.AUTHOR: "authors of comments and changes",
    SegmentKind.COMMENT: "comments",
    SegmentKind.TEXT_BOX: "text boxes",
    SegmentKind.FOOTNOTE: "footnotes",
    SegmentKind.ENDNOTE: "endnotes",
}
_AUTHORS = frozenset({"dc:creator", "meta:creator-initials", "loext:sender-initials"})


@dataclass(frozen=True, slots=True)
class OdtSetting:
    """Where a run of blocks stands, and what its texts are called."""

    kind: SegmentKind
    group: str
    body: bool
    part: str
    inside: str = ""

    def within(self, what: str) -> OdtSetting:
        """Return the same setting one place further in."""
        return replace(self, inside=f"{self.inside}, {what}" if self.inside else what)


@dataclass(slots=True)
class OdtBlocks:
    """A walk over blocks that numbers what it meets and remembers what it has read.

    Attributes:
        notes: Foot- and endnotes met so far: they follow behind the body.
    """

    hidden_styles: frozenset[str]
    seen: set[tuple[etree._Element, str]] = field(default_factory=set)
    notes: list[Strand] = field(default_factory=list)
    _numbers: Counter[str] = field(default_factory=Counter)

    def walk(self, container: etree._Element, setting: OdtSetting) -> Iterator[Strand]:
        """Yield the texts of the blocks in a container, in reading order."""
        for block in container:
            name = odf_name(block)
            if name in _PARAGRAPHS:
                yield from self._paragraph(block, setting)
            elif name == "table:table":
                yield from self._table(block, setting)
            elif name in _AUTHORS:
                yield self._author(block, setting)
            elif name in ("text:tracked-changes", "text:deletion"):
                yield from self.walk(block, _side(setting, SegmentKind.DELETION))
            elif name in ("draw:text-box", "text:note", "office:annotation"):
                yield from self._apart(block, setting)
            else:
                yield from self.walk(block, self._setting_in(block, setting))

    def number(self, what: str) -> str:
        """Give the next thing of a kind its number ("table 2")."""
        self._numbers[what] += 1
        return f"{what} {self._numbers[what]}"

    def _setting_in(self, block: etree._Element, setting: OdtSetting) -> OdtSetting:
        is_hidden = odf_name(block) == "text:section" and odf_attribute(block, "text:display") == "none"
        return _side(setting, SegmentKind.HIDDEN) if is_hidden else setting

    def _author(self, block: etree._Element, setting: OdtSetting) -> Strand:
        self.seen.add((block, TEXT))
        name = _NAMES[SegmentKind.AUTHOR]
        return Strand(
            SegmentKind.AUTHOR, name, Place(name, part=setting.part), [Piece(block.text or "", block)]
        )

    def _paragraph(self, paragraph: etree._Element, setting: OdtSetting) -> Iterator[Strand]:
        at = setting.inside or self.number("paragraph")
        place = Place(at, part=setting.part)
        if odf_attribute(paragraph, "text:style-name") in self.hidden_styles:
            setting = _side(setting, SegmentKind.HIDDEN)
        line = OdtLine(self.hidden_styles, self.seen)
        line.gather(paragraph)
        strand = Strand(setting.kind, setting.group, place, line.pieces, setting.body)
        if not is_placeholder(strand.text):
            yield strand
        for kind, piece in line.sides:
            yield Strand(kind, _NAMES[kind], place, [piece])
        for block in line.blocks:
            yield from self._apart(block, setting)

    def _apart(self, block: etree._Element, setting: OdtSetting) -> Iterator[Strand]:
        """Yield what stands apart from the sentence: a note, a comment, a box."""
        name = odf_name(block)
        if name == "text:note":
            is_foot = odf_attribute(block, "text:note-class") != "endnote"
            kind = SegmentKind.FOOTNOTE if is_foot else SegmentKind.ENDNOTE
            inner = replace(setting, kind=kind, group=_NAMES[kind], inside=self.number(kind.value))
            self.notes += self.walk(block, inner)
        elif name == "office:annotation":
            yield from self.walk(
                block, replace(_side(setting, SegmentKind.COMMENT), inside=self.number("comment"))
            )
        else:
            is_text = setting.kind in (SegmentKind.PARAGRAPH, SegmentKind.TABLE_CELL)
            box = SegmentKind.TEXT_BOX
            named = replace(setting, kind=box, group=_NAMES[box], inside="") if is_text else setting
            yield from self.walk(block, named.within(self.number("text box")))

    def _table(self, table: etree._Element, setting: OdtSetting) -> Iterator[Strand]:
        if setting.kind is SegmentKind.PARAGRAPH:
            setting = replace(setting, kind=SegmentKind.TABLE_CELL, group="table cells")
        inside = setting.within("table" if setting.inside else self.number("table"))
        rows = (row for row in table.iter() if odf_name(row) == "table:table-row" and _table_of(row) is table)
        for number, row in enumerate(rows, start=1):
            yield from self._row(row, inside.within(f"row {number}"))

    def _row(self, row: etree._Element, setting: OdtSetting) -> Iterator[Strand]:
        has_text = False
        for number, cell in enumerate(row, start=1):
            is_next = has_text
            for strand in self.walk(cell, setting.within(f"column {number}")):
                if strand.body and strand.text:
                    strand.gap = " | " if is_next else strand.gap
                    is_next, has_text = False, True
                yield strand


def _side(setting: OdtSetting, kind: SegmentKind) -> OdtSetting:
    return replace(setting, kind=kind, group=_NAMES[kind], body=False)


def _table_of(row: etree._Element) -> etree._Element | None:
    return next((a for a in row.iterancestors() if odf_name(a) == "table:table"), None)


def hidden_odt_styles(trees: Iterator[etree._Element]) -> frozenset[str]:
    """Return the names of the styles whose text is hidden, by themselves or by what they build on."""
    hidden: set[str] = set()
    bases: dict[str, str] = {}
    for style in (s for tree in trees for s in tree.iter() if odf_name(s) == "style:style"):
        name = odf_attribute(style, "style:name") or ""
        bases[name] = odf_attribute(style, "style:parent-style-name") or ""
        if any(odf_attribute(p, "text:display") == "none" for p in style):
            hidden.add(name)
    while more := {s for s, base in bases.items() if base in hidden} - hidden:
        hidden |= more
    return frozenset(hidden)
