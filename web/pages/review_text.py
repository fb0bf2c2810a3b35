"""A document's text for the desk: paragraph by paragraph, its findings masked until they are opened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from models.document import Segment, SegmentKind
from models.findings import Finding, Role
from models.results import Results
from models.text import Span
from rules.display import Display
from storage.review_reveals import Sight
from storage.review_view import Looked

PART = 7_000
"""Characters of text on one page, about."""

AROUND = 90
"""Characters shown on either side of the finding at hand."""

_PARAGRAPH = re.compile(r"[^\n]*\n?")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, plain or masked.

    Attributes:
        text: Empty where it is masked.
        finding: Id of the finding that stands here; empty in plain text.
        label: What it is; `about`, whose, where that is known.
        is_first: Whether the finding begins here: it may go on in the next paragraph.
    """

    text: str
    finding: str = ""
    label: str = ""
    about: str = ""
    number: int = 0
    verdict: str = ""
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph as shown.

    Attributes:
        place: A heading for it where its place is another than that before, else empty.
        is_body: Whether it is of the document's own text, not of a header, a property or the like.
    """

    place: str
    is_body: bool
    pieces: tuple[Piece, ...]
    size: int

    def holds(self, finding: str) -> bool:
        """Tell whether a finding begins in it."""
        return any(p.finding == finding and p.is_first for p in self.pieces)


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding in its segment, or several that overlap: the first stands for all."""

    span: Span
    looked: Looked
    is_open: bool


class MaskedText:
    """A document's text with everything masked that a reviewer has not opened."""

    def __init__(self, results: Results, findings: Sequence[Looked], sight: Sight, display: Display) -> None:
        self._results, self._display = results, display
        self._marks: dict[str, list[Mark]] = {}
        for looked in sorted(findings, key=lambda f: f.judgement.finding.span):
            self._take(looked, is_open=sight.shows(looked.id))

    def parts(self) -> list[tuple[Block, ...]]:
        """Return the text in parts that fit on a page, in reading order."""
        parts: list[list[Block]] = [[]]
        size = 0
        for block in self._blocks():
            if parts[-1] and size + block.size > PART:
                parts.append([])
                size = 0
            parts[-1].append(block)
            size += block.size
        return [tuple(part) for part in parts]

    def around(self, finding: Finding) -> tuple[Piece, ...]:
        """Return what stands around a finding, others near it masked; it begins and ends with whole words."""
        segment = self._results.document.by_id[finding.segment]
        start, end = self._stretch(segment, finding.span)
        before = (Piece("\u2026 "),) if start else ()
        after = (Piece(" \u2026"),) if end < len(segment.text) else ()
        return (*before, *self._pieces(segment, start, end), *after)

    def _stretch(self, segment: Segment, span: Span) -> tuple[int, int]:
        """Say where the words around a finding begin and end: at a space, and within no other finding."""
        start, end = max(0, span.start - AROUND), min(len(segment.text), span.end + AROUND)
        if start:
            start = next((m.end() for m in _SPACE.finditer(segment.text, start - 1, span.start)), span.start)
        if end < len(segment.text):
            end = max((m.start() for m in _SPACE.finditer(segment.text, span.end, end + 1)), default=span.end)
        for mark in self._near(segment, start, end):
            start, end = min(start, mark.span.start), max(end, mark.span.end)
        return start, end

    def _take(self, looked: Looked, *, is_open: bool) -> None:
        """Note a finding; one that overlaps the one before widens it, and both must be open to be seen."""
        finding = looked.judgement.finding
        marks = self._marks.setdefault(finding.segment, [])
        if marks and marks[-1].span.overlaps(finding.span):
            last = marks.pop()
            span = Span(last.span.start, max(last.span.end, finding.span.end))
            marks.append(Mark(span, last.looked, last.is_open and is_open))
        else:
            marks.append(Mark(finding.span, looked, is_open))

    def _blocks(self) -> Iterator[Block]:
        place = ""
        for segment in self._results.document.segments:
            is_body = segment.start is not None
            heading = "" if is_body and segment.kind is not SegmentKind.PAGE else segment.place.name
            for match in _PARAGRAPH.finditer(segment.text):
                if match.group().strip():
                    shown = heading if heading != place else ""
                    place = heading or place
                    pieces = tuple(self._pieces(segment, *match.span()))
                    yield Block(shown, is_body, pieces, len(match.group()))

    def _pieces(self, segment: Segment, start: int, end: int) -> Iterator[Piece]:
        at = start
        for mark in self._near(segment, start, end):
            if mark.span.start > at:
                yield Piece(segment.text[at : mark.span.start])
            yield self._piece(segment, mark, max(mark.span.start, start), min(mark.span.end, end))
            at = min(mark.span.end, end)
        if at < end:
            yield Piece(segment.text[at:end].rstrip("\n"))

    def _near(self, segment: Segment, start: int, end: int) -> Iterable[Mark]:
        return (m for m in self._marks.get(segment.id, ()) if m.span.start < end and start < m.span.end)

    def _piece(self, segment: Segment, mark: Mark, start: int, end: int) -> Piece:
        found = mark.looked.judgement.finding
        return Piece(
            text=segment.text[start:end] if mark.is_open else "",
            finding=mark.looked.id,
            label=self._display.types[found.entity_type],
            about="" if found.role is Role.UNKNOWN else self._display.roles[found.role],
            number=mark.looked.number,
            verdict=mark.looked.judgement.verdict,
            is_first=start == mark.span.start,
        )
