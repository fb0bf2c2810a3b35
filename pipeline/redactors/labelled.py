"""Texts with labels in place of what is removed, letter by letter as a copy has them."""

from __future__ import annotations

from collections.abc import Iterable

from models.document import Document, Segment
from models.redaction import Redaction, Replacement
from pipeline.verify import by_segment, surviving


def labelled(segment: Segment, replacements: Iterable[Replacement]) -> str:
    """Return a segment's text with its labels."""
    return surviving(segment, replacements, gap="")


def part_of(redaction: Redaction, document: Document) -> Redaction:
    """Return what a redaction does to a part of what it was made for.

    Args:
        redaction: Of the whole.
        document: The part; its segments have the ids that they have in the whole.
    """
    grouped = by_segment(redaction)
    texts = [(s.gap if s.start else "") + labelled(s, grouped.get(s.id, ())) for s in document.body]
    replacements = tuple(r for r in redaction.replacements if r.segment in document.by_id)
    return Redaction("".join(texts), replacements)
