"""Follow a page's content and say where every character stands, in the order it is shown."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import pikepdf

from pipeline.geometry import IDENTITY, Matrix, apply, times
from pipeline.redactors.pdf_fonts import FontTable, UneditableError, font_table


class Glyph(NamedTuple):
    """One character as shown on the page, in points of the page.

    Attributes:
        x: Where it begins, with `y` on the baseline.
        ux: With `uy` the direction in which its line runs, of length 1.
        step: How far on the next character begins.
        size: Height of the font there.
    """

    x: float
    y: float
    ux: float
    uy: float
    step: float
    size: float


@dataclass(frozen=True, slots=True)
class TextState:
    """The settings that decide where the next character goes."""

    font: FontTable | None = None
    size: float = 0.0
    letter_gap: float = 0.0
    word_gap: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    ctm: Matrix = IDENTITY


@dataclass
class Pen:
    """Where text is shown next, as a page's operators move it.

    Attributes:
        resources: The resources that names are looked up in.
        fonts: Tables of the fonts met so far, by name.
    """

    resources: pikepdf.Object | None
    state: TextState = field(default_factory=TextState)
    matrix: Matrix = IDENTITY
    line: Matrix = IDENTITY
    stack: list[TextState] = field(default_factory=list)
    fonts: dict[str, FontTable] = field(default_factory=dict)

    def obey(self, operator: str, operands: Sequence[object]) -> None:
        """Follow an operator that moves or sets; any other leaves the pen as it is.

        Raises:
            ValueError: Its operands are too few or of the wrong kind.
        """
        act = _ACTS.get(operator)
        if act is not None:
            act(self, operands)

    def show(self, shown: bytes) -> Iterator[tuple[Glyph, bytes]]:
        """Yield the characters of a shown string, each with its bytes, and move past them."""
        state = self.state
        if state.font is None:
            raise UneditableError("text is shown without a font")
        placed = times(self.matrix, state.ctm)
        (ux, uy), scale = self._direction(placed)
        size = math.hypot(placed[2], placed[3]) * abs(state.size)
        x, y = apply(placed, 0.0, state.rise)
        moved = 0.0
        for code, piece in state.font.codes(shown):
            gap = state.letter_gap + (state.word_gap if piece == b" " else 0.0)
            step = (state.font.width(code) * state.size + gap) * state.stretch
            if math.isnan(step):
                raise UneditableError("a font does not say how wide a character is")
            on = moved * scale
            yield Glyph(x + on * ux, y + on * uy, ux, uy, step * scale, size), piece
            moved += step
        self.advance(moved)

    def kern(self, number: float) -> float:
        """Move by a number between the strings of a show operator.

        Returns:
            How far that is on the page, in points along the line.
        """
        step = -number / 1000 * self.state.size * self.state.stretch
        _, scale = self._direction(times(self.matrix, self.state.ctm))
        self.advance(step)
        return step * scale

    def points_of_number(self) -> float:
        """Return how far such a number moves on the page, in points along the line."""
        _, scale = self._direction(times(self.matrix, self.state.ctm))
        return -scale * self.state.size * self.state.stretch / 1000

    def _direction(self, placed: Matrix) -> tuple[tuple[float, float], float]:
        """Return the direction of the line, and the points of one unit of text along it."""
        length = math.hypot(placed[0], placed[1])
        sign = -1.0 if self.state.size * self.state.stretch < 0 else 1.0
        if not length or not math.isfinite(length):
            raise UneditableError("text is shown without extent")
        return (sign * placed[0] / length, sign * placed[1] / length), sign * length

    def next_line(self) -> None:
        """Go to the next line, as far below as the leading says."""
        self.move(0.0, -self.state.leading)

    def move(self, x: float, y: float) -> None:
        """Go to the start of a line so far from the last."""
        self.line = times((1.0, 0.0, 0.0, 1.0, x, y), self.line)
        self.matrix = self.line

    def advance(self, x: float) -> None:
        """Move along the line by units of text."""
        self.matrix = times((1.0, 0.0, 0.0, 1.0, x, 0.0), self.matrix)

    def font(self, name: str, size: float) -> None:
        """Take up a font."""
        if name not in self.fonts:
            held = self.resources.get("/Font") if isinstance(self.resources, pikepdf.Dictionary) else None
            self.fonts[name] = font_table(held.get(name) if isinstance(held, pikepdf.Dictionary) else None)
        self.state = replace(self.state, font=self.fonts[name], size=size)

    def settings(self, name: str) -> None:
        """Follow a named graphics state; one that sets a font is not followed."""
        held = self.resources.get("/ExtGState") if isinstance(self.resources, pikepdf.Dictionary) else None
        named = held.get(name) if isinstance(held, pikepdf.Dictionary) else None
        if isinstance(named, pikepdf.Dictionary) and "/Font" in named:
            raise UneditableError("a font is set in an unusual way")

    def restore(self) -> None:
        """Go back to the settings saved last."""
        if self.stack:
            self.state = self.stack.pop()

    def begin(self) -> None:
        """Begin a text object, at the origin."""
        self.matrix = self.line = IDENTITY

    def place(self, matrix: Matrix) -> None:
        """Go to where a matrix says."""
        self.matrix = self.line = matrix

    def down(self, x: float, y: float) -> None:
        """Do the same, and set the leading by it."""
        self.state = replace(self.state, leading=-y)
        self.move(x, y)


def numbers(operands: Sequence[object], count: int) -> tuple[float, ...]:
    """Return the first operands as numbers.

    Raises:
        ValueError: There are fewer, or one is no number.
    """
    if len(operands) < count:
        raise ValueError
    return tuple(float(operand) for operand in operands[:count])  # type: ignore[arg-type]


def matrix_of(operands: Sequence[object]) -> Matrix:
    """Return six operands as a matrix."""
    a, b, c, d, e, f = numbers(operands, 6)
    return (a, b, c, d, e, f)


def _set(name: str, scale: float = 1.0) -> Callable[[Pen, Sequence[object]], None]:
    def act(pen: Pen, operands: Sequence[object]) -> None:
        pen.state = replace(pen.state, **{name: numbers(operands, 1)[0] * scale})  # type: ignore[arg-type]

    return act


_ACTS: dict[str, Callable[[Pen, Sequence[object]], None]] = {
    "q": lambda pen, _: pen.stack.append(pen.state),
    "Q": lambda pen, _: pen.restore(),
    "cm": lambda pen, o: setattr(pen, "state", replace(pen.state, ctm=times(matrix_of(o), pen.state.ctm))),
    "gs": lambda pen, o: pen.settings(str(o[0])),
    "BT": lambda pen, _: pen.begin(),
    "Tf": lambda pen, o: pen.font(str(o[0]), numbers(o[1:], 1)[0]),
    "Tm": lambda pen, o: pen.place(matrix_of(o)),
    "Td": lambda pen, o: pen.move(*numbers(o, 2)),
    "TD": lambda pen, o: pen.down(*numbers(o, 2)),
    "T*": lambda pen, _: pen.next_line(),
    "Tc": _set("letter_gap"),
    "Tw": _set("word_gap"),
    "Tz": _set("stretch", 0.01),
    "TL": _set("leading"),
    "Ts": _set("rise"),
}
MOVES = frozenset({"BT", "Tm", "Td", "TD", "T*"})
