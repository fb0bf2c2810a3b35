"""Files inside files: attachments and pictures, read in turn like any upload, so deep and so many."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from models.document import Document, Found, Origin, Place, Segment, SegmentKind, assemble
from models.errors import DocumentError
from models.ledger import LedgerLine, LedgerState, ObjectKind
from models.upload import Received, Upload
from pipeline.intake import intake
from pipeline.limits import Limits

Texts = tuple[list[Found], list[LedgerLine]]

_NUMBER = re.compile(r"(?<=\bpicture) \d+$")


@dataclass(slots=True)
class Inside:
    """The reading of one upload with everything in it.

    Attributes:
        read_one: Reads one file, without the files inside it.
        files: How many inner files were met so far.
    """

    limits: Limits
    read_one: Callable[[Received], Texts]
    files: int = 0

    def read(self, received: Received) -> Texts:
        """Read a file and all files in it.

        Raises:
            DocumentError: If the file itself is refused. An inner file that is refused is
                a place that was not read.
        """
        found, lines = self._read(received, 0)
        return found, list(_merged(lines))

    def _read(self, received: Received, depth: int) -> Texts:
        found, lines = self.read_one(received)
        kept: list[Found] = []
        for item in found:
            if item.untrusted_file is None:
                kept.append(item)
                continue
            if item.text:
                kept.append(replace(item, untrusted_file=None))
            inner_found, inner_lines = self._inner(item, item.untrusted_file, depth + 1)
            kept += inner_found
            lines += inner_lines
        return kept, lines

    def _inner(self, item: Found, untrusted: bytes, depth: int) -> Texts:
        self.files += 1
        if depth > self.limits.inner_depth or self.files > self.limits.inner_files:
            return [], [_unread(item, "too many files stand inside one another")]
        name = item.text or PurePosixPath(item.place.part or "").name
        try:
            found, lines = self._read(intake(Upload(name, untrusted), self.limits), depth)
        except DocumentError as error:
            return [], [_unread(item, error.reason.message)]
        return [_moved(item, inner) for inner in found], [_told(item, line) for line in lines]


def _is_picture(item: Found) -> bool:
    return item.kind is SegmentKind.IMAGE_TEXT


def _unread(item: Found, reason: str) -> LedgerLine:
    kind = ObjectKind.IMAGE if _is_picture(item) else ObjectKind.EMBEDDED_FILE
    return LedgerLine(kind, item.place.name, 1, LedgerState.NOT_READ, reason)


def _moved(item: Found, inner: Found) -> Found:
    """Say of a text in an inner file where it stands in the whole."""
    name = item.place.name if _is_picture(item) else f"{item.place.name}: {inner.place.name}"
    kind = SegmentKind.ATTACHMENT if inner.body and not _is_picture(item) else inner.kind
    place = Place(name, item.place.page, item.place.part)
    origins = (Origin(inner.kind, inner.place, inner.body), *inner.origins)
    return replace(inner, kind=kind, body=False, place=place, origins=origins)


def document_inside(document: Document, place: str) -> Document:
    """Return the document that a file inside another is when it is read by itself.

    Args:
        document: The whole.
        place: Where the file stands in it, such as "attachment 1"; no picture.

    Returns:
        Its texts as they were moved into the whole, and with the ids that they have there.
        Empty where nothing was read in it.
    """
    moved = [s for s in document.segments if s.origins and s.place.name.startswith(f"{place}: ")]
    alone = assemble([_as_it_was(segment) for segment in moved]).segments
    return Document(tuple(replace(one, id=s.id) for one, s in zip(alone, moved, strict=True)))


def _as_it_was(moved: Segment) -> Found:
    origin, *further = moved.origins
    return Found(
        origin.kind, origin.place, moved.text, origin.is_body, moved.gap, moved.boxes, tuple(further)
    )


def _told(item: Found, line: LedgerLine) -> LedgerLine:
    place = item.place.name if _is_picture(item) else f"{item.place.name}: {line.place}"
    return replace(line, place=place, page=None)


def _merged(lines: Iterable[LedgerLine]) -> Iterable[LedgerLine]:
    """Make one line of those that say the same of "picture 1", "picture 2" and so on."""
    alike: dict[LedgerLine, list[LedgerLine]] = {}
    for line in lines:
        key = replace(line, place=_NUMBER.sub("s", line.place), count=0)
        alike.setdefault(key, []).append(line)
    for key, members in alike.items():
        is_single = len(members) == 1
        yield members[0] if is_single else replace(key, count=sum(m.count for m in members))
