"""Change the nodes that a strand was read from: take words out, and put labels in their place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

from models.document import Document, Segment, SegmentKind
from models.redaction import Redaction, Replacement
from pipeline.ooxml import name_of
from pipeline.readers.strands import NODE, TAIL, TEXT, Piece, Strand
from pipeline.verify import Leak, NotRedactedError, by_segment, surviving

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_KEEPS_SPACES = frozenset({"w:t", "w:instrText", "x:t"})
ELSEWHERE = "https://redacted.invalid/"
"""What stands in place of a link target that names somebody: part of an address is none."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A strand, the segment that was made of it, and what is to be replaced in it."""

    strand: Strand
    segment: Segment
    replacements: tuple[Replacement, ...]

    @property
    def expected(self) -> str:
        """What may still stand in the copy, in every node that holds the text."""
        text = surviving(self.segment, self.replacements)
        return "\n".join([text] * (1 + len(self.strand.copies)))


def edits(strands: Iterable[Strand], document: Document, redaction: Redaction) -> list[Edit]:
    """Pair every strand with its segment and its replacements.

    Raises:
        NotRedactedError: If the strands are not those that the document was made of.
    """
    grouped = by_segment(redaction)
    told = [strand for strand in strands if strand.text]
    if len(told) > len(document.segments):
        raise NotRedactedError((Leak("order of the text"),))
    pairs = list(zip(told, document.segments, strict=False))
    if any(strand.text != segment.text for strand, segment in pairs):
        raise NotRedactedError((Leak("order of the text"),))
    return [Edit(strand, segment, tuple(grouped.get(segment.id, ()))) for strand, segment in pairs]


def apply_edit(edit: Edit, number: int) -> None:
    """Carry out an edit in the tree, on every node that holds the same text.

    Args:
        edit: The edit; one without replacements changes nothing.
        number: Makes the neutral names of bookmarks differ.
    """
    if not edit.replacements:
        return
    whole = _whole(edit.segment.kind, number)
    for pieces in (edit.strand.pieces, *([copy] for copy in edit.strand.copies)):
        if whole is None:
            _rewrite(pieces, edit.replacements)
        else:
            for piece in pieces:
                _write(piece, whole)


def _whole(kind: SegmentKind, number: int) -> str | None:
    """Return what replaces a text as a whole, for kinds of which a part makes no sense."""
    wholes = {SegmentKind.LINK: ELSEWHERE, SegmentKind.BOOKMARK: f"mark{number}"}
    return wholes.get(kind)


def _rewrite(pieces: Sequence[Piece], replacements: Sequence[Replacement]) -> None:
    """Put each label where its words began, and take the words out of every piece they stood in."""
    given: set[Replacement] = set()
    at = 0
    for piece in pieces:
        end = at + len(piece.text)
        touching = [r for r in replacements if r.span.start < end and at < r.span.end]
        if touching and piece.node is not None:
            _change(piece, at, touching, given)
        at = end


def _change(piece: Piece, at: int, touching: Sequence[Replacement], given: set[Replacement]) -> None:
    if piece.slot == NODE:
        _remove(piece.node)
        return
    kept: list[str] = []
    done = 0
    for replacement in sorted(touching, key=lambda r: r.span):
        start = max(replacement.span.start - at, done)
        kept.append(piece.text[done:start])
        if replacement not in given:
            kept.append(replacement.label)
            given.add(replacement)
        done = max(done, min(replacement.span.end - at, len(piece.text)))
    _write(piece, "".join([*kept, piece.text[done:]]))


def _write(piece: Piece, text: str) -> None:
    if piece.node is None:
        return
    if piece.slot == TEXT:
        piece.node.text = text
        if name_of(piece.node) in _KEEPS_SPACES:
            piece.node.set(_SPACE, "preserve")
    elif piece.slot == TAIL:
        piece.node.tail = text
    elif piece.slot != NODE:
        piece.node.set(piece.slot, text)


def _remove(node: etree._Element | None) -> None:
    if node is not None:
        drop(node)


def drop(node: etree._Element) -> None:
    """Take an element out of its tree, and leave the text behind it where it stands."""
    parent = node.getparent()
    if parent is None:
        return
    if node.tail:
        before = node.getprevious()
        if before is None:
            parent.text = (parent.text or "") + node.tail
        else:
            before.tail = (before.tail or "") + node.tail
    parent.remove(node)


def unwrap(node: etree._Element) -> None:
    """Put an element's children in its place."""
    parent = node.getparent()
    if parent is None:
        return
    at = parent.index(node)
    for offset, child in enumerate(list(node)):
        parent.insert(at + offset, child)
    drop(node)
