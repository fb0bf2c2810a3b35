"""What the pages of a PDF are made of: how much content, which pictures, which odd fonts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

import pikepdf

from pipeline.limits import Limits
from pipeline.readers.pdf_letter_tables import font_letters, is_plain_font, is_untold
from pipeline.readers.pdf_letters import NO_LETTERS, Letters, Tally, letters_of
from pipeline.readers.pdf_streams import unpacked
from pipeline.refusals import Refusal

DEEPEST = 20
THINNEST = 8
"""Pixels. A picture less wide or high than this cannot show a readable word."""

HIDDEN_FLAGS = 2 | 32
"""Flags of a note that is not shown: hidden, and not for the screen."""

_DRAWS = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
_INLINE_IMAGE = re.compile(rb"BI(?<!\SBI)\s[\s\S]{1,1000}?\sID\s")
_TEXT = re.compile(rb"(?:\)|>|\])\s*(?:Tj|TJ|'|\")")
_PATHS = re.compile(rb"\s(?:c|l|v|y)\s")
_CURVES = re.compile(rb"c(?<=[\d.] c)\s")
_REMARK = re.compile(rb"%(?<![^\r\n]%)([^\r\n]+)")
_INVISIBLE = re.compile(rb"(?<!\S)[37]\s+Tr\b")
_DO, _OC, _MODE_3, _MODE_7 = map(re.compile, (b"Do", b"/OC", b"3 Tr", b"7 Tr"))
"""Plain words, which an expression finds twice as fast as `in`: it leaps to a word's first byte. For
that, every expression here that runs on all content begins with a byte of its own, where it can."""


class Sign(Enum):
    """Why a page's text deserves a second reader or a second look."""

    ODD_FONT = "a font without a reliable table of letters"
    UNTOLD_FONT = "a font that does not say which letters it shows"
    ACTUAL_TEXT = "a text that stands in for what is shown"
    LAYER = "a layer that can be switched off"
    INVISIBLE = "invisible text"


@dataclass(frozen=True, slots=True)
class PageMake:
    """What one page is made of.

    Attributes:
        number: Page number counted from 1.
        images: Pictures on it that could show a word.
        specks: Pictures too small for that.
        curves: Curves drawn on it.
        paths: Curves and lines drawn where its content shows no text.
        has_text: Whether its content shows text.
        letters: The letters and digits that it shows, added up; None where its fonts do not say.
    """

    number: int
    images: int
    specks: int
    curves: int
    paths: int
    has_text: bool
    signs: frozenset[Sign]
    letters: Tally | None


@dataclass
class _Made:
    """What is gathered of one page (or one form drawn on it) on the way."""

    size: int = 0
    images: int = 0
    specks: int = 0
    curves: int = 0
    paths: int = 0
    has_text: bool = False
    signs: set[Sign] = field(default_factory=set)
    letters: Tally | None = NO_LETTERS

    def add(self, other: _Made, times: int) -> None:
        """Add what a form is made of, as often as it is drawn."""
        self.size += other.size * times
        self.images += other.images
        self.specks += other.specks
        self.curves += other.curves * times
        self.paths += other.paths * times
        self.has_text |= other.has_text
        self.signs |= other.signs
        if self.letters is not None:
            self.letters = None if other.letters is None else self.letters.plus(other.letters, times)


@dataclass
class Structure:
    """Reads the make of pages, each form and font once.

    Attributes:
        drawn: Identities of the pictures that some page shows.
        remarks: What is remarked in their content, which nobody is shown.
    """

    limits: Limits
    drawn: set[tuple[int, int]] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)
    _forms: dict[tuple[int, int], _Made] = field(default_factory=dict)
    _fonts: dict[tuple[int, int], Letters | None] = field(default_factory=dict)
    _total: int = 0

    def page(self, number: int, page: pikepdf.Page) -> PageMake:
        """Tell what one page is made of.

        Raises:
            DocumentError: The page, or all pages so far together, draw more than the
                limits allow, forms drawn within forms counted as often as they are drawn.
        """
        resources = _resources_of(page)
        made = self._content(self._page_content(page), resources, 0)
        for look in _looks(page):
            made.add(self._form(look, resources, 1), 1)
        self._total += made.size
        if made.size > self.limits.pdf_page_bytes or self._total > self.limits.pdf_content_bytes:
            raise Refusal.UNPACKS_TOO_LARGE.error()
        signs = frozenset(made.signs)
        shapes = (made.curves, made.paths)
        return PageMake(number, made.images, made.specks, *shapes, made.has_text, signs, made.letters)

    @property
    def forms_drawn(self) -> set[tuple[int, int]]:
        """Identities of the forms that some page draws."""
        return set(self._forms)

    def _page_content(self, page: pikepdf.Page) -> bytes:
        contents = page.obj.get("/Contents")
        if isinstance(contents, pikepdf.Stream):
            return unpacked(contents, self.limits.pdf_page_bytes)
        if not isinstance(contents, pikepdf.Array):
            return b""
        pieces: list[bytes] = []
        left = self.limits.pdf_page_bytes
        for piece in streams_of(contents):
            pieces.append(unpacked(piece, left))
            left -= len(pieces[-1])
        return b"\n".join(pieces)

    def _content(self, content: bytes, resources: pikepdf.Object | None, depth: int) -> _Made:
        """Tell what a content stream draws, itself and through forms."""
        made = _Made(size=len(content), has_text=_TEXT.search(content) is not None)
        made.images = len(_INLINE_IMAGE.findall(content))
        made.curves = len(_CURVES.findall(content))
        made.paths = 0 if made.has_text else len(_PATHS.findall(content))
        made.signs = set(_signs_in(content))
        self.remarks += [remark.decode("latin-1") for remark in _REMARK.findall(content)]
        if isinstance(resources, pikepdf.Dictionary):
            if made.has_text:
                made.letters = self._letters(content, resources)
            if made.letters is None:
                made.signs |= _font_signs(resources)
            self._draws(made, content, resources, depth)
        return made

    def _draws(self, made: _Made, content: bytes, resources: pikepdf.Dictionary, depth: int) -> None:
        """Add what the named objects of a content stream draw."""
        named = resources.get("/XObject")
        if not isinstance(named, pikepdf.Dictionary) or _DO.search(content) is None:
            return
        for name, times in Counter(_DRAWS.findall(content)).items():
            drawn = named.get("/" + name.decode("latin-1"))
            if not isinstance(drawn, pikepdf.Stream):
                continue
            if drawn.get("/Subtype") == pikepdf.Name.Image:
                self._image(made, drawn)
            elif depth < DEEPEST:
                made.add(self._form(drawn, resources, depth + 1), times)
            if made.size > self.limits.pdf_page_bytes:
                raise Refusal.UNPACKS_TOO_LARGE.error()

    def _image(self, made: _Made, image: pikepdf.Stream) -> None:
        self.drawn.add(image.objgen)
        sides = (image.get("/Width", 0), image.get("/Height", 0))
        if all(isinstance(side, int) and side >= THINNEST for side in sides):
            made.images += 1
        else:
            made.specks += 1

    def _form(self, form: pikepdf.Stream, outer: pikepdf.Object | None, depth: int) -> _Made:
        if form.objgen not in self._forms:
            self._forms[form.objgen] = _Made()  # a form that draws itself draws nothing more
            content = unpacked(form, self.limits.pdf_page_bytes)
            made = self._content(content, form.get("/Resources", outer), depth)
            if "/OC" in form:
                made.signs.add(Sign.LAYER)
            self._forms[form.objgen] = made
        return self._forms[form.objgen]

    def _letters(self, content: bytes, resources: pikepdf.Dictionary) -> Tally | None:
        """Add up the letters that a content stream shows itself; None where its fonts do not say."""
        held = resources.get("/Font")
        if not isinstance(held, pikepdf.Dictionary):
            return None
        return letters_of(content, {name.lstrip("/"): self._font(font) for name, font in held.items()})

    def _font(self, font: pikepdf.Object) -> Letters | None:
        """Read a font's letters, once, where it says in a standard way which letters its codes are."""
        if not font.is_indirect:
            return _letters_of_font(font)
        if font.objgen not in self._fonts:
            self._fonts[font.objgen] = _letters_of_font(font)
        return self._fonts[font.objgen]


def _letters_of_font(font: pikepdf.Object) -> Letters | None:
    return font_letters(font) if isinstance(font, pikepdf.Dictionary) and is_plain_font(font) else None


def _font_signs(resources: pikepdf.Dictionary) -> set[Sign]:
    """Tell how odd the fonts of a content are of which not all can be read."""
    fonts = resources.get("/Font")
    held = list(fonts.values()) if isinstance(fonts, pikepdf.Dictionary) else []
    return {Sign.ODD_FONT, Sign.UNTOLD_FONT} if any(map(is_untold, held)) else {Sign.ODD_FONT}


def _resources_of(page: pikepdf.Page) -> pikepdf.Object | None:
    """Return what a page may use: its own, or what it inherits."""
    node: pikepdf.Object | None = page.obj
    for _ in range(DEEPEST):
        if not isinstance(node, pikepdf.Dictionary):
            return None
        if "/Resources" in node:
            return node["/Resources"]
        node = node.get("/Parent")
    return None


def _looks(page: pikepdf.Page) -> Iterator[pikepdf.Stream]:
    """Yield what the notes and fields on a page look like, but for the hidden ones."""
    notes = page.obj.get("/Annots")
    listed = [notes[at] for at in range(len(notes))] if isinstance(notes, pikepdf.Array) else []
    for note in listed:
        if not isinstance(note, pikepdf.Dictionary) or _is_hidden(note):
            continue
        look = note.get("/AP")
        normal = look.get("/N") if isinstance(look, pikepdf.Dictionary) else None
        if isinstance(normal, pikepdf.Stream):
            yield normal
        elif isinstance(normal, pikepdf.Dictionary):
            yield from (state for state in normal.values() if isinstance(state, pikepdf.Stream))


def _is_hidden(note: pikepdf.Dictionary) -> bool:
    flags = note.get("/F", 0)
    return isinstance(flags, int) and bool(flags & HIDDEN_FLAGS)


def streams_of(array: pikepdf.Array) -> Iterator[pikepdf.Stream]:
    """Yield the streams of an array, passing over whatever else stands in it."""
    for index in range(len(array)):
        item = array[index]
        if isinstance(item, pikepdf.Stream):
            yield item


def _signs_in(content: bytes) -> Iterator[Sign]:
    has_actual, has_layer = b"ActualText" in content, _OC.search(content)
    if (has_actual or has_layer) and (b"BDC" in content or b"DP" in content):
        if has_actual:
            yield Sign.ACTUAL_TEXT
        if has_layer:
            yield Sign.LAYER
    if (_MODE_3.search(content) or _MODE_7.search(content)) and _INVISIBLE.search(content):
        yield Sign.INVISIBLE
