"""The words of a web page inside a message: what is seen, and what is not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from models.document import SegmentKind

_BREAKS = frozenset(
    {
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "tr",
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "hr",
    }
)
_NOT_SHOWN = {"script": SegmentKind.SCRIPT, "style": SegmentKind.SCRIPT, "title": SegmentKind.PROPERTY}
_WORDS = {
    "href": SegmentKind.LINK,
    "src": SegmentKind.LINK,
    "alt": SegmentKind.ALT_TEXT,
    "title": SegmentKind.ALT_TEXT,
    "value": SegmentKind.FORM_VALUE,
    "placeholder": SegmentKind.FORM_VALUE,
    "content": SegmentKind.PROPERTY,
}
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|mso-hide\s*:\s*all", re.IGNORECASE
)
_SPACES = re.compile(r"[ \t\r\n]+")
_CELLS = frozenset({"td", "th"})


def html_texts(untrusted: str) -> tuple[str, list[tuple[SegmentKind, str]]]:
    """Return what a page shows, line by line, and beside it what it does not show."""
    parser = etree.HTMLParser(no_network=True, huge_tree=False)
    root = etree.fromstring(untrusted, parser) if untrusted.strip() else None
    if root is None:
        return "", []
    shown: list[str] = []
    beside: list[tuple[SegmentKind, str]] = list(_attributes(root))
    _walk(root, None, shown, beside)
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(shown).split("\v"))
    return "\n".join(line for line in lines if line), beside


def _walk(
    element: etree._Element, kind: SegmentKind | None, shown: list[str], beside: list[tuple[SegmentKind, str]]
) -> None:
    """Take up an element's text and what stands in it. The parser bounds how deep that goes."""
    _say(element.text, kind, shown, beside)
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in _BREAKS:
            shown.append("\v")
        if tag:
            inner = _NOT_SHOWN.get(tag) or (SegmentKind.HIDDEN if _is_hidden(child) else None)
            _walk(child, kind or inner, shown, beside)
        else:
            _say(child.text, SegmentKind.OTHER, shown, beside)
        if tag in _BREAKS or tag in _CELLS:
            shown.append("\v" if tag in _BREAKS else " ")
        _say(child.tail, kind, shown, beside)


def _say(
    text: str | None, kind: SegmentKind | None, shown: list[str], beside: list[tuple[SegmentKind, str]]
) -> None:
    if kind is None:
        shown.append(text or "")
    elif text and text.strip():
        beside.append((kind, text))


def _is_hidden(element: etree._Element) -> bool:
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style", "")))


def _attributes(root: etree._Element) -> Iterator[tuple[SegmentKind, str]]:
    told: set[tuple[SegmentKind, str]] = set()
    for element in root.iter(etree.Element):
        for key, value in element.attrib.items():
            kind = _WORDS.get(str(key))
            if kind is None or not str(value).strip() or (kind, str(value)) in told:
                continue
            told.add((kind, str(value)))
            yield kind, str(value)
