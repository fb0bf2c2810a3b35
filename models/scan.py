"""What was read from the picture of a page: lines of words, each with its box."""

from __future__ import annotations

from dataclasses import dataclass

from models.document import LineBox


@dataclass(frozen=True, slots=True)
class ScanLine:
    """A line of words in a picture.

    Attributes:
        text: The words.
        left: Left edge as a part (0 to 1) of the page's width as shown; `right` likewise.
        top: Upper edge as a part of its height, from above; `bottom` likewise.
        score: How sure the reader is of the words, 0 to 1.
        words: Where each word stands, counted in the line's text; empty where that cannot be told.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    score: float
    words: tuple[LineBox, ...] = ()


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """The words in the pictures of one page, in reading order.

    Attributes:
        page: Page number counted from 1.
        rows: Lines that stand beside each other, row by row.
        strokes: Number of places that look like a signature or handwriting.
    """

    page: int
    rows: tuple[tuple[ScanLine, ...], ...]
    strokes: int

    @property
    def lines(self) -> tuple[ScanLine, ...]:
        """Every line, in reading order."""
        return tuple(line for row in self.rows for line in row)
