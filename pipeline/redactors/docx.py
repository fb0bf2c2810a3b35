"""Redact a Word file: words out of every part, formatting kept, all that is not needed dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from models.document import Document, SegmentKind
from models.redaction import Redaction
from models.upload import Received
from pipeline.limits import Limits
from pipeline.ooxml import name_of
from pipeline.package import open_package
from pipeline.readers.docx import docx_strands, hidden_styles
from pipeline.readers.docx_blocks import Blocks
from pipeline.readers.office_package import open_office
from pipeline.readers.office_parts import PICTURE, part_kind
from pipeline.redactors.docx_accept import settle
from pipeline.redactors.docx_rules import KEPT_ROOTS, PLAIN_MAIN
from pipeline.redactors.docx_styles import rename_styles
from pipeline.redactors.docx_verify import verify_docx
from pipeline.redactors.office_write import NewPackage, write_package
from pipeline.redactors.picture import blank_picture, safe_picture
from pipeline.redactors.strand_edit import Edit, apply_edit, edits
from pipeline.verify import NotRedactedError, by_segment, gone


def redact_docx(received: Received, document: Document, redaction: Redaction, limits: Limits) -> bytes:
    """Make a copy of a Word file without the words that a redaction removes.

    Tracked changes are accepted, deleted and hidden words left out. Properties, authors,
    macros, embedded files and templates' parts are dropped; pictures are packed anew.

    Returns:
        The copy, a plain .docx. It was read again by readers of its own, and none of the
        removed words was found in it where they were removed.

    Raises:
        NotRedactedError: No copy could be made of which that is true.
    """
    parts = open_office(open_package(received.untrusted_bytes, limits), "w:document")
    styles = hidden_styles(parts)
    made = edits(docx_strands(parts, Blocks(styles)), document, redaction)
    for number, edit in enumerate(made, start=1):
        apply_edit(edit, number)
    new = NewPackage(parts.main, PLAIN_MAIN, parts.trees)
    for name, tree in parts.trees.items():
        if name_of(tree) in KEPT_ROOTS and (name_of(tree) != "w:document" or name == parts.main):
            settle(tree, styles, _touched(made))
            new.trees[name] = tree
    rename_styles(new.trees.values())
    pictures = Pictures(document, redaction, limits)
    new.pictures |= {n: pictures.safe(n, c) for n, c in parts.opaque.items() if part_kind(n) is PICTURE}
    copy = write_package(new)
    expected = "\n".join(edit.expected for edit in made)
    leaks = verify_docx(copy, expected, gone(document, redaction), limits)
    if leaks:
        raise NotRedactedError(leaks)
    return copy


def _touched(made: Sequence[Edit]) -> set[etree._Element]:
    """Return the field codes in which something was replaced."""
    changed = (e.strand for e in made if e.replacements and e.segment.kind is SegmentKind.FIELD)
    return {p.node for s in changed for p in (*s.pieces, *s.copies) if p.node is not None}


@dataclass(frozen=True)
class Pictures:
    """The pictures of a document, made safe one by one."""

    document: Document
    redaction: Redaction
    limits: Limits

    def safe(self, part: str, untrusted: bytes) -> bytes:
        """Return a picture without what is to be removed; a grey one where that cannot be made sure."""
        segments = [
            s for s in self.document.segments if s.kind is SegmentKind.IMAGE_TEXT and s.place.part == part
        ]
        removed = gone(self.document, self.redaction)
        safe = safe_picture(untrusted, segments, by_segment(self.redaction), removed, self.limits)
        return safe or blank_picture(untrusted, self.limits)
