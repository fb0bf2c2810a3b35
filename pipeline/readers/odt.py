"""ODT: the text, headers and footers, properties, settings, objects and every name in the file."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from lxml import etree

from models.document import Found, Place, SegmentKind
from models.ledger import LedgerLine
from models.upload import Received
from pipeline.limits import Limits
from pipeline.odf import odf_attribute, odf_name, odf_short
from pipeline.package import open_package
from pipeline.readers.odt_blocks import OdtBlocks, OdtSetting, hidden_odt_styles
from pipeline.readers.office_marks import texts
from pipeline.readers.office_package import Parts, loose_strands, open_parts, unread_lines
from pipeline.readers.office_parts import opaque_parts
from pipeline.readers.printable import printable_words
from pipeline.readers.stock_styles import is_stock_style
from pipeline.readers.strands import Piece, Strand, account
from pipeline.refusals import Refusal

_BODY = OdtSetting(SegmentKind.PARAGRAPH, "paragraphs", body=True, part="content.xml")
_PAGE_EDGES = {"style:header": SegmentKind.HEADER, "style:footer": SegmentKind.FOOTER}
_LETTERS = re.compile(r"[^\W\d_]{2}")
_PROGRAM = frozenset(
    {
        "meta:generator",
        "meta:creation-date",
        "dc:date",
        "meta:print-date",
        "meta:editing-duration",
        "meta:editing-cycles",
    }
)
_MARKS: dict[str, tuple[SegmentKind, str]] = {
    "xlink:href": (SegmentKind.LINK, "link targets and tips"),
    "xlink:title": (SegmentKind.LINK, "link targets and tips"),
    "office:name": (SegmentKind.LINK, "link targets and tips"),
    "text:name": (SegmentKind.BOOKMARK, "bookmarks and names of fields"),
    "table:name": (SegmentKind.ALT_TEXT, "names and descriptions of pictures and tables"),
    "draw:name": (SegmentKind.ALT_TEXT, "names and descriptions of pictures and tables"),
    "text:string-value": (SegmentKind.HIDDEN, "hidden text"),
    "text:string-value-if-true": (SegmentKind.HIDDEN, "hidden text"),
    "text:string-value-if-false": (SegmentKind.HIDDEN, "hidden text"),
    "office:string-value": (SegmentKind.FIELD, "field codes"),
    "text:formula": (SegmentKind.FIELD, "field codes"),
    "table:formula": (SegmentKind.FIELD, "field codes"),
    "text:condition": (SegmentKind.FIELD, "field codes"),
    "text:description": (SegmentKind.FIELD, "field codes"),
    "text:database-name": (SegmentKind.FIELD, "field codes"),
    "form:name": (SegmentKind.FORM_VALUE, "names, choices and help of form fields"),
    "form:label": (SegmentKind.FORM_VALUE, "names, choices and help of form fields"),
    "form:title": (SegmentKind.FORM_VALUE, "names, choices and help of form fields"),
    "form:value": (SegmentKind.FORM_VALUE, "names, choices and help of form fields"),
    "form:current-value": (SegmentKind.FORM_VALUE, "names, choices and help of form fields"),
    "style:display-name": (SegmentKind.OTHER, "names of styles, lists and building blocks"),
    "meta:name": (SegmentKind.PROPERTY, "document properties"),
}
"""Attributes that hold words, wherever they stand."""

_STOCK_NAME = re.compile(
    r"(Image|Frame|Table|Object|Shape|Graphic|Section|Picture|Illustration|Figure|Text|Drawing|[fF]orm)? ?\d*"
    r"|__\w+|_\w+|Standard|Left to Right|Right to Left|[Rr]ight|[Ll]eft|Index \d+"
)
_INNER_PATH = re.compile(r"(\./)?(Pictures|Object|ObjectReplacements|Media)[ /].*|#.*")


def read_odt(received: Received, limits: Limits) -> tuple[list[Found], list[LedgerLine]]:
    """Read every part of an OpenDocument text.

    Raises:
        DocumentError: If the package or its text is damaged or encrypted, or a part has a
            DOCTYPE.
    """
    package = open_package(received.untrusted_bytes, limits)
    parts = open_parts(package)
    _refuse_encrypted(parts)
    if "content.xml" not in parts.trees:
        raise Refusal.DAMAGED.error()
    strands = [*odt_strands(parts), *loose_strands(package)]
    files, others = opaque_parts(parts.opaque)
    lines = [*account(strands), *others, *unread_lines(parts, package)]
    return [*(strand.found() for strand in strands), *files], lines


def _refuse_encrypted(parts: Parts) -> None:
    manifest = parts.trees.get("META-INF/manifest.xml")
    if manifest is not None and any(odf_name(e) == "manifest:encryption-data" for e in manifest.iter()):
        raise Refusal.NEEDS_PASSWORD.error()


def odt_strands(parts: Parts) -> Iterator[Strand]:
    """Yield every text of the file: the body in reading order, then all that is not body."""
    blocks = OdtBlocks(hidden_odt_styles(iter(parts.trees.values())))
    content = parts.trees["content.xml"]
    body = [s for e in content.iter() if odf_name(e) == "office:text" for s in blocks.walk(e, _BODY)]
    yield from (s for s in body if s.body)
    yield from (s for s in blocks.notes if s.body)
    yield from (s for s in (*body, *blocks.notes) if not s.body)
    yield from _page_edges(parts, blocks)
    for name, tree in parts.trees.items():
        yield from _marks(tree, name)
        yield from _beside(tree, name, blocks)


def _page_edges(parts: Parts, blocks: OdtBlocks) -> Iterator[Strand]:
    styles = parts.trees.get("styles.xml")
    for edge in () if styles is None else styles.iter():
        name = odf_name(edge)
        kind = next((k for start, k in _PAGE_EDGES.items() if name.startswith(start)), None)
        if kind is None or name.endswith(("-style", "-properties")):
            continue
        inside = blocks.number(kind.value)
        yield from blocks.walk(
            edge, OdtSetting(kind, f"{kind.value}s", body=False, part="styles.xml", inside=inside)
        )


def _marks(tree: etree._Element, part: str) -> Iterator[Strand]:
    known: dict[tuple[str, str], Strand] = {}
    for element in tree.iter(etree.Element):
        for key, value in element.attrib.items():
            short = odf_short(str(key))
            if short not in _MARKS or not _is_own(short, str(value)):
                continue
            kind, group = _MARKS[short]
            strand = known.setdefault((group, str(value)), Strand(kind, group, Place(group, part=part)))
            (strand.copies if strand.pieces else strand.pieces).append(Piece(str(value), element, str(key)))
    yield from known.values()


def _is_own(key: str, value: str) -> bool:
    """Tell whether a value was given by a person, not by the program."""
    if key == "xlink:href":
        return bool(value) and not _INNER_PATH.fullmatch(value)
    if key == "style:display-name":
        return not is_stock_style(value)
    return bool(_LETTERS.search(value)) and not _STOCK_NAME.fullmatch(value)


def _beside(tree: etree._Element, part: str, blocks: OdtBlocks) -> Iterator[Strand]:
    for piece in texts(tree):
        if piece.node is None or (piece.node, piece.slot) in blocks.seen:
            continue
        name = odf_name(piece.node)
        words = _unpacked(piece) if odf_attribute(piece.node, "config:type") == "base64Binary" else piece
        if part.startswith("META-INF/") or name in _PROGRAM or not _is_words(name, words):
            continue
        kind, group = _beside_kind(part)
        yield Strand(kind, group, Place(group, part=part), [words])


def _unpacked(setting: Piece) -> Piece:
    """Return a packed setting, such as the printer's, as the words in it."""
    try:
        return Piece(printable_words(base64.b64decode(setting.text)))
    except binascii.Error:
        return setting


def _is_words(name: str, piece: Piece) -> bool:
    """Tell whether a text can be words: most settings are numbers and switches."""
    if piece.node is None:
        return bool(piece.text)
    if name != "config:config-item":
        return name != "text:note-citation"
    is_text = odf_attribute(piece.node, "config:type") == "string"
    return is_text and bool(_LETTERS.search(piece.text)) and piece.text not in ("true", "false")


def _beside_kind(part: str) -> tuple[SegmentKind, str]:
    if part.endswith("meta.xml"):
        return SegmentKind.PROPERTY, "document properties"
    if part.endswith("settings.xml"):
        return SegmentKind.PROPERTY, "settings of the program"
    if part.startswith(("Basic/", "Dialogs/", "Scripts/")):
        return SegmentKind.SCRIPT, "scripts"
    if part.startswith("Object"):
        return SegmentKind.CHART, "charts and formulas"
    return SegmentKind.OTHER, "text in unusual places"
