"""Read the words in a picture, with the place of each line and how sure the reader is."""

from __future__ import annotations

import resource
import signal
import time
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from models.document import LineBox
from models.scan import ScanLine

LONGEST_SIDE = 1980
"""Pixels. A larger picture is made smaller first: a page at 200 dots an inch keeps its size."""

THINNEST = 8
"""Pixels. A picture less wide or high than this cannot show a readable word."""

CPU_NEEDED, WALL_NEEDED = 10.0, 25.0
"""Seconds that a process must have left of either time when it begins to read a picture."""

SAME_ROW = 0.5
"""How far the middles of lines in one row may lie apart, in heights of a line."""

Quad = NDArray[Any]
"""Corners, or other places: four of a box are left and right above, right and left below."""

_DIGITS = 5
"""Of a place in parts of a page: less than a dot of the largest picture that is read."""

_SETTINGS = {
    "Global.log_level": "critical",
    "Global.use_cls": False,
    "Global.return_word_box": True,
    "Global.max_side_len": LONGEST_SIDE,
    "Det.limit_type": "max",
    "Det.limit_side_len": 1280,
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}
"""A third of the time of the engine's own settings, and fewer errors on noisy pages."""


@cache
def load_engine() -> Any:
    """Load the engine; its weights are in its package. It takes seconds and half a gigabyte."""
    from rapidocr import RapidOCR  # noqa: PLC0415  (the one place where this heavy library loads)

    class Engine(RapidOCR):
        def calc_word_boxes(self, img: Any, dt_boxes: Any, rec_res: Any) -> Any:  # noqa: ARG002
            """Hand out the columns themselves: the boxes made of them fail where a line is odd."""
            return rec_res.word_results

    return Engine(params=_SETTINGS)


def has_time() -> bool:
    """Tell whether this process has time left for reading another picture.

    Where the process has no limit of its own, and no alarm that ends it, there always is.
    """
    limit, _ = resource.getrlimit(resource.RLIMIT_CPU)
    wall, _ = signal.getitimer(signal.ITIMER_REAL)
    has_cpu = limit == resource.RLIM_INFINITY or limit - time.process_time() >= CPU_NEEDED
    return has_cpu and (wall == 0.0 or wall >= WALL_NEEDED)


def read_lines(picture: Image.Image) -> tuple[tuple[ScanLine, ...], ...]:
    """Read the words of a picture, in rows from top to bottom.

    It turns no picture: words that stand upright are read, others may not be.
    """
    if min(picture.size) < THINNEST:
        return ()
    answer = load_engine()(np.asarray(picture.convert("RGB")))
    if answer.boxes is None:
        return ()
    found = zip(answer.boxes, answer.txts, answer.scores, answer.word_results, strict=True)
    return _rows(
        [
            _line(box / picture.size, text, float(score), columns)
            for box, text, score, columns in found
            if _has_letter(text)
        ]
    )


def _has_letter(text: str) -> bool:
    """Tell whether a line holds a letter or digit: specks and rules are read as marks."""
    return any(sign.isalnum() for sign in text)


def _line(quad: Quad, text: str, score: float, columns: Any) -> ScanLine:
    """Make a line of what was read in a box, whose corners are given in parts of the picture."""
    words = tuple(_words(quad, text, columns))
    is_whole = sum(word.end - word.start for word in words) == len("".join(text.split()))
    return ScanLine(text, *_edges(quad), score, words if is_whole else ())


def _words(quad: Quad, text: str, columns: Any) -> Iterator[LineBox]:
    """Yield where each word of a line stands.

    The engine reads a line in columns of one width, and tells in which it saw each letter. A
    word reaches half a letter beyond the middle of its first and last.
    """
    seen = [column for word in columns.word_cols for column in word]
    half = (seen[-1] - seen[0]) / (len(seen) - 1) / 2 if len(seen) > 1 else columns.line_txt_len / 2
    at = 0
    for letters, places in zip(columns.words, columns.word_cols, strict=True):
        start = text.find("".join(letters), at)
        if start < 0:
            return
        at = start + len(letters)
        ends = np.array([places[0] + 0.5 - half, places[-1] + 0.5 + half]) / columns.line_txt_len
        yield LineBox(start, at, *_edges(_part(quad, ends.clip(0.0, 1.0))))


def _part(quad: Quad, ends: Quad) -> Quad:
    """Return the corners of a part of a line, which begins and ends in such parts of its length."""
    (left_above, right_above, right_below, left_below) = quad
    above = left_above + np.outer(ends, right_above - left_above)
    below = left_below + np.outer(ends, right_below - left_below)
    return np.concatenate([above, below])


def _edges(corners: Quad) -> tuple[float, float, float, float]:
    inside = corners.astype(float).clip(0.0, 1.0).round(_DIGITS)
    (left, top), (right, bottom) = inside.min(axis=0), inside.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def _rows(lines: list[ScanLine]) -> tuple[tuple[ScanLine, ...], ...]:
    """Gather lines that stand beside each other, from left to right."""
    rows: list[list[ScanLine]] = []
    for line in sorted(lines, key=_middle):
        height = line.bottom - line.top
        if rows and abs(_middle(line) - _middle(rows[-1][0])) <= SAME_ROW * height:
            rows[-1].append(line)
        else:
            rows.append([line])
    return tuple(tuple(sorted(row, key=lambda line: line.left)) for row in rows)


def _middle(line: ScanLine) -> float:
    return (line.top + line.bottom) / 2
