"""Where words that were read in a picture are covered: whole words, so that no letter looks out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from models.document import LineBox, Place, Segment
from models.redaction import Replacement
from models.scan import ScanLine, ScannedPage
from models.text import Span
from pipeline.readers.scans import scan_found
from pipeline.verify import SHORTEST_IN_PICTURE, Gone, leaking, legible, squash, words_of

LOOKS = 3
"""How often a picture is looked at again, and what is still seen in it covered."""

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


def found_again(lines: Sequence[ScanLine], allowed: str, removed: Gone) -> list[LineBox] | None:
    """Look for removed words in what was read in a picture after they were covered.

    Args:
        lines: What was read.
        allowed: What may still be seen in it.
        removed: What must be gone.

    Returns:
        What covers the words found; empty where nothing was found. None where something was,
        but no word by itself.
    """
    found = scan_found(ScannedPage(1, tuple((line,) for line in lines), 0), Place(""), body=False)
    leaks = leaking(found.text, allowed, legible(removed))
    if not leaks.words and not leaks.texts:
        return []
    words = ((box, found.text[box.start : box.end]) for box in found.boxes)
    boxes = [_around(box, _AROUND_WORD) for box, word in words if _is_removed(word, leaks)]
    return boxes or None


def _is_removed(word: str, removed: Gone) -> bool:
    """Tell whether a word is one of those removed, or a part of a stretch that was."""
    own = squash(word)
    is_part = len(own) >= SHORTEST_IN_PICTURE and any(own in text for text in removed.texts)
    return is_part or not removed.words.isdisjoint(words_of(word))


def _cover(text: str, box: LineBox, span: Span) -> LineBox:
    """Return what is to be covered of a box: a word as a whole, of a line the part that is removed."""
    if " " not in text[box.start : box.end]:
        return _around(box, _AROUND_WORD)
    letter = _letter(box)
    start, end = max(span.start, box.start), min(span.end, box.end)
    part = replace(
        box,
        start=start,
        end=end,
        left=box.left + letter * (start - box.start),
        right=box.left + letter * (end - box.start),
    )
    around = _around(part, _AROUND_PART)
    return replace(
        around, left=max(around.left, box.left - letter), right=min(around.right, box.right + letter)
    )


def _around(box: LineBox, letters: tuple[float, float]) -> LineBox:
    """Return a box that begins and ends so many letters before and behind another, on the page."""
    before, behind = (count * _letter(box) for count in letters)
    return replace(box, left=max(box.left - before, 0.0), right=min(box.right + behind, 1.0))


def _letter(box: LineBox) -> float:
    return (box.right - box.left) / (box.end - box.start)


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
