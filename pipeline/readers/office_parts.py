"""The other parts of an Office package: properties, charts, custom XML, links, things not read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from models.document import Found, Place, SegmentKind
from models.ledger import LedgerLine, LedgerState, ObjectKind
from pipeline.ooxml import attribute, name_of
from pipeline.readers.office_marks import texts
from pipeline.readers.printable import printable_words
from pipeline.readers.strands import Piece, Strand

_PROPERTY_ROOTS = {
    "cp:coreProperties": "document properties",
    "ep:Properties": "program properties",
    "op:Properties": "custom properties",
}
_CHART_ROOTS = {"c:chartSpace": "charts", "cx:chartSpace": "charts"}
_SMART_ART_ROOTS = {"dgm:dataModel": "SmartArt", "dsp:drawing": "SmartArt", "?:drawing": "SmartArt"}
_PARAGRAPHS = frozenset({"a:p", "w:p", "svg:text"})
_SCHEMA_VALUE = re.compile(r"[\d.:TZ+-]*|true|false|(Microsoft|LibreOffice|OpenOffice)[^@]{0,60}")
_PROGRAM_FIELDS = re.compile(
    r"ep:(?!Company|Manager|HyperlinkBase|Template|TitlesOfParts|HLinks).*"
    r"|cp:(revision|lastPrinted|version)|dcterms:(created|modified)"
)
_NUMBERS = frozenset({"c:numCache", "c:numLit"})
_WAYS_TO_CITE = frozenset(
    {
        *(
            "apa",
            "apasixthedition",
            "apasixtheditionofficeonline",
            "chicago",
            "chicago15theditionofficeonline",
        ),
        *("gb7714", "gb7714officeonline", "gostname", "gostnamesort", "gosttitle", "gosttitlesort"),
        *("harvardanglia", "harvardanglia2008", "harvardanglia2008officeonline"),
        *("ieee", "ieee2006", "ieee2006officeonline", "iso690", "iso690firstelementanddate"),
        *("iso690nmerical", "iso690numericalreference", "mla", "mlaseventhedition"),
        *("mlaseventheditionofficeonline", "sist02", "turabian", "turabian7theditionofficeonline"),
    }
)
"""Ways to cite that Word offers, as it names them and their files; small letters and digits only."""


@dataclass(frozen=True, slots=True)
class PartKind:
    """What a part that is not plain XML is.

    Attributes:
        name: Its name in the ledger ("picture").
        inner: The segment kind of the words in it, where it is a file to be read in turn.
        reason: Why it is not read, where it is not. None: it holds no words of anybody.
    """

    kind: ObjectKind
    name: str
    inner: SegmentKind | None = None
    reason: str | None = None


PICTURE = PartKind(ObjectKind.IMAGE, "picture", SegmentKind.IMAGE_TEXT)
_PRINTER = PartKind(ObjectKind.UNKNOWN_PART, "printer settings")
_UNKNOWN = PartKind(ObjectKind.UNKNOWN_PART, "part of an unknown kind", reason="it could not be read")
_OPAQUE: tuple[tuple[re.Pattern[str], PartKind], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"\.(odttf|ttf|otf|fntdata)$", PartKind(ObjectKind.UNKNOWN_PART, "embedded font")),
        (r"^(layout-cache|mimetype)$", PartKind(ObjectKind.UNKNOWN_PART, "layout of the pages")),
        (
            r"(^|/)_xmlsignatures/|^META-INF/.*signatures",
            PartKind(ObjectKind.SIGNATURE, "signature", reason="a person must look at it"),
        ),
        (r"vba|macro", PartKind(ObjectKind.MACRO, "macro", reason="program code is not read")),
        (
            r"\.(wav|mp3|m4a|mp4|m4v|mov|avi|wmv|wma)$",
            PartKind(ObjectKind.EMBEDDED_FILE, "sound or film", reason="what it says or shows is not read"),
        ),
        (r"printerSettings", _PRINTER),
        (r"afchunk|altchunk", PartKind(ObjectKind.EMBEDDED_FILE, "inserted file", SegmentKind.ATTACHMENT)),
        (
            r"(^|/)(embeddings|activeX)/|^Object \d+$",
            PartKind(ObjectKind.EMBEDDED_FILE, "embedded file", SegmentKind.ATTACHMENT),
        ),
        (
            r"^(docProps|Thumbnails)/thumbnail",
            PartKind(ObjectKind.IMAGE, "preview picture", SegmentKind.IMAGE_TEXT),
        ),
        (
            r"(^|/)media/|\.(png|jpe?g|jpe|gif|bmp|tiff?|emf|wmf|emz|wmz|pict?|pcx|webp|wdp)$",
            PICTURE,
        ),
    )
)
"""Parts by their name, the first that fits."""


def part_kind(name: str) -> PartKind:
    """Tell what a part is that is not XML, or not XML that holds plain text."""
    return next((kind for pattern, kind in _OPAQUE if pattern.search(name)), _UNKNOWN)


def opaque_parts(parts: dict[str, bytes]) -> tuple[list[Found], list[LedgerLine]]:
    """Return the files among the parts, to be read in turn, and the account of the others."""
    found: list[Found] = []
    others: Counter[PartKind] = Counter()
    numbers: Counter[str] = Counter()
    for part, content in parts.items():
        kind = part_kind(part)
        if kind is _PRINTER and (words := printable_words(content)):
            found.append(Found(SegmentKind.PROPERTY, Place(kind.name, part=part), words))
        if kind.inner is None:
            others[kind] += 1
            continue
        numbers[kind.name] += 1
        place = Place(f"{kind.name} {numbers[kind.name]}", part=part)
        found.append(Found(kind.inner, place, "", untrusted_file=content))
    return found, [_other_line(kind, count) for kind, count in others.items()]


def _other_line(kind: PartKind, count: int) -> LedgerLine:
    read = LedgerState.READ if kind is _PRINTER else LedgerState.EMPTY
    state = read if kind.reason is None else LedgerState.NOT_READ
    return LedgerLine(kind.kind, kind.name, count, state, kind.reason)


def is_read_as_xml(name: str) -> bool:
    """Tell whether an XML part's text is worth reading: a signature's and a macro's is not plain."""
    return part_kind(name).kind not in (ObjectKind.SIGNATURE, ObjectKind.MACRO)


def part_strands(root: etree._Element, part: str) -> Iterator[Strand]:
    """Yield the texts of a part that is not WordprocessingML."""
    name = name_of(root)
    if name == "rel:Relationships":
        yield from _outward_links(root, part)
    elif name in _PROPERTY_ROOTS:
        yield from _properties(root, part, _PROPERTY_ROOTS[name])
    elif name in _CHART_ROOTS or name in _SMART_ART_ROOTS:
        group = (_CHART_ROOTS | _SMART_ART_ROOTS)[name]
        yield from _lines(root, Strand(SegmentKind.CHART, group, Place(group, part=part)))
    elif not name.startswith(("ct:", "a:", "ds:")):
        custom = Strand(SegmentKind.OTHER, "custom XML", Place("custom XML", part=part))
        custom.pieces = [p for value in _attributes(root) for p in (value, Piece("\n"))]
        yield from _lines(root, custom)


def _outward_links(root: etree._Element, part: str) -> Iterator[Strand]:
    known: dict[str, Strand] = {}
    for relation in root:
        target = attribute(relation, "Target") or ""
        if attribute(relation, "TargetMode") != "External" or not target:
            continue
        strand = known.setdefault(
            target, Strand(SegmentKind.LINK, "link targets and tips", Place("link target", part=part))
        )
        (strand.copies if strand.pieces else strand.pieces).append(Piece(target, relation, "Target"))
    yield from known.values()


def _properties(root: etree._Element, part: str, group: str) -> Iterator[Strand]:
    for piece in texts(root):
        element = piece.node
        if element is None or (_is_program_value(_top(element, root), piece.text)):
            continue
        yield Strand(SegmentKind.PROPERTY, group, Place(group, part=part), [piece])
    for element in root:
        if name := attribute(element, "name"):
            yield Strand(SegmentKind.PROPERTY, group, Place(group, part=part), [Piece(name, element, "name")])


def _is_program_value(top: etree._Element, text: str) -> bool:
    return bool(_PROGRAM_FIELDS.fullmatch(name_of(top)) and _SCHEMA_VALUE.fullmatch(text.strip()))


def _top(element: etree._Element, root: etree._Element) -> etree._Element:
    while (parent := element.getparent()) is not None and parent is not root:
        element = parent
    return element


def _lines(root: etree._Element, strand: Strand) -> Iterator[Strand]:
    """Yield all text of a part as one strand, one line a paragraph."""
    line: etree._Element | None = None
    for piece in texts(root):
        if piece.node is None or _is_cached_number(piece.node, piece.text):
            continue
        paragraph = next((a for a in piece.node.iterancestors() if name_of(a) in _PARAGRAPHS), piece.node)
        if strand.pieces and paragraph is not line:
            strand.pieces.append(Piece("\n"))
        line = paragraph
        strand.pieces.append(piece)
    if strand.pieces:
        yield strand


def _is_cached_number(node: etree._Element, text: str) -> bool:
    if name_of(node) == "c:formatCode":
        return True
    is_number = text.strip().lstrip("-").replace(".", "", 1).isdigit()
    return is_number and any(name_of(a) in _NUMBERS for a in node.iterancestors())


def _attributes(root: etree._Element) -> Iterator[Piece]:
    for element in root.iter(etree.Element):
        for key, value in element.attrib.items():
            if str(value).strip() and not (_is_address_of_a_form(str(value)) or _is_way_to_cite(str(value))):
                yield Piece(str(value), element, str(key))


def _is_address_of_a_form(value: str) -> bool:
    return value.startswith(("http://schemas.", "{"))


def _is_way_to_cite(value: str) -> bool:
    """Tell whether a value is a way to cite that Word offers: it stands in nearly every Word file."""
    return re.sub(r"\.xsl$|[^a-z0-9]", "", value.casefold()) in _WAYS_TO_CITE
