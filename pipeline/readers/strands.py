"""Strands: texts of an XML file that still know which node each character came from.

A reader turns strands into segments. A redactor walks the same strands again and changes
the nodes, so that whatever was read can also be removed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from models.document import Found, Place, SegmentKind
from models.ledger import LedgerLine, LedgerState

TEXT = "#text"
TAIL = "#tail"
NODE = "#node"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a strand and the place in the tree that holds them.

    Attributes:
        node: The element, or None for characters that stand nowhere in the file.
        slot: `TEXT`, `TAIL`, `NODE` (the element itself stands for the characters, as a
            tab does), or the name of an attribute.
    """

    text: str
    node: etree._Element | None = None
    slot: str = TEXT


@dataclass(slots=True)
class Strand:
    """One text of a file on its way to become a segment.

    Attributes:
        group: The kind of place in plain words, as the ledger counts it ("comments").
        copies: Nodes that hold the very same text, such as an author's name on each of
            his changes. They are one segment, and are redacted alike.
    """

    kind: SegmentKind
    group: str
    place: Place
    pieces: list[Piece] = field(default_factory=list)
    body: bool = False
    gap: str = "\n"
    copies: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The characters of all pieces."""
        return "".join(piece.text for piece in self.pieces)

    def found(self) -> Found:
        """Return the strand as a text that was found."""
        return Found(self.kind, self.place, self.text, self.body, self.gap)


def account(strands: Iterable[Strand]) -> list[LedgerLine]:
    """Make one ledger line for every kind of place, with how many there are."""
    counts: dict[tuple[SegmentKind, str], int] = {}
    read: set[tuple[SegmentKind, str]] = set()
    for strand in strands:
        key = (strand.kind, strand.group)
        counts[key] = counts.get(key, 0) + 1 + len(strand.copies)
        if strand.text.strip():
            read.add(key)
    return [
        LedgerLine(kind, group, count, LedgerState.READ if (kind, group) in read else LedgerState.EMPTY)
        for (kind, group), count in counts.items()
    ]
