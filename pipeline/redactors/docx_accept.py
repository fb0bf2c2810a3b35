"""A Word file's trees settled: changes accepted, hidden words and revision marks gone."""

from __future__ import annotations

from itertools import takewhile

from lxml import etree

from pipeline.ooxml import attribute, child, is_on, name_of, short
from pipeline.readers.docx_blocks import joined_to
from pipeline.redactors.docx_rules import AUTHOR_MARKS, DROPPED, REVISION_MARKS, SAFE_FIELDS, UNWRAPPED
from pipeline.redactors.strand_edit import drop, unwrap


def settle(tree: etree._Element, hidden_styles: frozenset[str], touched: set[etree._Element]) -> None:
    """Settle one part.

    Args:
        tree: The part's root. It is changed in place.
        hidden_styles: Ids of the styles whose text is hidden.
        touched: Field codes in which something was replaced: such fields stop working.
    """
    _drop_comments(tree)
    _drop_removed_rows(tree)
    _drop_hidden(tree, hidden_styles)
    _join_paragraphs(tree)
    _settle_fields(tree, touched)
    for element in list(tree.iter(etree.Element)):
        name = name_of(element)
        if name in DROPPED or _is_field_name(element, name):
            drop(element)
        elif name in UNWRAPPED:
            unwrap(element)
    for element in tree.iter(etree.Element):
        _blank_marks(element)


def _is_field_name(element: etree._Element, name: str) -> bool:
    parent = element.getparent()
    return name == "w:name" and parent is not None and name_of(parent) == "w:ffData"


def _drop_comments(tree: etree._Element) -> None:
    for node in list(tree.iter(etree.Comment, etree.PI)):
        if node is not tree:
            drop(node)


def _drop_removed_rows(tree: etree._Element) -> None:
    for name in ("w:trPr", "w:tcPr"):
        for properties in [p for p in tree.iter(etree.Element) if name_of(p) == name]:
            is_removed = any(name_of(p) in ("w:del", "w:cellDel") for p in properties)
            row = properties.getparent()
            if row is not None and (is_removed or is_on(properties, "w:hidden")):
                drop(row)


def _drop_hidden(tree: etree._Element, hidden_styles: frozenset[str]) -> None:
    for run in [r for r in tree.iter(etree.Element) if name_of(r) == "w:r"]:
        if _is_hidden(run, hidden_styles):
            drop(run)


def _is_hidden(run: etree._Element, hidden_styles: frozenset[str]) -> bool:
    properties = child(run, "w:rPr")
    if properties is not None and child(properties, "w:vanish") is not None:
        return is_on(properties, "w:vanish")
    paragraph = next((a for a in run.iterancestors() if name_of(a) == "w:p"), None)
    above = None if paragraph is None else child(paragraph, "w:pPr")
    return not {_style(properties, "w:rStyle"), _style(above, "w:pStyle")}.isdisjoint(hidden_styles)


def _style(properties: etree._Element | None, name: str) -> str:
    style = None if properties is None else child(properties, name)
    return "" if style is None else attribute(style, "w:val") or ""


def _join_paragraphs(tree: etree._Element) -> None:
    """Put what a paragraph holds whose end was deleted before what the next one holds, as Word does.

    From back to front, so that what is joined already is not moved again.
    """
    paragraphs = [p for p in tree.iter(etree.Element) if name_of(p) == "w:p"]
    joins = [(p, n) for p in paragraphs if (n := joined_to(p)) is not None]
    last: dict[etree._Element, etree._Element] = {}
    for paragraph, following in reversed(joins):
        last[paragraph] = last.get(following, following)
        _prepend(paragraph, last[paragraph])
        drop(paragraph)


def _prepend(paragraph: etree._Element, joined: etree._Element) -> None:
    """Put what a paragraph holds, and the marks up to the next, first into the joined one."""
    content = [inner for inner in paragraph if name_of(inner) != "w:pPr"]
    marks = takewhile(lambda mark: name_of(mark) != "w:p", paragraph.itersiblings())
    first = next((inner for inner in joined if name_of(inner) != "w:pPr"), None)
    for inner in [*content, *marks]:
        if first is None:
            joined.append(inner)
        else:
            first.addprevious(inner)


def _settle_fields(tree: etree._Element, touched: set[etree._Element]) -> None:
    """Leave only the result of fields that could fetch words, or in whose code some were replaced."""
    parts = [e for e in tree.iter(etree.Element) if name_of(e) in ("w:fldSimple", "w:fldChar", "w:instrText")]
    open_fields: list[list[etree._Element]] = []
    for element in parts:
        kind = attribute(element, "w:fldCharType")
        if kind == "begin":
            open_fields.append([])
        if name_of(element) == "w:fldSimple":
            _settle_simple(element, touched)
        elif open_fields:
            open_fields[-1].append(element)
        else:
            drop(element)
        if kind == "end" and open_fields:
            _settle_field(open_fields.pop(), touched)
    for unfinished in open_fields:
        _settle_field(unfinished, touched, is_finished=False)


def _settle_simple(field: etree._Element, touched: set[etree._Element]) -> None:
    if field in touched or not _is_safe(attribute(field, "w:instr") or ""):
        unwrap(field)


def _settle_field(
    elements: list[etree._Element], touched: set[etree._Element], *, is_finished: bool = True
) -> None:
    code = "".join(e.text or "" for e in elements if name_of(e) == "w:instrText")
    if is_finished and _is_safe(code) and touched.isdisjoint(elements):
        return
    for element in elements:
        drop(element)


def _is_safe(code: str) -> bool:
    return (code.split() or [""])[0].upper() in SAFE_FIELDS


def _blank_marks(element: etree._Element) -> None:
    for key in list(element.attrib):
        name = short(str(key))
        if name in AUTHOR_MARKS:
            element.set(str(key), AUTHOR_MARKS[name])
        elif name.startswith(REVISION_MARKS) or (name.startswith("?:") and not _is_office(str(key))):
            del element.attrib[key]


def _is_office(key: str) -> bool:
    return key.startswith(
        ("{http://schemas.microsoft.com/", "{http://schemas.openxmlformats.org/", "{http://purl.oclc.org/")
    )
