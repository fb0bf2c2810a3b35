"""Read a vector drawing (EMF, WMF, packed or not): its words, its pictures in turn, and what was not read."""

from __future__ import annotations

from collections.abc import Iterator

from models.document import Found, Place, SegmentKind
from models.ledger import LedgerLine, LedgerState, ObjectKind
from models.upload import Received
from pipeline.limits import Limits
from pipeline.readers.drawing_emf import read_emf
from pipeline.readers.drawing_packed import GZIP, unpack_drawing
from pipeline.readers.drawing_parts import Drawn
from pipeline.readers.drawing_wmf import read_wmf

MANY_SHAPES = 40
"""Shapes in a drawing from which on some may be letters, whatever words it has."""

_MOST_SEARCHED = 200
"""Comments looked for in all that a drawing says; of more only those are told once that are a line of it."""

EMF_MARK, EMF_MARK_AT = b" EMF", 40

_PLACE = "the drawing"


def read_drawing(received: Received, limits: Limits) -> tuple[list[Found], list[LedgerLine]]:
    """Read a drawing: what is written in it, and the pictures that it holds, to be read in turn.

    Raises:
        DocumentError: It is packed, and unpacks to too much or not at all.
    """
    drawn = _unpacked(received.untrusted_bytes, limits)
    found: list[Found] = []
    if text := drawn.text().strip():
        found.append(Found(SegmentKind.IMAGE_TEXT, Place(_PLACE), text, body=True))
    if more := _said_only_here(drawn):
        found.append(Found(SegmentKind.OTHER, Place("comments of the drawing"), more))
    if drawn.named:
        found.append(Found(SegmentKind.PROPERTY, Place("name of the drawing"), drawn.named))
    for number, picture in enumerate(drawn.pictures, start=1):
        found.append(
            Found(SegmentKind.IMAGE_TEXT, Place(f"picture {number} in it"), "", untrusted_file=picture)
        )
    return found, list(_lines(drawn, has_words=bool(text)))


def _unpacked(untrusted: bytes, limits: Limits) -> Drawn:
    if not untrusted.startswith(GZIP):
        return _drawn(untrusted)
    unpacked = unpack_drawing(untrusted, limits)
    drawn = _drawn(unpacked.content)
    drawn.named = "\n".join(name for name in (unpacked.named, drawn.named) if name)
    drawn.is_damaged |= not unpacked.is_whole
    return drawn


def _drawn(untrusted: bytes) -> Drawn:
    is_enhanced = untrusted.startswith(EMF_MARK, EMF_MARK_AT)
    return read_emf(untrusted) if is_enhanced else read_wmf(untrusted)


def _said_only_here(drawn: Drawn) -> str:
    """Return what the records of a newer kind and the comments say that the others do not."""
    text = drawn.text()
    lines = {_squeezed(line) for line in (*text.splitlines(), *(run.text for run in drawn.runs))}
    others = [words for words in dict.fromkeys(drawn.beside) if _squeezed(words) not in lines]
    whole = _squeezed(text)
    searched, rest = others[:_MOST_SEARCHED], others[_MOST_SEARCHED:]
    return "\n".join([*(words for words in searched if _squeezed(words) not in whole), *rest])


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _lines(drawn: Drawn, *, has_words: bool) -> Iterator[LedgerLine]:
    state = LedgerState.READ if has_words or drawn.beside else LedgerState.EMPTY
    yield LedgerLine(ObjectKind.IMAGE, _PLACE, 1, state)
    is_said_twice = drawn.is_dual and (has_words or bool(drawn.pictures))
    unread = (
        (drawn.shapes >= MANY_SHAPES, "shapes in a drawing may be letters"),
        (drawn.unread > 0, "words in a drawing are given by the shapes of their letters"),
        (drawn.unread_plus > 0 and not is_said_twice, "part of a drawing could not be read"),
        (drawn.is_damaged, "a drawing is damaged: its end could not be read"),
    )
    for is_so, reason in unread:
        if is_so:
            yield LedgerLine(ObjectKind.IMAGE, _PLACE, 1, LedgerState.NOT_READ, reason)
