"""Which kind of place a string of a PDF stands in, by the key that holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pikepdf

from models.document import SegmentKind as Kind


@dataclass(frozen=True, slots=True)
class Where:
    """A kind of place and its name in plain words.

    Attributes:
        is_markup: Whether the text is written with tags.
        is_often_technical: Whether most texts there are made by machines.
    """

    kind: Kind
    name: str
    is_markup: bool = False
    is_often_technical: bool = False


UNKNOWN = Where(Kind.OTHER, "other text inside the file", is_often_technical=True)

NOT_WORDS = frozenset(
    {
        "/ID",
        "/U",
        "/O",
        "/UE",
        "/OE",
        "/Perms",
        "/Panose",
        "/FontFamily",
        "/CharSet",
        "/Lookup",
        "/DA",
        "/DS",
        "/DR",
        "/CreationDate",
        "/ModDate",
        "/M",
        "/Lang",
        "/Limits",
        "/CheckSum",
        "/Cert",
        "/ByteRange",
        "/Registry",
        "/Ordering",
        "/NM",
        "/ColorSpace",
        "/CS",
        "/OutputConditionIdentifier",
        "/RegistryName",
        "/HT",
        "/Base",
        "/IDS",
        "/Digest",
        "/DigestValue",
        "/LastModified",
    }
)
"""Keys whose strings are technical: hashes, colour tables, dates of saving, orderings."""

STRUCTURE = frozenset(
    {
        "/Type",
        "/Subtype",
        "/Parent",
        "/MediaBox",
        "/CropBox",
        "/Rotate",
        "/Filter",
        "/Length",
        "/ProcSet",
        "/BaseFont",
    }
)
"""Keys that hold numbers, names and references, passed over for speed."""

MEDIA = frozenset({"/Screen", "/Movie", "/Sound", "/3D", "/RichMedia"})
"""Notes that show sound, film or a model."""

_FIELD = Where(Kind.FIELD, "name of a form field")
_CAPTION = Where(Kind.FIELD, "caption of a form field")
_VALUE = Where(Kind.FORM_VALUE, "value of a form field")
_TARGET = Where(Kind.LINK, "target of a link", is_often_technical=True)
_NOTE = Where(Kind.ANNOTATION, "note")
_FILE = Where(Kind.ATTACHMENT, "name of an attached file")
_PROPERTY = Where(Kind.PROPERTY, "document property")

_ANY: Mapping[str, Where] = {
    "/T": _FIELD,
    "/TU": Where(Kind.FIELD, "help of a form field"),
    "/TM": _FIELD,
    "/CA": _CAPTION,
    "/AC": _CAPTION,
    "/RC": Where(Kind.ANNOTATION, "note", is_markup=True),
    "/V": _VALUE,
    "/DV": _VALUE,
    "/RV": Where(Kind.FORM_VALUE, "value of a form field", is_markup=True),
    "/Opt": Where(Kind.FORM_VALUE, "choice of a form field"),
    "/Contents": _NOTE,
    "/Subj": Where(Kind.ANNOTATION, "subject of a note"),
    "/OverlayText": _NOTE,
    "/Alt": Where(Kind.ALT_TEXT, "description of a picture"),
    "/ActualText": Where(Kind.ALT_TEXT, "text that stands for what is shown"),
    "/E": Where(Kind.ALT_TEXT, "abbreviation written out"),
    "/URI": Where(Kind.LINK, "address of a link"),
    "/JS": Where(Kind.SCRIPT, "script"),
    "/Dest": _TARGET,
    "/D": _TARGET,
    "/F": _TARGET,
    "/UF": _TARGET,
    "/Names": Where(Kind.OTHER, "name of a target, file or script", is_often_technical=True),
    "/Title": Where(Kind.BOOKMARK, "bookmark"),
    "/Name": Where(Kind.OTHER, "name of a layer"),
    "/P": Where(Kind.OTHER, "page label"),
}
_ON_NOTE = {**_ANY, "/T": Where(Kind.AUTHOR, "author of a note")}
_ON_TAG = {**_ANY, "/T": Where(Kind.ALT_TEXT, "title of a tagged part")}
_ON_FILE = {**_ANY, "/F": _FILE, "/UF": _FILE, "/DOS": _FILE, "/Unix": _FILE, "/Mac": _FILE} | {
    "/Desc": Where(Kind.ATTACHMENT, "description of an attached file")
}
_ON_SIGNATURE = {
    **_ANY,
    "/Name": Where(Kind.AUTHOR, "signer"),
    "/Contents": UNKNOWN,  # the signature itself: bytes, no words
    "/Reason": Where(Kind.PROPERTY, "reason of a signature"),
    "/Location": Where(Kind.PROPERTY, "place of a signature"),
    "/ContactInfo": Where(Kind.PROPERTY, "contact of a signer"),
}

_SIGNED, _FILE_NAMED, _WIDGET = map(pikepdf.Name, ("/Sig", "/Filespec", "/Widget"))


def places_of(item: Mapping[str, pikepdf.Object], *, is_facts: bool) -> tuple[Mapping[str, Where], Where]:
    """Return which place each key of a dictionary is, and what any other key is."""
    if is_facts:
        return {}, _PROPERTY
    kind = item.get("/Type")
    if "/ByteRange" in item or kind == _SIGNED:
        return _ON_SIGNATURE, UNKNOWN
    if "/EF" in item or kind == _FILE_NAMED:
        return _ON_FILE, UNKNOWN
    if "/Rect" in item and item.get("/Subtype") != _WIDGET:
        return _ON_NOTE, UNKNOWN
    if "/S" in item and "/P" in item:
        return _ON_TAG, UNKNOWN
    return _ANY, UNKNOWN
