"""A page's content taken apart: its operators, the forms it draws, the resources it uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pikepdf

from pipeline.readers.pdf_streams import SHOWS_TEXT, unpacked
from pipeline.redactors.pdf_fonts import UneditableError

Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage

MOST_BYTES = 4 * 1024 * 1024
"""Content of one page, forms included, that is taken apart. More becomes a picture."""

READ_AT_MOST = 64 * 1024 * 1024
DEEPEST = 12

_MARKS = frozenset({"BMC", "BDC", "EMC", "MP", "DP"})
_NAMED = {
    "Tf": "/Font",
    "Do": "/XObject",
    "gs": "/ExtGState",
    "cs": "/ColorSpace",
    "CS": "/ColorSpace",
    "scn": "/Pattern",
    "SCN": "/Pattern",
    "sh": "/Shading",
}
"""Operators that use a named resource, and in which table it stands."""


@dataclass
class Content:
    """The content of a page, or of a form that is drawn on one.

    Attributes:
        form: The form it is the content of; None for a page.
        forms: What the `Do` operators draw, by their place in the list of instructions.
        images: Places in that list of operators that draw pictures.
    """

    instructions: list[Instruction]
    resources: pikepdf.Dictionary
    form: pikepdf.Stream | None = None
    forms: dict[int, Content] = field(default_factory=dict)
    images: set[int] = field(default_factory=set)


def page_content(page: pikepdf.Page, *, has_hidden_layers: bool) -> Content:
    """Take a page's content apart, forms within forms too. Marks for structure are left out.

    Args:
        page: The page.
        has_hidden_layers: Whether the file has layers that are not shown: without their
            marks they would be.

    Raises:
        UneditableError: It has such layers, cannot be parsed, is too large, or shows text in
            a place where it cannot be edited.
    """
    return _Parser(has_hidden_layers=has_hidden_layers).parse(page.obj, page.resources, None, 0)


def operands_of(instruction: Instruction) -> list[pikepdf.Object]:
    """Return an instruction's operands as a plain list."""
    return list(instruction.operands)


def used_names(instructions: Iterable[Instruction]) -> Iterator[tuple[str, str]]:
    """Yield each resource that instructions use: its table and its name."""
    for instruction in instructions:
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            yield from _inline_names(instruction)
            continue
        table = _NAMED.get(str(instruction.operator))
        operands = operands_of(instruction)
        for operand in operands:
            if table is not None and isinstance(operand, pikepdf.Name):
                yield table, str(operand)


def _inline_names(image: pikepdf.ContentStreamInlineImage) -> Iterator[tuple[str, str]]:
    space = image.iimage.obj.get("/ColorSpace", image.iimage.obj.get("/CS"))
    if isinstance(space, pikepdf.Name):
        yield "/ColorSpace", str(space)


class _Parser:
    """Takes apart one page, with everything that it draws counted against one limit."""

    def __init__(self, *, has_hidden_layers: bool) -> None:
        self.left = MOST_BYTES
        self.has_hidden_layers = has_hidden_layers

    def parse(
        self, holder: pikepdf.Object, resources: pikepdf.Object, form: pikepdf.Stream | None, depth: int
    ) -> Content:
        """Take one content stream apart."""
        if not isinstance(resources, pikepdf.Dictionary):
            resources = pikepdf.Dictionary()
        self._spend(holder)
        content = Content([], resources, form)
        _refuse_odd_resources(resources)
        for instruction in _parsed(holder):
            operator = str(instruction.operator)
            if operator in _MARKS:
                self._refuse_layer(operands_of(instruction))
                continue
            if operator == "Do":
                self._drawn(content, instruction, depth)
            elif operator == "INLINE IMAGE":
                content.images.add(len(content.instructions))
            content.instructions.append(instruction)
        return content

    def _spend(self, holder: pikepdf.Object) -> None:
        held = holder if isinstance(holder, pikepdf.Stream) else holder.get("/Contents")
        streams = [held] if isinstance(held, pikepdf.Stream) else list(held or ())
        self.left -= sum(len(unpacked(s, READ_AT_MOST)) for s in streams if isinstance(s, pikepdf.Stream))
        if self.left < 0:
            raise UneditableError("the page draws very much")

    def _drawn(self, content: Content, instruction: Instruction, depth: int) -> None:
        """Look at what a `Do` draws: a picture, or a form to be taken apart too."""
        named = content.resources.get("/XObject")
        name = str(operands_of(instruction)[0]) if len(instruction.operands) else ""
        drawn = named.get(name) if isinstance(named, pikepdf.Dictionary) else None
        if not isinstance(drawn, pikepdf.Stream):
            return
        if "/OC" in drawn and self.has_hidden_layers:
            raise UneditableError("the page has layers")
        at = len(content.instructions)
        if drawn.get("/Subtype") == pikepdf.Name.Image:
            content.images.add(at)
        elif depth >= DEEPEST:
            raise UneditableError("forms are drawn within forms too deeply")
        else:
            content.forms[at] = self.parse(
                drawn, drawn.get("/Resources", content.resources), drawn, depth + 1
            )

    def _refuse_layer(self, operands: list[pikepdf.Object]) -> None:
        if self.has_hidden_layers and operands[:1] == [pikepdf.Name.OC]:
            raise UneditableError("the page has layers")


def hides_layers(pdf: pikepdf.Pdf) -> bool:
    """Tell whether a file has layers that are not shown, or not always."""
    layers = pdf.Root.get("/OCProperties")
    if not isinstance(layers, pikepdf.Dictionary):
        return False
    shown = layers.get("/D")
    if (
        not isinstance(shown, pikepdf.Dictionary)
        or shown.get("/BaseState", pikepdf.Name.ON) != pikepdf.Name.ON
    ):
        return True
    return any(isinstance(shown.get(key), pikepdf.Array) and len(shown[key]) for key in ("/OFF", "/AS"))


def _parsed(holder: pikepdf.Object) -> list[Instruction]:
    try:
        return list(pikepdf.parse_content_stream(holder))
    except (pikepdf.PdfError, TypeError, ValueError) as error:
        raise UneditableError("the content cannot be parsed") from error


def _refuse_odd_resources(resources: pikepdf.Dictionary) -> None:
    """Refuse patterns, and letters of drawn fonts, that show text: no box can be put where it stands."""
    for shapes in (resources.get("/Pattern"), *_drawn_letters(resources.get("/Font"))):
        for shape in shapes.values() if isinstance(shapes, pikepdf.Dictionary) else ():
            if isinstance(shape, pikepdf.Stream) and SHOWS_TEXT.search(unpacked(shape, READ_AT_MOST)):
                raise UneditableError("a repeating pattern, or a letter, shows text")


def _drawn_letters(fonts: pikepdf.Object | None) -> Iterator[pikepdf.Object | None]:
    """Yield the letters of drawn fonts that use other fonts."""
    for font in fonts.values() if isinstance(fonts, pikepdf.Dictionary) else ():
        used = font.get("/Resources") if isinstance(font, pikepdf.Dictionary) else None
        if isinstance(used, pikepdf.Dictionary) and "/Font" in used:
            yield font.get("/CharProcs")
