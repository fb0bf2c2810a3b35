"""One paragraph of WordprocessingML, gathered run by run into the texts that it holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from lxml import etree

from pipeline.ooxml import attribute, child, is_on, name_of
from pipeline.readers.strands import NODE, TEXT, Piece


class Channel(Enum):
    """Which of a paragraph's texts a run belongs to: the one that is seen, or another."""

    TEXT = auto()
    HIDDEN = auto()
    DELETED = auto()
    FIELD = auto()
    PLACEHOLDER = auto()
    DRAWING = auto()


_LEAVES = {
    "w:t": Channel.TEXT,
    "m:t": Channel.TEXT,
    "w:delText": Channel.DELETED,
    "w:instrText": Channel.FIELD,
    "w:delInstrText": Channel.DELETED,
    "a:t": Channel.DRAWING,
}
"""Elements that hold a run's text, and the channel it belongs to where nothing else says so."""

_SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
PROPERTIES = frozenset(
    {"w:pPr", "w:rPr", "w:tblPr", "w:tblGrid", "w:trPr", "w:tcPr", "w:sectPr", "w:sdtPr", "w:sdtEndPr"}
)
REMOVED = frozenset({"w:del", "w:moveFrom"})


@dataclass(slots=True)
class Line:
    """The texts of one paragraph.

    Attributes:
        hidden_styles: Ids of the styles whose text is hidden.
        seen: Elements whose text is accounted for; the line adds its own.
        pieces: The characters of each channel. The seen text comes first.
        boxes: Text boxes anchored in the paragraph, in order.
        older_copies: Second and further alternatives, for older programs.
    """

    hidden_styles: frozenset[str]
    seen: set[etree._Element]
    pieces: dict[Channel, list[Piece]] = field(default_factory=lambda: {Channel.TEXT: []})
    boxes: list[tuple[etree._Element, Channel]] = field(default_factory=list)
    older_copies: list[etree._Element] = field(default_factory=list)
    _last: Channel = Channel.TEXT
    _is_style_hidden: bool = False

    def gather(self, element: etree._Element, channel: Channel) -> None:
        """Take up everything below an element, each run into the channel it belongs to."""
        if name_of(element) == "w:p":
            self._is_style_hidden = _style(child(element, "w:pPr"), "w:pStyle") in self.hidden_styles
        for node in element:
            name = name_of(node)
            if name in _LEAVES or name in _SIGNS or name == "w:sym":
                self._add(node, name, channel)
            elif name == "w:txbxContent":
                self.boxes.append((node, channel))
            elif name == "mc:AlternateContent":
                self._gather_alternatives(list(node), channel)
            elif name not in PROPERTIES:
                self.gather(node, self._channel_in(node, name, channel))

    def _gather_alternatives(self, alternatives: list[etree._Element], channel: Channel) -> None:
        if alternatives:
            self.gather(alternatives[0], channel)
            self.older_copies.extend(alternatives[1:])

    def _channel_in(self, node: etree._Element, name: str, channel: Channel) -> Channel:
        if name in REMOVED:
            return Channel.DELETED
        if channel is Channel.TEXT and name == "w:r" and self._is_hidden(child(node, "w:rPr")):
            return Channel.HIDDEN
        return Channel.PLACEHOLDER if is_showing_placeholder(node) else channel

    def _is_hidden(self, properties: etree._Element | None) -> bool:
        if properties is not None and child(properties, "w:vanish") is not None:
            return is_on(properties, "w:vanish")
        return self._is_style_hidden or _style(properties, "w:rStyle") in self.hidden_styles

    def _add(self, node: etree._Element, name: str, channel: Channel) -> None:
        if channel is Channel.TEXT:
            channel = _LEAVES.get(name, channel)
        pieces = self.pieces.setdefault(channel, [])
        if pieces and channel is not Channel.TEXT and channel is not self._last:
            pieces.append(Piece(" "))
        if name in _LEAVES:
            pieces.append(Piece(node.text or "", node, TEXT))
            self.seen.add(node)
        else:
            pieces.append(Piece(_SIGNS.get(name) or _symbol(node), node, NODE))
        self._last = channel


def is_showing_placeholder(element: etree._Element) -> bool:
    """Tell whether an element is a content control that nobody has filled in."""
    if name_of(element) != "w:sdt":
        return False
    return is_on(child(element, "w:sdtPr"), "w:showingPlcHdr")


def _style(properties: etree._Element | None, name: str) -> str | None:
    style = None if properties is None else child(properties, name)
    return None if style is None else attribute(style, "w:val")


def _symbol(node: etree._Element) -> str:
    try:
        return chr(int(attribute(node, "w:char") or "", 16))
    except (ValueError, OverflowError):
        return "\ufffd"
