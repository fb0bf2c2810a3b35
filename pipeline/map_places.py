"""Where a stretch of the redacted text stands in the document text, label by label."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.document import Document
from models.redaction import Redaction
from models.standards import Quote
from models.text import Span


@dataclass(frozen=True, slots=True)
class _Edge:
    """Where one replacement begins and ends, in one of the two texts."""

    start: int
    end: int


class Places:
    """A redacted text that knows where each of its words stands in the document text."""

    def __init__(self, document: Document, redaction: Redaction) -> None:
        """Line up the two texts.

        Raises:
            ValueError: If the redacted text is not the document with its replacements.
        """
        self.text = redaction.text
        self._original: list[_Edge] = []
        self._redacted: list[_Edge] = []
        pieces, at, length = [], 0, 0
        for span, label in sorted(_body_labels(document, redaction)):
            kept = document.text[at : span.start]
            pieces += [kept, label]
            length += len(kept) + len(label)
            at = span.end
            self._original.append(_Edge(span.start, span.end))
            self._redacted.append(_Edge(length - len(label), length))
        pieces.append(document.text[at:])
        if "".join(pieces) != redaction.text:
            raise ValueError("the redacted text is not the document with its replacements")

    def quote(self, span: Span) -> Quote:
        """Quote a stretch of the redacted text; a label that it cuts is quoted whole."""
        first, last = _inside(self._redacted, span.start), _inside(self._redacted, span.end - 1)
        start = span.start if first is None else self._redacted[first].start
        end = span.end if last is None else self._redacted[last].end
        original = Span(
            _move(start, self._redacted, self._original),
            _move(end - 1, self._redacted, self._original) + 1 if last is None else self._original[last].end,
        )
        return Quote(original, self.text[start:end])

    def redacted(self, span: Span) -> str | None:
        """Return what stands at a stretch of the document text after redaction.

        None where the stretch leaves the text or cuts through what was replaced.
        """
        for edge in self._original:
            if edge.start < span.start < edge.end or edge.start < span.end < edge.end:
                return None
        start = _move(span.start, self._original, self._redacted)
        end = _move(span.end - 1, self._original, self._redacted) + 1
        last = _inside(self._original, span.end - 1)
        end = end if last is None else self._redacted[last].end
        return self.text[start:end] if end <= len(self.text) else None


def _body_labels(document: Document, redaction: Redaction) -> Iterator[tuple[Span, str]]:
    """Yield what was replaced in the document text and by what."""
    for replacement in redaction.replacements:
        span = document.in_text(replacement.segment, replacement.span)
        if span is not None:
            yield span, replacement.label


def _last_before(edges: Sequence[_Edge], at: int) -> int:
    """Return the number of the last edge that starts at or before an offset, or -1."""
    return bisect_right(edges, at, key=lambda edge: edge.start) - 1


def _inside(edges: Sequence[_Edge], at: int) -> int | None:
    """Return the number of the replacement that an offset lies in, or None."""
    number = _last_before(edges, at)
    return number if number >= 0 and at < edges[number].end else None


def _move(at: int, source: Sequence[_Edge], target: Sequence[_Edge]) -> int:
    """Move an offset from one text to the other; inside a replacement, to its start."""
    number = _last_before(source, at)
    if number < 0:
        return at
    if at < source[number].end:
        return target[number].start
    return at - source[number].end + target[number].end
