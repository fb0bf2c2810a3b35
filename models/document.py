"""A document as text: its segments in reading order, each with its place in the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from models.text import Span


class SegmentKind(StrEnum):
    """What kind of place in a file a text was found in."""

    TEXT = "text"
    PAGE = "page"
    PARAGRAPH = "paragraph"
    TABLE_CELL = "table_cell"
    HEADER = "header"
    FOOTER = "footer"
    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"
    TEXT_BOX = "text_box"
    COMMENT = "comment"
    AUTHOR = "author"
    INSERTION = "insertion"
    DELETION = "deletion"
    HIDDEN = "hidden"
    FIELD = "field"
    FORM_VALUE = "form_value"
    ANNOTATION = "annotation"
    BOOKMARK = "bookmark"
    LINK = "link"
    ATTACHMENT = "attachment"
    ALT_TEXT = "alt_text"
    PROPERTY = "property"
    FILE_NAME = "file_name"
    IMAGE_TEXT = "image_text"
    CHART = "chart"
    SCRIPT = "script"
    MAIL_HEADER = "mail_header"
    SHEET = "sheet"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the file a text stands.

    Attributes:
        name: The place in plain words, such as "page 3" or "table 1, row 2, column 1".
        page: Page number counted from 1, for files that have pages.
        part: The part of a package (`word/comments.xml`) or other inner name.
    """

    name: str
    page: int | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class LineBox:
    """Where a word of a text read from a picture stands on its page; a line, where words have no box.

    Attributes:
        start: Offset of its first character in the text that it is of; `end` that after its last.
        left: Left edge as a part (0 to 1) of the page's width; `right` likewise.
        top: Upper edge as a part of the page's height, from above; `bottom` likewise.
    """

    start: int
    end: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Origin:
    """What a text was in the file inside the file that it was read from.

    Attributes:
        is_body: Whether it was part of that file's own text.
    """

    kind: SegmentKind
    place: Place
    is_body: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """One place in a document that holds text. Its text is raw: as the file has it.

    Attributes:
        id: Unique within the document ("s1", "s2" ...), in reading order.
        gap: For a body segment, what stands between it and the body segment before it
            in the document text. It belongs to no segment.
        start: Offset of the segment's first character in the document text (code
            points), or None for a segment outside the body.
        boxes: For a text read from a picture, where its words stand; else empty.
        origins: For a text of a file inside the file, what it was there, and in each file further
            inside.
    """

    id: str
    kind: SegmentKind
    place: Place
    text: str
    start: int | None = None
    gap: str = "\n"
    boxes: tuple[LineBox, ...] = ()
    origins: tuple[Origin, ...] = ()


@dataclass(frozen=True)
class Document:
    """An upload's text, segment by segment. Immutable; offsets never move.

    Attributes:
        encoding: How the bytes of a plain-text file were read, else None.
    """

    segments: tuple[Segment, ...]
    encoding: str | None = None

    @cached_property
    def text(self) -> str:
        """The document text: the body segments joined in reading order."""
        pieces: list[str] = []
        for segment in self.body:
            if segment.start:
                pieces.append(segment.gap)
            pieces.append(segment.text)
        return "".join(pieces)

    @cached_property
    def body(self) -> tuple[Segment, ...]:
        """The segments that make up the document text, in reading order."""
        return tuple(s for s in self.segments if s.start is not None)

    @cached_property
    def by_id(self) -> dict[str, Segment]:
        """The segments by their id."""
        return {s.id: s for s in self.segments}

    def in_text(self, segment_id: str, span: Span) -> Span | None:
        """Return where a span of a segment lies in the document text, if it does."""
        start = self.by_id[segment_id].start
        return None if start is None else span.shifted(start)


@dataclass(frozen=True, slots=True)
class Found:
    """A text on its way into a document: a segment before it has an id and an offset.

    Attributes:
        untrusted_file: A file inside the file (a picture, an attachment) that is still to
            be read in turn by the extract stage. Then `text` is its name, or empty.
    """

    kind: SegmentKind
    place: Place
    text: str
    body: bool = False
    gap: str = "\n"
    boxes: tuple[LineBox, ...] = ()
    origins: tuple[Origin, ...] = ()
    untrusted_file: bytes | None = field(default=None, repr=False)


def assemble(found: list[Found], encoding: str | None = None) -> Document:
    """Number the texts found in a file and lay out the document text.

    Empty texts are left out: they hold no word, and the ledger has counted them.
    """
    segments: list[Segment] = []
    at: int | None = None
    for item in found:
        if not item.text:
            continue
        start = None
        if item.body:
            start = 0 if at is None else at + len(item.gap)
            at = start + len(item.text)
        number = f"s{len(segments) + 1}"
        segments.append(
            Segment(number, item.kind, item.place, item.text, start, item.gap, item.boxes, item.origins)
        )
    return Document(tuple(segments), encoding)
