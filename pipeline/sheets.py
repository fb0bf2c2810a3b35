"""Sheets: the texts of a document that are checked as one, and the way back to its segments."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models.document import Document, Segment, SegmentKind
from models.findings import Finding
from models.text import Span
from pipeline.claims import Claim
from pipeline.normalise import Normal, normalise


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text that is checked as one: the document text, or a segment outside it.

    Attributes:
        normal: The text made readable.
        segments: The segments it is made of, in order.
        kind: Of the one segment outside the body, or None for the document text.
    """

    normal: Normal
    segments: tuple[Segment, ...]
    kind: SegmentKind | None = None

    @property
    def text(self) -> str:
        """The readable text."""
        return self.normal.text

    def names(self, claims: Iterable[Claim]) -> Iterator[str]:
        """Give the words of claims as they are written."""
        return (self.text[claim.start : claim.end] for claim in claims)

    def is_between(self, at: int) -> bool:
        """Tell whether a character of the text stands between two segments, in neither."""
        raw = self.normal.raw(at, at + 1).start
        last = bisect_right(self.segments, raw, key=lambda s: s.start or 0) - 1
        return raw >= _end(self.segments[last])

    def findings(self, claims: Iterable[Claim]) -> Iterator[Finding]:
        """Bring claims back to the raw text of the segments, cut where a segment ends."""
        at = 0
        for claim in claims:
            raw = self.normal.raw(claim.start, claim.end)
            while at < len(self.segments) - 1 and _end(self.segments[at]) <= raw.start:
                at += 1
            for number in range(at, len(self.segments)):
                if (self.segments[number].start or 0) >= raw.end:
                    break
                yield from _finding(claim, raw, self.segments[number])


def _end(segment: Segment) -> int:
    return (segment.start or 0) + len(segment.text)


def _finding(claim: Claim, raw: Span, segment: Segment) -> Iterator[Finding]:
    """Give what lies of a claim in one segment, if anything but space does."""
    first = segment.start or 0
    start, end = max(raw.start, first) - first, min(raw.end, _end(segment)) - first
    words = segment.text[max(start, 0) : max(end, 0)]
    if not words.strip():
        return
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    yield Finding(
        segment=segment.id,
        span=Span(start, end),
        entity_type=claim.entity_type,
        score=claim.score,
        recognizer=claim.recognizer,
        role=claim.role,
        person=claim.person,
        look_alike=claim.look_alike,
        role_score=claim.role_score,
        other_roles=claim.other_roles,
    )


def sheets_of(document: Document) -> tuple[Sheet, ...]:
    """Lay out the texts to check: the document text first, then each segment outside it."""
    body = (Sheet(normalise(document.text), document.body),) if document.body else ()
    outside = (Sheet(normalise(s.text), (s,), s.kind) for s in document.segments if s.start is None)
    return (*body, *outside)
