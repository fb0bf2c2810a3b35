"""Plan the edit of a page: which characters go, how far the rest of a line moves, which boxes.

The gap that a removed name leaves is as telling as its length: in a known font few names
fill it. So the gap is not kept: the rest of the line moves until the gap is one of a few
widths, the next larger one where there is room, else a smaller one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from pipeline.redactors.pdf_glyphs import Glyph

Edges = Sequence[tuple[float, float]]
Table = NDArray[np.float64]

SAME_WAY = 0.999
"""Cosine of the angle between two lines that run the same way."""

SAME_LINE = 0.3
"""How far baselines of one line may lie apart, in heights of the font."""

COLUMN_GAP = 1.5
"""A gap in a line, in heights of the font, from which on what follows stays where it is."""

WIDTHS = (1.0, 2.0, 3.0)
"""The narrowest widths of a gap, in heights of the font; wider ones are multiples of the last."""

NEIGHBOURS = 2
"""Characters within which the words of one span follow each other on a line."""

EDGE = 18.0
"""Points that a moved line keeps from the edge of the page."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box that stands where words were, in points of the page.

    Attributes:
        x: Where it begins, with `y` on the baseline of the line.
        unit: Direction in which the line runs, of length 1.
        width: Length along the line.
        size: Height of the font of the line.
        label: What is written into it, or an empty text.
    """

    x: float
    y: float
    unit: tuple[float, float]
    width: float
    size: float
    label: str

    def corners(self) -> list[tuple[float, float]]:
        """Return its four corners, one after the other."""
        (ux, uy), low, high = self.unit, -0.25 * self.size, 0.95 * self.size
        ends = ((0.0, low), (self.width, low), (self.width, high), (0.0, high))
        return [(self.x + t * ux - n * uy, self.y + t * uy + n * ux) for t, n in ends]


@dataclass
class Plan:
    """What becomes of each character of a page, by its number in the order shown.

    Attributes:
        removed: Characters that go.
        shifts: How far a character that stays moves along its line, in points.
    """

    removed: set[int] = field(default_factory=set)
    shifts: dict[int, float] = field(default_factory=dict)
    boxes: list[Box] = field(default_factory=list)


def plan_page(glyphs: Sequence[Glyph], removed: dict[int, int], labels: Sequence[str], edges: Edges) -> Plan:
    """Plan the edit of a page.

    Args:
        glyphs: Its characters in the order shown.
        removed: Number of the span that each character to be removed belongs to.
        labels: Label of each span; it stands in the first box of the span only.
        edges: The corners of the page.
    """
    plan = Plan(set(removed))
    table = np.array(glyphs, dtype=float).reshape(-1, len(Glyph._fields))
    labelled: set[int] = set()
    done: set[int] = set()
    for number in sorted(removed):
        if number not in done:
            line = _Line(table, glyphs[number], edges)
            done.update(line.numbers)
            for cell, room in line.cells():
                for span, box in line.edit(cell, room, removed, plan):
                    plan.boxes.append(replace(box, label="" if span in labelled else labels[span]))
                    labelled.add(span)
    return plan


class _Line:
    """The characters that stand on one line with a given one, sorted along it."""

    def __init__(self, table: Table, start: Glyph, edges: Edges) -> None:
        self.unit = (start.ux, start.uy)
        self.size = start.size
        self.height = self._across(start.x, start.y)
        same_way = table[:, 2] * start.ux + table[:, 3] * start.uy > SAME_WAY
        away = np.abs(table[:, 1] * start.ux - table[:, 0] * start.uy - self.height)
        near = np.flatnonzero(same_way & (away <= SAME_LINE * start.size))
        starts = table[near, 0] * start.ux + table[near, 1] * start.uy
        order = np.argsort(starts, kind="stable")
        self.numbers: list[int] = near[order].tolist()
        ends = starts + np.maximum(table[near, 4], 0.0)
        self.starts = dict(zip(self.numbers, starts[order].tolist(), strict=True))
        self.ends = dict(zip(self.numbers, ends[order].tolist(), strict=True))
        self.border = max(x * start.ux + y * start.uy for x, y in edges) - EDGE

    def cells(self) -> Iterator[tuple[list[int], float]]:
        """Cut the line at wide gaps; yield each stretch and how far its end can move on."""
        cell: list[int] = []
        end = -math.inf
        for number in self.numbers:
            start = self.starts[number]
            if cell and start - end > COLUMN_GAP * self.size:
                yield cell, max(start - 0.5 * self.size - end, 0.0)
                cell = []
            cell.append(number)
            end = max(end, self.ends[number]) if len(cell) > 1 else self.ends[number]
        yield cell, max(self.border - end, 0.0)

    def edit(
        self, cell: list[int], room: float, removed: Mapping[int, int], plan: Plan
    ) -> Iterator[tuple[int, Box]]:
        """Decide each gap of a stretch, move what follows it, and yield span and box of each."""
        moved = 0.0
        spans = spans_with_spaces(cell, removed)
        plan.removed.update(spans)
        for is_gone, stretch in groupby(cell, key=spans.get):
            numbers = list(stretch)
            if is_gone is None:
                if moved:
                    plan.shifts.update(dict.fromkeys(numbers, moved))
                continue
            start = self.starts[numbers[0]]
            width = max(self.ends[number] for number in numbers) - start
            gap = gap_width(width, room - moved, self.size)
            yield is_gone, self._box(start + moved, gap)
            moved += gap - width

    def _across(self, x: float, y: float) -> float:
        return y * self.unit[0] - x * self.unit[1]

    def _box(self, start: float, width: float) -> Box:
        (ux, uy), across = self.unit, self.height
        return Box(start * ux - across * uy, start * uy + across * ux, self.unit, width, self.size, "")


def spans_with_spaces(cell: Sequence[int], removed: Mapping[int, int]) -> dict[int, int]:
    """Return the span of each character that goes, with the spaces between words of one span.

    Boxes word by word would tell how many words a name has, and how long each is.
    """
    spans = {number: removed[number] for number in cell if number in removed}
    for at, number in enumerate(cell):
        if number in removed:
            continue
        before = next(
            (removed[n] for n in reversed(cell[max(at - NEIGHBOURS, 0) : at]) if n in removed), None
        )
        after = next((removed[n] for n in cell[at + 1 : at + 1 + NEIGHBOURS] if n in removed), None)
        if before is not None and before == after:
            spans[number] = before
    return spans


def gap_width(width: float, room: float, size: float) -> float:
    """Return the width of the gap that stands for a removed stretch of a line.

    Args:
        width: How wide the removed words were, in points.
        room: How much further the rest of the line can move.
        size: Height of the font.
    """
    allowed = [step * size for step in WIDTHS]
    multiples = int((width + room) // allowed[-1])
    allowed += [allowed[-1] * factor for factor in range(2, multiples + 1)]
    fitting = [gap for gap in allowed if gap <= width + room]
    if not fitting:
        return width
    return next((gap for gap in fitting if gap >= width), fitting[-1])
