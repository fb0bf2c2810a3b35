"""Points, matrices and frames on a page, counted from its lower left corner."""

from __future__ import annotations

from collections.abc import Iterable

Frame = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def times(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that applies one and then another."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return where a matrix takes a point."""
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)


def boxes_meet(first: Iterable[tuple[float, float]], second: Iterable[tuple[float, float]]) -> bool:
    """Tell whether the upright frames around two sets of points overlap."""
    (left, low, right, high), (left2, low2, right2, high2) = frame(first), frame(second)
    return left < right2 and left2 < right and low < high2 and low2 < high


def frame(points: Iterable[tuple[float, float]]) -> Frame:
    """Return the upright frame around points: left, low, right, high."""
    listed = list(points)
    xs, ys = [x for x, _ in listed], [y for _, y in listed]
    return min(xs), min(ys), max(xs), max(ys)
