"""The text of WordprocessingML in reading order: paragraphs, tables, text boxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from models.document import Place, SegmentKind
from pipeline.ooxml import attribute, child, is_on, name_of
from pipeline.readers.docx_line import PROPERTIES, REMOVED, Channel, Line, is_showing_placeholder
from pipeline.readers.docx_placeholders import is_placeholder
from pipeline.readers.strands import Piece, Strand

_SIDE = {
    Channel.HIDDEN: (SegmentKind.HIDDEN, "hidden text"),
    Channel.DELETED: (SegmentKind.DELETION, "deleted text in tracked changes"),
    Channel.FIELD: (SegmentKind.FIELD, "field codes"),
    Channel.PLACEHOLDER: (SegmentKind.FIELD, "unfilled form fields"),
    Channel.DRAWING: (SegmentKind.TEXT_BOX, "words in drawings"),
}
"""What a paragraph's other texts are called, beside the one that a reader sees."""


_BETWEEN = (
    *("w:bookmark", "w:commentRange", "w:perm", "w:proofErr", "w:moveFromRange", "w:moveToRange"),
    *("w:customXmlInsRange", "w:customXmlDelRange", "w:customXmlMove", "#other"),
)
"""How the names begin of what may stand between two paragraphs and is none."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where in the file a run of blocks stands, and what its texts are called.

    Attributes:
        group: The kind of place, as the ledger counts it.
        inside: The place of everything within, where it has one ("footnote 3").
    """

    kind: SegmentKind
    group: str
    body: bool
    part: str
    inside: str = ""
    channel: Channel = Channel.TEXT

    def within(self, what: str) -> Setting:
        """Return the same setting one place further in."""
        return replace(self, inside=f"{self.inside}, {what}" if self.inside else what)


@dataclass(slots=True)
class Blocks:
    """A walk over blocks that numbers what it meets and remembers what it has read.

    Attributes:
        hidden_styles: Ids of the styles whose text is hidden.
        seen: Elements whose text is accounted for.
        placeholders: How many placeholder texts of templates were left out.
    """

    hidden_styles: frozenset[str] = frozenset()
    seen: set[etree._Element] = field(default_factory=set)
    placeholders: int = 0
    _numbers: dict[str, int] = field(default_factory=dict)
    _running_on: dict[etree._Element, Strand] = field(default_factory=dict)

    def walk(self, container: etree._Element, setting: Setting) -> Iterator[Strand]:
        """Yield the texts of the blocks in a container, in reading order."""
        for block in container:
            name = name_of(block)
            if name == "w:p":
                yield from self._paragraph(block, setting)
            elif name == "w:tbl":
                yield from self._table(block, setting)
            elif name == "mc:AlternateContent":
                yield from self._alternatives(list(block), setting)
            elif name not in PROPERTIES:
                yield from self.walk(block, replace(setting, channel=_channel_in(block, setting.channel)))

    def number(self, what: str) -> str:
        """Give the next thing of a kind its number ("table 2")."""
        self._numbers[what] = self._numbers.get(what, 0) + 1
        return f"{what} {self._numbers[what]}"

    def _paragraph(self, paragraph: etree._Element, setting: Setting) -> Iterator[Strand]:
        """Yield a paragraph's texts; where it goes on in the line before, its words join that strand."""
        at = setting.inside or self.number("paragraph")
        begun = self._running_on.pop(paragraph, None)
        for strand in self._line(paragraph, at, setting):
            is_own = strand.place.name == at and strand.group == setting.group
            if is_own and begun is not None:
                begun.pieces += strand.pieces
                continue
            begun = strand if is_own else begun
            yield strand
        following = joined_to(paragraph)
        if following is not None and begun is not None:
            self._running_on[following] = begun

    def _line(self, element: etree._Element, at: str, setting: Setting) -> Iterator[Strand]:
        line = Line(self.hidden_styles, self.seen)
        line.gather(element, setting.channel)
        said: list[str] = []
        for strand in self._strands(line, at, setting):
            said.append(strand.text)
            yield strand
        for older in line.older_copies:
            copy = replace(setting, body=False, inside=f"{at}, older copy")
            strands = list(self._line(older, copy.inside, copy))
            yield from (s for s in strands if s.text not in said)

    def _strands(self, line: Line, at: str, setting: Setting) -> Iterator[Strand]:
        place = Place(at, part=setting.part)
        for channel, pieces in line.pieces.items():
            if self._is_left_out(channel, pieces):
                continue
            kind, group = _SIDE.get(channel, (setting.kind, setting.group))
            yield Strand(kind, group, place, pieces, setting.body and channel is Channel.TEXT)
        for box, channel in line.boxes:
            yield from self._box(box, replace(setting, channel=channel))

    def _is_left_out(self, channel: Channel, pieces: list[Piece]) -> bool:
        can_be = channel in (Channel.TEXT, Channel.PLACEHOLDER)
        is_left_out = can_be and is_placeholder("".join(p.text for p in pieces))
        self.placeholders += is_left_out
        return is_left_out

    def _box(self, box: etree._Element, setting: Setting) -> Iterator[Strand]:
        is_text = setting.kind in (SegmentKind.PARAGRAPH, SegmentKind.TABLE_CELL)
        named = replace(setting, kind=SegmentKind.TEXT_BOX, group="text boxes") if is_text else setting
        outer = "" if is_text else setting.inside
        yield from self.walk(box, replace(named, inside=outer).within(self.number("text box")))

    def _alternatives(self, alternatives: list[etree._Element], setting: Setting) -> Iterator[Strand]:
        """Yield the first alternative, and of the others only what it does not say too."""
        said: list[str] = []
        for alternative in alternatives:
            strands = list(self.walk(alternative, setting))
            yield from (s for s in strands if not said or s.text not in said)
            said.extend(s.text for s in strands)
            setting = replace(setting, body=False)

    def _table(self, table: etree._Element, setting: Setting) -> Iterator[Strand]:
        if setting.kind is SegmentKind.PARAGRAPH:
            setting = replace(setting, kind=SegmentKind.TABLE_CELL, group="table cells")
        inside = setting.within(self.number("table") if not setting.inside else "table")
        for number, (row, channel) in enumerate(_members(table, "w:tr", setting.channel), start=1):
            yield from self._row(row, replace(inside, channel=channel).within(f"row {number}"))

    def _row(self, row: etree._Element, setting: Setting) -> Iterator[Strand]:
        has_text = False
        for number, (cell, channel) in enumerate(_members(row, "w:tc", setting.channel), start=1):
            is_next = has_text
            for strand in self.walk(cell, replace(setting, channel=channel).within(f"column {number}")):
                if strand.body and strand.text:
                    strand.gap = " | " if is_next else strand.gap
                    is_next, has_text = False, True
                yield strand


def joined_to(paragraph: etree._Element) -> etree._Element | None:
    """Return the paragraph that goes on in the line of this one, whose end a tracked change takes away."""
    properties = child(paragraph, "w:pPr")
    of_end = None if properties is None else child(properties, "w:rPr")
    if properties is None or of_end is None or child(properties, "w:sectPr") is not None:
        return None
    if not any(name_of(mark) in REMOVED for mark in of_end):
        return None
    following = (f for f in paragraph.itersiblings() if not name_of(f).startswith(_BETWEEN))
    first = next(following, None)
    return first if first is not None and name_of(first) == "w:p" else None


def _members(
    container: etree._Element, wanted: str, channel: Channel
) -> Iterator[tuple[etree._Element, Channel]]:
    """Yield the rows of a table or the cells of a row, through whatever is wrapped around them."""
    for element in container:
        name = name_of(element)
        if name == wanted:
            yield element, _member_channel(element, channel)
        elif name not in PROPERTIES:
            yield from _members(element, wanted, _channel_in(element, channel))


def _member_channel(member: etree._Element, channel: Channel) -> Channel:
    properties = child(member, "w:trPr")
    if properties is None:
        properties = child(member, "w:tcPr")
    if properties is None:
        return channel
    if any(name_of(p) in ("w:del", "w:cellDel") for p in properties):
        return Channel.DELETED
    return Channel.HIDDEN if is_on(properties, "w:hidden") else channel


def _channel_in(block: etree._Element, channel: Channel) -> Channel:
    if name_of(block) in REMOVED:
        return Channel.DELETED
    return Channel.PLACEHOLDER if is_showing_placeholder(block) else channel


def hidden_styles_of(styles: etree._Element) -> frozenset[str]:
    """Return the ids of the styles whose text is hidden, by themselves or by what they build on."""
    hidden: set[str] = set()
    bases: dict[str, str] = {}
    for style in styles:
        style_id = attribute(style, "w:styleId") or ""
        base = child(style, "w:basedOn")
        bases[style_id] = "" if base is None else attribute(base, "w:val") or ""
        if is_on(child(style, "w:rPr"), "w:vanish"):
            hidden.add(style_id)
    while more := {s for s, base in bases.items() if base in hidden} - hidden:
        hidden |= more
    return frozenset(hidden)
