"""The words of a web page inside a message: what is seen, and what is not."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

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
"""What kind of words an attribute holds, where it is not just any."""

_LAYOUT = frozenset(
    {
        *(
            "style",
            "class",
            "id",
            "for",
            "width",
            "height",
            "align",
            "valign",
            "border",
            "size",
            "face",
            "color",
        ),
        *(
            "bgcolor",
            "background-color",
            "text",
            "link",
            "vlink",
            "alink",
            "cellpadding",
            "cellspacing",
            "colspan",
        ),
        *(
            "rowspan",
            "nowrap",
            "lang",
            "dir",
            "rel",
            "rev",
            "type",
            "target",
            "media",
            "charset",
            "http-equiv",
        ),
        *("clear", "start", "shape", "coords", "hspace", "vspace", "marginheight", "marginwidth", "tabindex"),
    }
)
"""Attributes whose values are words of the format, not of a person."""

_DATA = re.compile(r"data:([\w.+-]+/[\w.+-]+)?(?:;[\w=.-]+)*?(;base64)?,(.*)", re.IGNORECASE | re.DOTALL)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|mso-hide\s*:\s*all", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{2}")
_SPACES = re.compile(r"[ \t\r\n]+")
_CELLS = frozenset({"td", "th"})


@dataclass(frozen=True, slots=True)
class PageTexts:
    """The words of a page.

    Attributes:
        shown: What it shows, line by line.
        beside: What it does not show.
        files: The files packed into its addresses, and whether each is a picture.
    """

    shown: str = ""
    beside: list[tuple[SegmentKind, str]] = field(default_factory=list)
    files: list[tuple[bool, bytes]] = field(default_factory=list)


def html_texts(untrusted: str) -> PageTexts:
    """Take the words out of a page."""
    parser = etree.HTMLParser(no_network=True, huge_tree=False)
    root = etree.fromstring(untrusted, parser) if untrusted.strip() else None
    if root is None:
        return PageTexts()
    shown: list[str] = []
    beside: list[tuple[SegmentKind, str]] = []
    files: list[tuple[bool, bytes]] = []
    for kind, text in _attributes(root):
        packed = _packed(text)
        if packed is None:
            beside.append((kind, text))
        else:
            files.append(packed)
    _walk(root, None, shown, beside)
    outside = (*root.itersiblings(preceding=True), *root.itersiblings())
    beside += [(SegmentKind.OTHER, remark.text) for remark in outside if remark.text]
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(shown).split("\v"))
    return PageTexts("\n".join(line for line in lines if line), beside, files)


def _packed(address: str) -> tuple[bool, bytes] | None:
    """Return the file that an address itself holds, and whether it is a picture; None for other texts."""
    match = _DATA.fullmatch(address.strip())
    if match is None:
        return None
    content = unquote_to_bytes(match[3])
    try:
        content = binascii.a2b_base64(content) if match[2] else content
    except binascii.Error:
        return False, content
    return (match[1] or "").lower().startswith("image/"), content


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
            kind = _WORDS.get(str(key), SegmentKind.OTHER)
            if (
                str(key) in _LAYOUT
                or str(key).startswith("xmlns")
                or not _WORD.search(str(value))
                or (kind, str(value)) in told
            ):
                continue
            told.add((kind, str(value)))
            yield kind, str(value)
