"""Edit a page's content: take characters out of it and move the rest of their lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import pikepdf

from pipeline.geometry import IDENTITY, apply, times
from pipeline.redactors.pdf_content import Content, Instruction, operands_of
from pipeline.redactors.pdf_fonts import UneditableError
from pipeline.redactors.pdf_glyphs import MOVES, Glyph, Pen, matrix_of, numbers
from pipeline.redactors.pdf_plan import Plan

MOST_GLYPHS = 60_000
"""Characters on one page that are followed. More becomes a picture."""

EXACT = 0.001
"""Points below which a character counts as standing where it belongs."""

_SHOWS = frozenset({"Tj", "TJ", "'", '"'})

Operand = pikepdf.Object | int | float | Decimal
Corners = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Show:
    """One operator that shows text.

    Attributes:
        pieces: Characters by their number on the page, each with its bytes and its step
            along the line; a number of None is a kern.
        points_of_number: How far a kern of 1 moves on the page.
        before: Operators that do what the operator did besides showing (`'` and `"`).
    """

    pieces: list[tuple[int | None, bytes, float]]
    points_of_number: float
    before: list[Instruction]


@dataclass
class Trace:
    """Where everything on a page stands.

    Attributes:
        glyphs: Every character, in the order shown.
        images: Corners of every picture.
        shows: What each showing operator shows, by the content it stands in and its place.
    """

    glyphs: list[Glyph] = field(default_factory=list)
    images: list[Corners] = field(default_factory=list)
    shows: dict[tuple[int, int], Show] = field(default_factory=dict)


def trace_page(content: Content) -> Trace:
    """Follow a page's content.

    Raises:
        UneditableError: Where a character stands cannot be told with certainty.
    """
    trace = Trace()
    try:
        _follow(content, Pen(content.resources), trace)
    except (TypeError, ValueError, OverflowError) as error:
        raise UneditableError("an operator has operands of the wrong kind") from error
    return trace


def _follow(content: Content, pen: Pen, trace: Trace) -> None:
    for at, instruction in enumerate(content.instructions):
        operator = str(instruction.operator)
        if at in content.images:
            corners = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
            trace.images.append([apply(pen.state.ctm, x, y) for x, y in corners])
        elif at in content.forms:
            _follow_form(content.forms[at], pen, trace)
        elif operator in _SHOWS:
            trace.shows[id(content), at] = _shown(operator, operands_of(instruction), pen, trace)
        elif not isinstance(instruction, pikepdf.ContentStreamInlineImage):
            pen.obey(operator, operands_of(instruction))
        if len(trace.glyphs) > MOST_GLYPHS:
            raise UneditableError("the page shows very many characters")


def _follow_form(content: Content, pen: Pen, trace: Trace) -> None:
    placed = None if content.form is None else content.form.get("/Matrix")
    matrix = matrix_of(operands_of_array(placed)) if isinstance(placed, pikepdf.Array) else IDENTITY
    state = replace(pen.state, ctm=times(matrix, pen.state.ctm))
    _follow(content, Pen(content.resources, state), trace)


def _shown(operator: str, operands: Sequence[Operand], pen: Pen, trace: Trace) -> Show:
    """Follow an operator that shows text."""
    before = _before(operator, operands)
    for instruction in before:
        pen.obey(str(instruction.operator), operands_of(instruction))
    shown = operands[-1] if operands else None
    items = operands_of_array(shown) if isinstance(shown, pikepdf.Array) else [shown]
    pieces: list[tuple[int | None, bytes, float]] = []
    for item in items:
        if isinstance(item, pikepdf.String):
            for glyph, piece in pen.show(bytes(item)):
                pieces.append((len(trace.glyphs), piece, glyph.step))
                trace.glyphs.append(glyph)
        else:
            pieces.append((None, b"", pen.kern(numbers([item], 1)[0])))
    return Show(pieces, pen.points_of_number(), before)


def _before(operator: str, operands: Sequence[Operand]) -> list[Instruction]:
    """Return the plain operators for what a showing operator does besides."""
    before: list[Instruction] = []
    if operator == '"' and len(operands) == 3:
        before += [_operator("Tw", operands[0]), _operator("Tc", operands[1])]
    if operator in ("'", '"'):
        before.append(_operator("T*"))
    return before


@dataclass
class Rewritten:
    """A content after editing.

    Attributes:
        forms: The forms it draws, by the name under which it draws them now.
        is_changed: Whether it, or a form in it, lost or moved a character.
    """

    content: Content
    instructions: list[Instruction] = field(default_factory=list)
    forms: dict[str, Rewritten] = field(default_factory=dict)
    is_changed: bool = False


def rewrite(content: Content, trace: Trace, plan: Plan) -> Rewritten:
    """Edit a page's content and the forms on it, as planned.

    A form that changes gets a name of its own for this place, for it may be drawn
    elsewhere too, where other words are removed from it or none.
    """
    made = Rewritten(content)
    lag = 0.0  # how far the text stands ahead of where it stood, in points along the line
    for at, instruction in enumerate(content.instructions):
        show = trace.shows.get((id(content), at))
        if at in content.forms:
            _redraw(made, at, rewrite(content.forms[at], trace, plan))
        elif show is None:
            lag = 0.0 if str(instruction.operator) in MOVES else lag
            made.instructions.append(instruction)
        elif (lag and not show.before) or any(
            n in plan.removed or n in plan.shifts for n, _, _ in show.pieces
        ):
            operators, lag = _edited(show, plan, 0.0 if show.before else lag)
            made.instructions += operators
            made.is_changed = True
        else:
            lag = 0.0
            made.instructions.append(instruction)
    return made


def _redraw(made: Rewritten, at: int, form: Rewritten) -> None:
    """Draw a form where it was drawn, under a name of its own if it changed."""
    name = str(operands_of(made.content.instructions[at])[0])
    if form.is_changed:
        name = f"/Edited{at}"
        made.is_changed = True
    made.forms[name] = form
    made.instructions.append(_operator("Do", pikepdf.Name(name)))


def _edited(show: Show, plan: Plan, lag: float) -> tuple[list[Instruction], float]:
    """Show again what stays of an operator's text, each character where it belongs now."""
    array: list[Operand] = []
    text = b""
    for number, piece, step in show.pieces:
        if number is None or number in plan.removed:
            lag -= step
            continue
        ahead = plan.shifts.get(number, 0.0) - lag
        if abs(ahead) > EXACT and show.points_of_number:
            array += [pikepdf.String(text)] if text else []
            array.append(Decimal(f"{ahead / show.points_of_number:.3f}"))
            text = b""
            lag += ahead
        text += piece
    array += [pikepdf.String(text)] if text else []
    operators = list(show.before)
    if array:
        operators.append(_operator("TJ", pikepdf.Array(array)))
    return operators, lag


def _operator(name: str, *operands: Operand) -> pikepdf.ContentStreamInstruction:
    return pikepdf.ContentStreamInstruction(operands, pikepdf.Operator(name))


def operands_of_array(array: pikepdf.Array) -> list[pikepdf.Object]:
    """Return what an array holds as a plain list."""
    return [array[at] for at in range(len(array))]
