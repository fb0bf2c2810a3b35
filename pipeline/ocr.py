"""Read the words in a picture, with the place of each line and how sure the reader is."""

from __future__ import annotations

import resource
import signal
import time
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from models.scan import ScanLine

LONGEST_SIDE = 1980
"""Pixels. A larger picture is made smaller first: a page at 200 dots an inch keeps its size."""

THINNEST = 8
"""Pixels. A picture less wide or high than this cannot show a readable word."""

CPU_NEEDED, WALL_NEEDED = 10.0, 25.0
"""Seconds that a process must have left of either time when it begins to read a picture."""

SAME_ROW = 0.5
"""How far the middles of lines in one row may lie apart, in heights of a line."""

_SETTINGS = {
    "Global.log_level": "critical",
    "Global.use_cls": False,
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

    return RapidOCR(params=_SETTINGS)


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
    found = zip(answer.boxes, answer.txts, answer.scores, strict=True)
    return _rows(
        [_line(box, text, float(score), picture.size) for box, text, score in found if _has_letter(text)]
    )


def _has_letter(text: str) -> bool:
    """Tell whether a line holds a letter or digit: specks and rules are read as marks."""
    return any(sign.isalnum() for sign in text)


def _line(box: NDArray[np.float32], text: str, score: float, size: tuple[int, int]) -> ScanLine:
    (left, top), (right, bottom) = box.min(axis=0), box.max(axis=0)
    width, height = size
    edges = (left / width, top / height, right / width, bottom / height)
    inside = [min(max(float(edge), 0.0), 1.0) for edge in edges]
    return ScanLine(text, inside[0], inside[1], inside[2], inside[3], score)


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
