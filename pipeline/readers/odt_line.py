"""One paragraph of OpenDocument text, gathered into the texts that it holds."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from models.document import SegmentKind
from pipeline.odf import odf_attribute, odf_name
from pipeline.ooxml import whole_number
from pipeline.readers.strands import NODE, TAIL, TEXT, Piece

_SIGNS = {"text:tab": "\t", "text:line-break": "\n"}
_MOST_SPACES = 1000
_SIDES = {
    "office:annotation": SegmentKind.COMMENT,
    "text:hidden-text": SegmentKind.HIDDEN,
    "text:hidden-paragraph": SegmentKind.HIDDEN,
    "text:placeholder": SegmentKind.FIELD,
    "text:script": SegmentKind.SCRIPT,
    "svg:title": SegmentKind.ALT_TEXT,
    "svg:desc": SegmentKind.ALT_TEXT,
}
_UNSEEN = frozenset({"text:note-citation", "office:annotation-end"})
_HOLDS_BLOCKS = frozenset({"draw:text-box", "text:note", "office:annotation"})
_SHAPES = frozenset(
    {
        "draw:custom-shape",
        "draw:rect",
        "draw:ellipse",
        "draw:circle",
        "draw:line",
        "draw:polygon",
        "draw:path",
    }
)


@dataclass(slots=True)
class OdtLine:
    """The texts of one paragraph.

    Attributes:
        hidden_styles: Names of the styles whose text is hidden.
        seen: Texts that are accounted for, each as its node and slot; the line adds its own.
        pieces: What is seen.
        sides: What is not part of the sentence: hidden text, prompts, descriptions.
        blocks: Elements with paragraphs of their own: boxes, shapes, notes, comments.
    """

    hidden_styles: frozenset[str]
    seen: set[tuple[etree._Element, str]]
    pieces: list[Piece] = field(default_factory=list)
    sides: list[tuple[SegmentKind, Piece]] = field(default_factory=list)
    blocks: list[etree._Element] = field(default_factory=list)

    def gather(self, element: etree._Element, side: SegmentKind | None = None) -> None:
        """Take up an element's text and what stands in it."""
        self._say(element.text, element, TEXT, side)
        for node in element:
            name = odf_name(node)
            if name in _HOLDS_BLOCKS or name in _SHAPES:
                self.blocks.append(node)
            elif name == "text:s":
                count = whole_number(odf_attribute(node, "text:c")) or 1
                self._add(Piece(" " * min(count, _MOST_SPACES), node, NODE), side)
            elif name in _SIGNS:
                self._add(Piece(_SIGNS[name], node, NODE), side)
            elif name in _UNSEEN or name == "#other":
                pass
            else:
                self.gather(node, side or self._side(node, name))
            self._say(node.tail, node, TAIL, side)

    def _side(self, node: etree._Element, name: str) -> SegmentKind | None:
        if odf_attribute(node, "text:style-name") in self.hidden_styles:
            return SegmentKind.HIDDEN
        return _SIDES.get(name)

    def _say(self, text: str | None, node: etree._Element, slot: str, side: SegmentKind | None) -> None:
        if text:
            self.seen.add((node, slot))
            self._add(Piece(" ".join(text.split("\n")), node, slot), side)

    def _add(self, piece: Piece, side: SegmentKind | None) -> None:
        if side is None:
            self.pieces.append(piece)
        else:
            self.sides.append((side, piece))
