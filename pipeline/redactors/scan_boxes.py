"""Where words that were read in a picture are covered: whole words, so that no letter looks out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from models.document import LineBox, Segment
from models.redaction import Replacement
from models.text import Span

_AROUND_WORD = (0.9, 0.5)
"""Letters by which a cover begins before a word and ends behind it.

Of 1,900 words in five fonts one in a hundred begins 0.6 to 0.9 letters before the box that
was read for it, or ends 0.5 behind.
"""

_AROUND_PART = (1.5, 1.5)
"""The same around a part of a line, whose place is reckoned by the number of its letters."""


def covers(segment: Segment, replacements: Iterable[Replacement]) -> Iterator[tuple[LineBox, str]]:
    """Yield the boxes that cover what is removed, and the label of each: it stands in the first only."""
    for replacement in replacements:
        label = replacement.label
        touched = [
            b for b in segment.boxes if b.start < replacement.span.end and replacement.span.start < b.end
        ]
        for box in _joined([_cover(segment.text, box, replacement.span) for box in touched]):
            yield box, label
            label = ""


def _cover(text: str, box: LineBox, span: Span) -> LineBox:
    """Return what is to be covered of a box: a word as a whole, of a line the part that is removed."""
    letter = (box.right - box.left) / (box.end - box.start)
    start, end, around = box.start, box.end, _AROUND_WORD
    if " " in text[box.start : box.end]:
        start, end, around = max(span.start, box.start), min(span.end, box.end), _AROUND_PART
    left = box.left + letter * (start - box.start - around[0])
    right = box.left + letter * (end - box.start + around[1])
    return replace(box, left=max(left, box.left - letter, 0.0), right=min(right, box.right + letter, 1.0))


def _joined(boxes: Iterable[LineBox]) -> Iterator[LineBox]:
    """Make one box of words that follow each other in a line."""
    last: LineBox | None = None
    for box in boxes:
        if last is not None and _is_beside(last, box):
            last = LineBox(
                last.start,
                box.end,
                last.left,
                min(last.top, box.top),
                box.right,
                max(last.bottom, box.bottom),
            )
            continue
        if last is not None:
            yield last
        last = box
    if last is not None:
        yield last


def _is_beside(last: LineBox, box: LineBox) -> bool:
    """Tell whether a word stands in the same line as another, behind it, no column's gap between them."""
    height = max(last.bottom - last.top, box.bottom - box.top)
    middles = abs((last.top + last.bottom) - (box.top + box.bottom)) / 2
    return box.start - last.end <= 1 and middles < height / 2 and last.left < box.left
