"""What stands beside the dots of a picture in a PDF: comments, camera details, editors' notes."""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image

from pipeline.readers.pdf_markup import is_wording, markup_words, stream_words
from pipeline.readers.picture import FAULTS, picture_properties

JPEG_START = b"\xff\xd8"
_BOX_HEAD = 8
WORD_BOXES = frozenset({b"xml ", b"uuid", b"uinf"})
"""Boxes of a JPEG 2000 file that hold notes and properties, not the picture."""


def words_beside(packed: bytes) -> list[str]:
    """Return the texts that a packed picture holds beside what it shows, where it can hold any."""
    if packed.startswith(JPEG_START):
        return [text for text in _of_jpeg(packed) if is_wording(text)]
    return [text for kind, box in boxes(packed) if kind in WORD_BOXES and is_wording(text := _words(box))]


def boxes(packed: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the boxes of a JPEG 2000 file, each with its kind; nothing of any other picture."""
    at = 0
    while packed[4:8] == b"jP  " and at + _BOX_HEAD <= len(packed):
        size = int.from_bytes(packed[at : at + 4], "big")
        end = at + size if size >= _BOX_HEAD else len(packed)  # 0: to the end; 1: a length of 8 bytes, rest
        yield packed[at + 4 : at + 8], packed[at:end]
        at = end


def _of_jpeg(packed: bytes) -> list[str]:
    try:
        with Image.open(io.BytesIO(packed), formats=("JPEG",)) as picture:
            texts = list(picture_properties(picture))
    except FAULTS:
        return []  # a damaged picture is told where it is shown
    return [markup_words(text) if text.startswith("<") else text for text in texts]


def _words(box: bytes) -> str:
    text = stream_words(box[_BOX_HEAD:])
    return markup_words(text[text.find("<") :]) if "<" in text else text
