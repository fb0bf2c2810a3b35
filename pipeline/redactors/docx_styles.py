"""Ids of styles: made by Word of the names that people give them, and so as telling as those."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from pipeline.ooxml import attribute, name_of
from pipeline.redactors.strand_edit import drop

_REFERENCES = frozenset(
    {
        *("w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next", "w:link", "w:styleLink"),
        *("w:numStyleLink", "w:defaultTableStyle", "w:clickAndTypeStyle"),
    }
)
"""Elements that name a style by its id."""


def rename_styles(trees: Iterable[etree._Element]) -> None:
    """Number the styles of a Word file in place of their ids, and drop what names none of them.

    Programs know their own styles by name, not by id: a renamed "Heading1" stays a heading.
    """
    parts = list(trees)
    new: dict[str, str] = {}
    for style, key in _styles(parts):
        style.set(key, new.setdefault(str(style.get(key)), f"style{len(new) + 1}"))
    for tree in parts:
        for element in [e for e in tree.iter(etree.Element) if name_of(e) in _REFERENCES]:
            key = next((str(k) for k in element.attrib if str(k).endswith("}val")), "")
            if (named := element.get(key)) in new:
                element.set(key, new[str(named)])
            else:
                drop(element)


def _styles(parts: Iterable[etree._Element]) -> Iterator[tuple[etree._Element, str]]:
    """Yield each style with the name of the attribute that holds its id."""
    for tree in parts:
        for element in tree.iter(etree.Element) if name_of(tree) == "w:styles" else ():
            if name_of(element) == "w:style" and attribute(element, "w:styleId"):
                yield element, next(str(k) for k in element.attrib if str(k).endswith("}styleId"))
