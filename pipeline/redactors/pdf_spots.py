"""From spans of a page's text to places on the page, and to the characters of its content."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from pypdfium2 import raw

from models.text import Span
from pipeline.readers.pdf_pages import character_indexes
from pipeline.redactors.pdf_fonts import UneditableError
from pipeline.redactors.pdf_glyphs import Glyph

NEAR = 0.15
"""How far pdfium's origin of a character and ours may lie apart, in heights of the font."""

LEAST_NEAR = 0.3
"""The same in points, for tiny print."""


MIDDLE = 0.3
"""How far above the baseline the middle of a character lies, in heights of the font."""

UPRIGHT = 0.999
"""Cosine of the angle to the page's edges up to which a line counts as parallel to them."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a character stands, in points of the page.

    Attributes:
        x: Its origin, with `y` on the baseline.
        frame: Left, low, right and high edge of the space it takes up.
        span: Number of the span it belongs to.
    """

    x: float
    y: float
    frame: tuple[float, float, float, float]
    span: int


def spots_of(words: raw.FPDF_TEXTPAGE, text: str, spans: Sequence[Span]) -> list[Spot]:
    """Return the spots of the characters in spans; spaces, which pdfium may make up, have none."""
    indexes = character_indexes(text)
    return [
        spot_at(words, indexes[at], number)
        for number, span in enumerate(spans)
        for at in range(span.start, span.end)
        if not text[at].isspace() and raw.FPDFText_IsGenerated(words, indexes[at]) != 1
    ]


def spot_at(words: raw.FPDF_TEXTPAGE, index: int, span: int) -> Spot:
    """Return the spot of one of pdfium's characters."""
    x, y, frame = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    raw.FPDFText_GetCharOrigin(words, index, x, y)
    raw.FPDFText_GetLooseCharBox(words, index, frame)
    return Spot(x.value, y.value, (frame.left, frame.bottom, frame.right, frame.top), span)


def match_spots(spots: Sequence[Spot], glyphs: Sequence[Glyph]) -> dict[int, int]:
    """Find the characters of a page's content that stand at spots.

    Besides the character that pdfium saw, that is every character drawn over it again, as
    is done for bold or shaded print.

    Returns:
        The span of each character by its number.

    Raises:
        UneditableError: Nothing in the content stands at a spot.
    """
    table = np.array(glyphs, dtype=float).reshape(-1, len(Glyph._fields))
    xs, ys, ux, uy, step, size = table.T
    near = np.maximum(size * NEAR, LEAST_NEAR)
    middle_x = xs + ux * step / 2 - uy * size * MIDDLE
    middle_y = ys + uy * step / 2 + ux * size * MIDDLE
    upright = np.maximum(np.abs(ux), np.abs(uy)) > UPRIGHT
    matched: dict[int, int] = {}
    for spot in spots:
        at_origin = np.hypot(xs - spot.x, ys - spot.y) <= near
        if not at_origin.any():
            raise UneditableError("a character was not found in the content")
        left, low, right, high = spot.frame
        inside = (middle_x > left) & (middle_x < right) & (middle_y > low) & (middle_y < high)
        for number in np.flatnonzero(at_origin | (inside & upright)).tolist():
            matched.setdefault(number, spot.span)
    return matched
