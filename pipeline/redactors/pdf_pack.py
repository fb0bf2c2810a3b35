"""Put an edited page together again: its operators, its forms, and what they use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pikepdf

from pipeline.redactors.pdf_allowed import kept_resources, strip
from pipeline.redactors.pdf_content import Instruction
from pipeline.redactors.pdf_edit import Rewritten

FORM_KEYS = ("/BBox", "/Matrix", "/Group", "/FormType")
DEEPEST = 50


def packed_content(rewritten: Rewritten) -> bytes:
    """Return a content's operators as bytes, what it saves and restores in balance."""
    return pikepdf.unparse_content_stream(list(balanced(rewritten.instructions)))


def balanced(instructions: Iterable[Instruction]) -> Iterator[Instruction]:
    """Leave out each `Q` without a `q`, and close each `q` without a `Q`."""
    depth = 0
    for instruction in instructions:
        operator = str(instruction.operator)
        if operator == "Q" and not depth:
            continue
        depth += (operator == "q") - (operator == "Q")
        yield instruction
    for _ in range(depth):
        yield pikepdf.ContentStreamInstruction([], pikepdf.Operator("Q"))


def packed_resources(
    pdf: pikepdf.Pdf, rewritten: Rewritten, shared: dict[tuple[int, int], pikepdf.Stream]
) -> pikepdf.Dictionary:
    """Return the resources that an edited content uses, stripped, its forms edited.

    Args:
        pdf: The file that the new objects belong to.
        rewritten: The edited content.
        shared: Forms packed before; those that did not change are taken from here.
    """
    kept = kept_resources(rewritten.instructions, rewritten.content.resources)
    forms = {name: _packed_form(pdf, form, shared) for name, form in rewritten.forms.items()}
    drawn = kept.get("/XObject", pikepdf.Dictionary())
    for name in forms:
        if name in drawn:
            del drawn[name]
    strip(kept)
    if forms:
        for name, form in forms.items():
            drawn[name] = form
        kept["/XObject"] = drawn
    return kept


def _packed_form(
    pdf: pikepdf.Pdf, form: Rewritten, shared: dict[tuple[int, int], pikepdf.Stream]
) -> pikepdf.Stream:
    """Return a form made anew of its edited content."""
    original = form.content.form
    if original is None:
        raise TypeError("only forms are drawn")
    if not form.is_changed and original.objgen in shared:
        return shared[original.objgen]
    made = pikepdf.Stream(
        pdf,
        packed_content(form),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        Resources=packed_resources(pdf, form, shared),
    )
    for key in FORM_KEYS:
        if key in original:
            made[key] = original[key]
    if not form.is_changed:
        shared[original.objgen] = made
    return made


def inherited(page: pikepdf.Object, key: str) -> pikepdf.Object | None:
    """Return what a page, or the nearest node above it, says under a key."""
    node: pikepdf.Object | None = page
    for _ in range(DEEPEST):
        if not isinstance(node, pikepdf.Dictionary):
            return None
        if key in node:
            return node.get(key)
        node = node.get("/Parent")
    return None
