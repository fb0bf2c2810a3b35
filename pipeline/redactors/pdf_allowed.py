"""What may pass from a PDF into its redacted copy: an allow-list, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import pikepdf

from pipeline.readers.pdf_pictures import JPEG_START, WORD_BOXES, boxes
from pipeline.redactors.pdf_content import Instruction, used_names

PAGE_KEYS = ("/MediaBox", "/CropBox", "/Rotate", "/Group", "/UserUnit")

_GENERAL = (
    "/Type /Subtype /Length /Filter /DecodeParms /Predictor /Columns /Colors /K /EndOfLine /EarlyChange"
)
_GENERAL += (
    " /EncodedByteAlign /Rows /EndOfBlock /BlackIs1 /DamagedRowsBeforeError /JBIG2Globals /ColorTransform"
)
_IMAGE = "/Width /Height /ColorSpace /BitsPerComponent /Intent /ImageMask /Mask /Decode /Interpolate /SMask"
_IMAGE += " /SMaskInData /Matte /N /Alternate /Range"
_FORM = "/FormType /BBox /Matrix /Resources /Group /S /CS /I"
_RESOURCES = "/Font /XObject /ColorSpace /ExtGState /Pattern /Shading"
_STATE = (
    "/LW /LC /LJ /ML /D /RI /OP /op /OPM /FL /SM /SA /BM /CA /ca /AIS /TK /BG /BG2 /UCR /UCR2 /TR /TR2 /BC /G"
)
_PAINT = (
    "/PatternType /PaintType /TilingType /XStep /YStep /ShadingType /Background /AntiAlias /Coords /Domain"
)
_PAINT += " /Extend /Function /Functions /FunctionType /C0 /C1 /Bounds /Encode /Size /Order /BitsPerSample"
_PAINT += " /BitsPerCoordinate /BitsPerFlag /VerticesPerRow /WhitePoint /BlackPoint /Gamma /Lab /Colorants"
_PAINT += " /Process /Components /MixingHints /Solidities"
_FONT = (
    "/BaseFont /FirstChar /LastChar /Widths /FontDescriptor /Encoding /ToUnicode /DescendantFonts /FontBBox"
)
_FONT += " /FontMatrix /CharProcs /CIDSystemInfo /DW /W /DW2 /W2 /CIDToGIDMap /BaseEncoding /Differences"
_FONT += (
    " /FontName /FontFamily /FontStretch /FontWeight /Flags /ItalicAngle /Ascent /Descent /Leading /CapHeight"
)
_FONT += " /XHeight /StemV /StemH /AvgWidth /MaxWidth /MissingWidth /FontFile /FontFile2 /FontFile3 /Length1"
_FONT += " /Length2 /Length3 /CMapName /WMode /UseCMap /Registry /Ordering /Supplement"

_KEYS = (_GENERAL, _IMAGE, _FORM, _RESOURCES, _STATE, _PAINT, _FONT)
ALLOWED = frozenset(key for keys in _KEYS for key in keys.split())
"""Keys of dictionaries that say how a page looks. Properties, layers, structure, replacement
texts and whatever a program keeps for itself have other keys, and do not pass."""

NAMING = frozenset({"/Font", "/XObject", "/ColorSpace", "/ExtGState", "/Pattern", "/Shading"}) | frozenset(
    {"/CharProcs", "/Colorants"}
)
"""Keys of dictionaries whose own keys are names that the file chose."""

_STRINGS = frozenset({"/Registry", "/Ordering", "/ColorSpace", "/CS", "/FontFamily"})
"""Keys under which a string may pass: names of character sets, and tables of colours."""

_JPEG_WORDS = frozenset({0xFE, *range(0xE1, 0xF0)}) - {0xE2, 0xEE}
"""JPEG segments that hold comments, camera details and editors' notes, not the picture
(E2 is the colour profile, EE says how colours are coded)."""


def kept_resources(instructions: Iterable[Instruction], resources: pikepdf.Dictionary) -> pikepdf.Dictionary:
    """Return the resources that instructions use, without any other."""
    kept = pikepdf.Dictionary()
    for table, name in used_names(instructions):
        held = resources.get(table)
        if isinstance(held, pikepdf.Dictionary) and name in held:
            if table not in kept:
                kept[table] = pikepdf.Dictionary()
            kept[table][name] = held[name]
    return kept


def strip(item: pikepdf.Object, seen: set[tuple[int, int]] | None = None) -> None:
    """Take every key that is not on the allow-list out of an object and all it leads to."""
    seen = set() if seen is None else seen
    todo = [(item, False, False)]
    while todo:
        held, is_naming, may_hold_strings = todo.pop()
        if held.is_indirect:
            if held.objgen in seen:
                continue
            seen.add(held.objgen)
        if isinstance(held, (pikepdf.Dictionary, pikepdf.Stream)):
            todo += _stripped(held, is_naming=is_naming)
        elif isinstance(held, pikepdf.Array):
            todo += _stripped_array(held, may_hold_strings=may_hold_strings)


def _stripped(
    held: pikepdf.Dictionary | pikepdf.Stream, *, is_naming: bool
) -> Iterator[tuple[pikepdf.Object, bool, bool]]:
    """Strip one dictionary; yield what it leads to."""
    for key in list(held.keys()):
        if key == "/Length":
            continue
        value = held.get(key)
        is_text = isinstance(value, pikepdf.String) and key not in _STRINGS
        if is_text or not (is_naming or key in ALLOWED):
            del held[key]
        elif isinstance(value, pikepdf.Object):
            yield value, key in NAMING, is_naming or key in _STRINGS
    if isinstance(held, pikepdf.Stream):
        _strip_picture(held, held.get("/Filter"))


def _stripped_array(
    held: pikepdf.Array, *, may_hold_strings: bool
) -> Iterator[tuple[pikepdf.Object, bool, bool]]:
    for at in range(len(held)):
        value = held[at]
        if isinstance(value, pikepdf.String) and not may_hold_strings:
            held[at] = pikepdf.String("")
        elif isinstance(value, pikepdf.Object):
            yield value, False, may_hold_strings


def _strip_picture(picture: pikepdf.Stream, packing: pikepdf.Object | None) -> None:
    """Take what a packed picture says beside what it shows out of it."""
    for name, without_words in _WORDLESS.items():
        if packing == name:
            packed = picture.read_raw_bytes()
            plain = without_words(packed)
            if plain != packed:
                picture.write(plain, filter=name)


def jpeg_2000_without_words(picture: bytes) -> bytes:
    """Return a JPEG 2000 file without its notes and properties; the picture is untouched."""
    kept = b"".join(box for kind, box in boxes(picture) if kind not in WORD_BOXES)
    return kept or picture


def jpeg_without_words(picture: bytes) -> bytes:
    """Return a JPEG file without its comments and camera details; the picture is untouched."""
    if not picture.startswith(JPEG_START):
        return picture
    kept, at = [JPEG_START], 2
    while at + 4 <= len(picture) and picture[at] == 0xFF and picture[at + 1] not in (0xDA, 0xD9):
        end = at + 2 + int.from_bytes(picture[at + 2 : at + 4], "big")
        if picture[at + 1] not in _JPEG_WORDS:
            kept.append(picture[at:end])
        at = end
    return b"".join([*kept, picture[at:]])


_WORDLESS: Mapping[pikepdf.Name, Callable[[bytes], bytes]] = {
    pikepdf.Name.DCTDecode: jpeg_without_words,
    pikepdf.Name.JPXDecode: jpeg_2000_without_words,
}
