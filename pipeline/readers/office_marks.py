"""Words in the attributes and forgotten corners of Office's XML: names, tips, targets, authors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from lxml import etree

from models.document import Place, SegmentKind
from pipeline.ooxml import attribute, name_of, short
from pipeline.readers.stock_styles import is_stock_style
from pipeline.readers.strands import TAIL, TEXT, Piece, Strand


@dataclass(frozen=True, slots=True)
class Mark:
    """What a kind of attribute holds: its segment kind, and its name in the ledger."""

    kind: SegmentKind
    group: str


_AUTHOR = Mark(SegmentKind.AUTHOR, "authors of comments and changes")
_ALT = Mark(SegmentKind.ALT_TEXT, "names and descriptions of pictures and tables")
_LINK = Mark(SegmentKind.LINK, "link targets and tips")
_BOOKMARK = Mark(SegmentKind.BOOKMARK, "bookmarks")
_FORM = Mark(SegmentKind.FORM_VALUE, "names, choices and help of form fields")
_VARIABLE = Mark(SegmentKind.PROPERTY, "document variables and mail merge")
_SIGNER = Mark(SegmentKind.AUTHOR, "signature lines")
_NAMED = Mark(SegmentKind.OTHER, "names of styles, lists and building blocks")
_SMART = Mark(SegmentKind.OTHER, "smart tags")
_RULE = Mark(SegmentKind.OTHER, "filters, rules and scenarios of sheets")
_ART = Mark(SegmentKind.TEXT_BOX, "word art")

_ANYWHERE: dict[str, Mark] = {
    "w:author": _AUTHOR,
    "w:initials": _AUTHOR,
    "w15:author": _AUTHOR,
    "w15:userId": _AUTHOR,
    "w:ed": _AUTHOR,
    "descr": _ALT,
    "title": _ALT,
    "alt": _ALT,
    "o:title": _ALT,
    "w:tooltip": _LINK,
    "tooltip": _LINK,
    "href": _LINK,
    "o:href": _LINK,
    "w:docLocation": _LINK,
    "w:instr": Mark(SegmentKind.FIELD, "field codes"),
    "string": _ART,
    "o:suggestedsigner": _SIGNER,
    "o:suggestedsigner2": _SIGNER,
    "o:suggestedsigneremail": _SIGNER,
    "o:signinginstructions": _SIGNER,
    "w:displayText": _FORM,
}
"""Attributes that hold words wherever they stand."""

_ON: dict[tuple[str, str], Mark] = {
    ("wp:docPr", "name"): _ALT,
    ("pic:cNvPr", "name"): _ALT,
    ("w:tblCaption", "w:val"): _ALT,
    ("w:tblDescription", "w:val"): _ALT,
    ("w:hyperlink", "w:anchor"): _BOOKMARK,
    ("w:bookmarkStart", "w:name"): _BOOKMARK,
    ("w:alias", "w:val"): _FORM,
    ("w:tag", "w:val"): _FORM,
    ("w:listItem", "w:value"): _FORM,
    ("w:listEntry", "w:val"): _FORM,
    ("w:default", "w:val"): _FORM,
    ("w:helpText", "w:val"): _FORM,
    ("w:statusText", "w:val"): _FORM,
    ("w:control", "w:name"): _FORM,
    ("w:docVar", "w:name"): _VARIABLE,
    ("w:docVar", "w:val"): _VARIABLE,
    ("w:query", "w:val"): _VARIABLE,
    ("w:connectString", "w:val"): _VARIABLE,
    ("w:udl", "w:val"): _VARIABLE,
    ("w:mappedName", "w:val"): _VARIABLE,
    ("w:attr", "w:val"): _SMART,
    ("w:lvlText", "w:val"): _NAMED,
    ("w:name", "w:val"): _NAMED,
    ("w:aliases", "w:val"): _NAMED,
    ("w:description", "w:val"): _NAMED,
    ("a:theme", "name"): _NAMED,
    ("xdr:cNvPr", "name"): _ALT,
    ("xac:absPath", "url"): _LINK,
    ("x:hyperlink", "display"): _LINK,
    ("x:hyperlink", "location"): _LINK,
    ("x:dataValidation", "prompt"): _FORM,
    ("x:dataValidation", "promptTitle"): _FORM,
    ("x:dataValidation", "error"): _FORM,
    ("x:dataValidation", "errorTitle"): _FORM,
    ("x:sheetPr", "codeName"): _NAMED,
    ("x:workbookPr", "codeName"): _NAMED,
    ("x:definedName", "name"): _NAMED,
    ("x:definedName", "comment"): _NAMED,
    ("x:table", "displayName"): _NAMED,
    ("x:tableColumn", "name"): _NAMED,
    ("x:cellStyle", "name"): _NAMED,
    ("x:numFmt", "formatCode"): _NAMED,
    ("x:scenario", "name"): _NAMED,
    ("x:scenario", "comment"): _NAMED,
    ("x:scenario", "user"): _AUTHOR,
    ("x:protectedRange", "name"): _NAMED,
    ("x:fileSharing", "userName"): _AUTHOR,
    ("x:filter", "val"): _RULE,
    ("x:customFilter", "val"): _RULE,
    ("x:cfRule", "text"): _RULE,
    ("x:sortCondition", "customList"): _RULE,
    ("x:inputCells", "val"): _RULE,
    ("x:tableColumn", "totalsRowLabel"): _RULE,
    ("x:definedName", "description"): _NAMED,
    ("x:definedName", "help"): _NAMED,
    ("x:definedName", "statusBar"): _NAMED,
    ("x:definedName", "customMenu"): _NAMED,
    ("x:customWorkbookView", "name"): _NAMED,
    ("x:table", "comment"): _NAMED,
    ("x:control", "name"): _NAMED,
    ("x:oleObject", "link"): _LINK,
    ("x:webPublishItem", "destinationFile"): _LINK,
}
"""Attributes that hold words on one kind of element only."""

_FOREIGN = Mark(SegmentKind.OTHER, "attributes of other programs")
_OFFICE_SPACES = (
    "{http://schemas.microsoft.com/",
    "{http://schemas.openxmlformats.org/",
    "{http://purl.oclc.org/",
)

_LETTERS = re.compile(r"[^\W\d_]{2}")
_GENERATED = re.compile(r"_(GoBack|Toc\d+|Ref\d+|Hlk\d+|PictureBullets)")
_STOCK_NAMES = re.compile(
    r"(Picture|Image|Text Box|Chart|Diagram|Group|Rectangle|Straight Connector|Shape|Object|Graphic"
    r"|AutoShape|Content Placeholder|Oval|Line|Freeform|Canvas|Table)( \d+)?|Office Theme|Office|ThisWorkbook"
    r"|(Sheet|Chart|Module)\d+"
    r"|(Header|Footer|Heading \d|Title|Subtitle|Body Text( Indent| First Indent)?( \d)?|Macro Text|Plain Text"
    r"|(Intense )?Quote|(Footnote|Endnote|Comment|Balloon) Text|Comment Subject|HTML (Preformatted|Address)"
    r"|Date|Salutation|Signature|E-mail Signature|Closing|Note Heading|Message Header|Document Map) Char",
    re.IGNORECASE,
)
"""Names that programs give: to objects, and to the twin that Word makes of a style for single letters."""
_KEYWORDS = frozenset({"wp:align", "wp:posOffset", "w:binData", "c:formatCode"})
"""Elements whose text is a measure, a keyword or a packed picture."""
_KEYWORD_SPACES = ("wp14:", "vx:")


def marks(root: etree._Element, part: str) -> Iterator[Strand]:
    """Yield the words in a part's attributes, equal words of one kind once."""
    known: dict[tuple[Mark, str], Strand] = {}
    for element in root.iter(etree.Element):
        name = name_of(element)
        for key, value in element.attrib.items():
            mark = _mark_of(name, str(key))
            if mark is None or not _says_something(str(value), mark, element):
                continue
            piece = Piece(str(value), element, str(key))
            strand = known.setdefault(
                (mark, str(value)), Strand(mark.kind, mark.group, Place(mark.group, part=part))
            )
            (strand.copies if strand.pieces else strand.pieces).append(piece)
    yield from known.values()


def _mark_of(element: str, key: str) -> Mark | None:
    name = short(key)
    if name.startswith("?:") and not key.startswith(_OFFICE_SPACES):
        return _FOREIGN
    return _ANYWHERE.get(name) or _ON.get((element, name))


def _says_something(value: str, mark: Mark, element: etree._Element) -> bool:
    if mark is _BOOKMARK:
        return not _GENERATED.match(value)
    if mark in (_NAMED, _ALT, _RULE):
        return bool(_LETTERS.search(value)) and not _STOCK_NAMES.fullmatch(value) and _is_own(element)
    return bool(value.strip())


def _is_own(element: etree._Element) -> bool:
    """Tell whether a style's name was given by a person, for only such names can tell something."""
    style = element.getparent()
    if style is None or name_of(style) != "w:style":
        return True
    is_marked = attribute(style, "w:customStyle") in ("1", "true", "on")
    return is_marked or not is_stock_style(attribute(element, "w:val") or "")


def leftovers(root: etree._Element, part: str, seen: set[etree._Element]) -> Iterator[Strand]:
    """Yield the text of a part that stands in none of the places that its format has for text."""
    strand = Strand(SegmentKind.OTHER, "text in unusual places", Place("text in an unusual place", part=part))
    for piece in texts(root):
        is_read = piece.slot == TEXT and piece.node in seen
        if not is_read and not _is_keyword(piece):
            strand.pieces += [piece, Piece("\n")]
    if strand.pieces:
        yield strand


def _is_keyword(piece: Piece) -> bool:
    if piece.node is None or piece.slot != TEXT:
        return False
    name = name_of(piece.node)
    return name in _KEYWORDS or name.startswith(_KEYWORD_SPACES)


def texts(root: etree._Element) -> Iterator[Piece]:
    """Yield every stretch of text in a tree that is more than white space, comments included."""
    for node in chain(root.iter(), root.itersiblings(preceding=True), root.itersiblings()):
        if node.text and node.text.strip():
            yield Piece(node.text, node, TEXT)
        if node is not root and node.tail and node.tail.strip():
            yield Piece(node.tail, node, TAIL)
