"""Text in a PDF that stands on no page: properties, notes, fields, bookmarks, links, scripts.

Every string of every object in the file is looked at, whether or not anything refers to
the object. A table tells which kind of place it is; a string that no table knows is still
read, as `other`, so that nothing is passed over in silence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

import pikepdf

from models.document import Found, Place, SegmentKind
from pipeline.limits import Limits
from pipeline.readers.pdf_markup import is_wording, markup_words, stream_words, xmp_words
from pipeline.readers.pdf_pictures import words_beside
from pipeline.readers.pdf_places import MEDIA, NOT_WORDS, STRUCTURE, UNKNOWN, Where, places_of
from pipeline.readers.pdf_streams import SHOWS_TEXT, unpacked
from pipeline.refusals import Refusal

Identity = tuple[int, int]
Keyed = pikepdf.Dictionary | pikepdf.Stream
Held = Mapping[str, pikepdf.Object]

DEEPEST = 50
_IMAGE, _FORM, _METADATA, _PAGE = map(pikepdf.Name, ("/Image", "/Form", "/Metadata", "/Page"))
STREAMS_OF_TEXT = frozenset({"/V", "/DV", "/RV", "/RC", "/JS"})


@dataclass
class Outside:
    """What the object walk found.

    Attributes:
        images: Pictures in the file, without masks of other pictures and thumbnails.
        lost: Number of files inside the file whose content could not be unpacked.
        forms: Forms and patterns that may show text.
        glyphs: Letters of drawn fonts that show text themselves, with what they use for that.
        pages: Pages that do not belong to the document any more.
        attached: Number of files inside the file.
        media: Sounds, films and 3D models.
        private: Private streams of the program that made the file.
    """

    found: list[Found] = field(default_factory=list)
    images: set[Identity] = field(default_factory=set)
    lost: int = 0
    attached: int = 0
    forms: list[pikepdf.Stream] = field(default_factory=list)
    glyphs: list[tuple[pikepdf.Stream, pikepdf.Object]] = field(default_factory=list)
    pages: list[pikepdf.Dictionary] = field(default_factory=list)
    media: int = 0
    private: int = 0


def read_objects(pdf: pikepdf.Pdf, pages: Mapping[Identity, int], limits: Limits) -> Outside:
    """Read every text of a PDF that is not page content.

    Args:
        pdf: The open file.
        pages: Page number of each page and note, by its identity.
        limits: How many objects there may be, and how much one may unpack to.

    Raises:
        DocumentError: There are too many objects, or one unpacks to too much.
    """
    if len(pdf.objects) > limits.pdf_objects:
        raise Refusal.TOO_COMPLEX.error()
    walk = _Walk(pdf, pages, limits)
    walk.run()
    walk.out.images -= walk.masks
    return walk.out


def page_owners(pdf: pikepdf.Pdf) -> dict[Identity, int]:
    """Return the page number of each page and of each note on one."""
    owners: dict[Identity, int] = {}
    for number, page in enumerate(pdf.pages, start=1):
        owners[page.obj.objgen] = number
        notes = page.obj.get("/Annots")
        if isinstance(notes, pikepdf.Array):
            owners |= {notes[at].objgen: number for at in range(len(notes)) if notes[at].is_indirect}
    return owners


class _Walk:
    """One pass over the objects of a file, each text kept once for each kind of place."""

    def __init__(self, pdf: pikepdf.Pdf, pages: Mapping[Identity, int], limits: Limits) -> None:
        self.out = Outside()
        self.masks: set[Identity] = set()
        self._pdf = pdf
        self._objects = pdf.objects
        self._pages = pages
        self._limit = limits.pdf_page_bytes
        self._seen: set[Identity] = set()
        self._kept: set[tuple[SegmentKind, str, int | None]] = set()
        facts = pdf.trailer.get("/Info")
        self._facts = facts.objgen if isinstance(facts, pikepdf.Dictionary) else (0, 0)

    def run(self) -> None:
        """Visit every dictionary and stream, then what no dictionary's key has led to."""
        loose: list[pikepdf.Object] = []
        for item in self._objects:
            if isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
                self._keyed(item, self._pages.get(item.objgen), 0)
            elif isinstance(item, (pikepdf.Array, pikepdf.String)):
                loose.append(item)
        for item in loose:
            if item.objgen not in self._seen:
                self._value(item, UNKNOWN, None, 0)

    def _keyed(self, item: Keyed, page: int | None, depth: int) -> None:
        """Read a dictionary's strings and what it holds directly."""
        held: Held = dict(item.items())
        if isinstance(item, pikepdf.Stream):
            self._stream(item, held)
        places, other = places_of(held, is_facts=item.objgen == self._facts and item.is_indirect)
        self._count(item, held)
        for key, value in held.items():
            if key in NOT_WORDS or key in STRUCTURE or isinstance(value, (int, float, pikepdf.Name)):
                continue
            if isinstance(value, pikepdf.Stream):
                self._held_stream(key, value, places.get(key, other), page)
            elif key == "/XFA":
                self._xfa(value)
            else:
                self._value(value, places.get(key, other), page, depth + 1)

    def _value(self, value: pikepdf.Object, where: Where, page: int | None, depth: int) -> None:
        """Read a string, or what an array or a direct dictionary holds."""
        if depth > DEEPEST or not isinstance(value, (pikepdf.String, pikepdf.Array, pikepdf.Dictionary)):
            return
        if value.is_indirect:
            if isinstance(value, pikepdf.Dictionary) or value.objgen in self._seen:
                return
            self._seen.add(value.objgen)
        if isinstance(value, pikepdf.String):
            self._keep(str(value), where, page)
        elif isinstance(value, pikepdf.Array):
            for index in range(len(value)):
                self._value(value[index], where, page, depth + 1)
        else:
            self._keyed(value, page, depth + 1)

    def _keep(self, text: str, where: Where, page: int | None) -> None:
        """Keep a text unless it is technical, or was met at this kind of place before."""
        if where.is_often_technical and not is_wording(text):
            return
        text = markup_words(text) if where.is_markup else text.rstrip("\0")
        if not text.strip() or (where.kind, text, page) in self._kept:
            return
        self._kept.add((where.kind, text, page))
        name = f"{where.name}, page {page}" if page else where.name
        self.out.found.append(Found(where.kind, Place(name, page), text))

    def _stream(self, stream: pikepdf.Stream, held: Held) -> None:
        subtype = held.get("/Subtype")
        if subtype == _IMAGE:
            self.out.images.add(stream.objgen)
            self._beside_picture(stream, held.get("/Filter"))
        elif subtype == _FORM or held.get("/PatternType") == 1:
            self.out.forms.append(stream)
        elif held.get("/Type") == _METADATA:
            for text in xmp_words(unpacked(stream, self._limit)):
                self._keep(text, Where(SegmentKind.PROPERTY, "document property"), None)

    def _beside_picture(self, picture: pikepdf.Stream, packing: pikepdf.Object | None) -> None:
        """Read the comments and camera details of a picture."""
        if packing in (pikepdf.Name.DCTDecode, pikepdf.Name.JPXDecode):
            for text in words_beside(picture.read_raw_bytes()):
                self._keep(text, Where(SegmentKind.PROPERTY, "property of a picture"), None)

    def _held_stream(self, key: str, stream: pikepdf.Stream, where: Where, page: int | None) -> None:
        """Read a stream whose key tells what it is."""
        if key in ("/SMask", "/Mask", "/Thumb"):
            self.masks.add(stream.objgen)
        elif key in STREAMS_OF_TEXT:
            self._keep(stream_words(unpacked(stream, self._limit)), where, page)
        elif key == "/XFA":
            self._xfa(stream)
        elif key == "/Private":
            self.out.private += 1

    def _xfa(self, form: pikepdf.Object) -> None:
        """Read the texts of an XFA form: one stream, or an array of names and streams."""
        held = [form] if isinstance(form, pikepdf.Stream) else [form[at] for at in range(len(form))]
        content = b"".join(unpacked(s, self._limit) for s in held if isinstance(s, pikepdf.Stream))
        text = markup_words(content.decode("utf-8", "replace"))
        self._keep(text, Where(SegmentKind.FORM_VALUE, "the form inside the file"), None)

    def _count(self, item: Keyed, held: Held) -> None:
        """Count what may hold words but is not text."""
        files = held.get("/EF")
        if isinstance(files, pikepdf.Dictionary):
            self._attachment(item, files)
        if held.get("/Type") == _PAGE and item.objgen not in self._pages:
            self.out.pages.append(cast("pikepdf.Dictionary", item))
        if "/Rect" in held and str(held.get("/Subtype", "")) in MEDIA:
            self.out.media += 1
        drawn = held.get("/CharProcs")
        if isinstance(drawn, pikepdf.Dictionary):
            self._glyphs(drawn, held.get("/Resources"))

    def _glyphs(self, drawn: pikepdf.Dictionary, resources: pikepdf.Object | None) -> None:
        """Note the letters of a drawn font that show text in other fonts."""
        if not isinstance(resources, pikepdf.Dictionary) or "/Font" not in resources:
            return
        used = resources if resources.is_indirect else self._pdf.make_indirect(resources)
        glyphs = [glyph for glyph in drawn.values() if isinstance(glyph, pikepdf.Stream)]
        self.out.glyphs += [(g, used) for g in glyphs if SHOWS_TEXT.search(unpacked(g, self._limit))]

    def _attachment(self, item: Keyed, files: pikepdf.Dictionary) -> None:
        """Hand on a file inside the file, to be read in turn."""
        held = next((files[key] for key in ("/UF", "/F") if isinstance(files.get(key), pikepdf.Stream)), None)
        if held is None or held.objgen in self._seen:
            self.out.lost += held is None
            return
        self._seen.add(held.objgen)
        self.out.attached += 1
        name = next(
            (str(item[key]) for key in ("/UF", "/F") if isinstance(item.get(key), pikepdf.String)), ""
        )
        place = Place(f"attachment {self.out.attached}")
        content = unpacked(cast("pikepdf.Stream", held), self._limit)
        self.out.found.append(Found(SegmentKind.ATTACHMENT, place, name, untrusted_file=content))
