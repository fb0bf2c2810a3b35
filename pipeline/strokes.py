"""Find what looks like a signature or handwriting in a picture, so that a person looks at it."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np
from PIL import Image

from models.scan import ScanLine

DPI = 200
"""Dots an inch that the numbers below count in."""

WIDE = (0.45, 4.0)
"""Least and greatest width of a signature, in inches."""

HIGH = (0.12, 1.3)
"""Least and greatest height of one, in inches."""

FILLED = (0.03, 0.28)
"""Least and greatest part of its frame that its strokes cover: a rule covers more, a frame less."""

INK = 140
"""Lightness (0 to 255) below which a dot counts as ink."""

SURE = 0.6
"""From here on a line of words is taken for print that was read."""


def count_strokes(picture: Image.Image, lines: Iterable[ScanLine], dpi: float = DPI) -> int:
    """Count the places that look like a signature or handwriting.

    Words that were read are left out. The answer is a hint for a person, not a promise:
    a logo of thin lines counts too, and a signature stamped as a filled shape does not.
    """
    grey = np.asarray(picture.convert("L"))
    ink = np.where(grey < INK, 255, 0).astype(np.uint8)
    height, width = ink.shape
    for line in lines:
        if line.score >= SURE:
            rows = slice(int(line.top * height), int(line.bottom * height) + 1)
            ink[rows, int(line.left * width) : int(line.right * width) + 1] = 0
    joined = cv2.dilate(ink, np.ones((5, 5), np.uint8))
    _, _, frames, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    return sum(_is_stroke(ink, [int(edge) for edge in frame[:4]], dpi) for frame in frames[1:])


def _is_stroke(ink: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], frame: list[int], dpi: float) -> bool:
    left, top, wide, high = frame
    if not (WIDE[0] <= wide / dpi <= WIDE[1] and HIGH[0] <= high / dpi <= HIGH[1]):
        return False
    covered = float(np.count_nonzero(ink[top : top + high, left : left + wide])) / (wide * high)
    return FILLED[0] <= covered <= FILLED[1]
