"""Pictures without the words to be removed: painted over from where they were read, and packed anew."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping, Sequence

from PIL import Image, ImageDraw, UnidentifiedImageError

from models.document import Document, LineBox, Segment, SegmentKind
from models.redaction import Redaction, Replacement
from models.upload import Received
from pipeline.limits import Limits
from pipeline.ocr import has_time, read_lines
from pipeline.readers.picture import FORMATS, upright
from pipeline.redactors.scan_boxes import LOOKS, covers, found_again
from pipeline.verify import Gone, Leak, NotRedactedError, by_segment, gone, surviving

_GREY = (160, 160, 160)
_LARGEST = 2400  # pixels; a larger picture is made smaller
_FAULTS = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError)


def redact_picture(received: Received, document: Document, redaction: Redaction, limits: Limits) -> bytes:
    """Make a copy of a picture with the words to be removed painted over. It is a PNG.

    Raises:
        NotRedactedError: If it has several frames, or what was removed can still be read.
    """
    segments = [s for s in document.segments if s.kind in (SegmentKind.IMAGE_TEXT, SegmentKind.PAGE)]
    copy = safe_picture(
        received.untrusted_bytes, segments, by_segment(redaction), gone(document, redaction), limits
    )
    if copy is None or len(segments) > 1:
        raise NotRedactedError((Leak("picture"),))
    return copy


def safe_picture(
    untrusted: bytes,
    segments: Sequence[Segment],
    replaced: Mapping[str, Sequence[Replacement]],
    removed: Gone,
    limits: Limits,
) -> bytes | None:
    """Return a picture packed anew, without properties, words to be removed painted over.

    Args:
        untrusted: The picture as it came.
        segments: What was read in it.
        replaced: The replacements, by segment.
        removed: What must be gone.
        limits: How many dots a picture may have.

    Returns:
        A PNG; None where the picture cannot be opened, where there is no time left to look
        at it again, or where something removed can still be read in it.
    """
    picture = _opened(untrusted, limits)
    if picture is None:
        return None
    for segment in segments:
        for box, _ in covers(segment, replaced.get(segment.id, ())):
            _paint(picture, box)
    expected = " ".join(surviving(s, replaced.get(s.id, ())) for s in segments)
    return png(picture) if not removed.words or _is_sure(picture, expected, removed) else None


def _is_sure(picture: Image.Image, expected: str, removed: Gone) -> bool:
    """Look at a picture, cover what is still seen of what is removed, and tell whether all is gone."""
    for _ in range(LOOKS):
        if not has_time():
            return False
        again = found_again([line for row in read_lines(picture) for line in row], expected, removed)
        if not again:
            return again is not None
        for box in again:
            _paint(picture, box)
    return False


def blank_picture(untrusted: bytes, limits: Limits) -> bytes:
    """Return a grey picture of the same shape, for one that cannot be shown."""
    picture = _opened(untrusted, limits)
    size = (120, 80) if picture is None else (max(1, picture.width // 8), max(1, picture.height // 8))
    return png(Image.new("RGB", size, _GREY))


def png(picture: Image.Image) -> bytes:
    """Pack a picture, with nothing beside its dots."""
    packed = io.BytesIO()
    picture.save(packed, "PNG", optimize=False)
    return packed.getvalue()


def _opened(untrusted: bytes, limits: Limits) -> Image.Image | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's own, for pictures of suspicious size
            picture = Image.open(io.BytesIO(untrusted), formats=FORMATS)
        if picture.width * picture.height > limits.picture_pixels or getattr(picture, "n_frames", 1) > 1:
            return None
        plain = upright(picture)
    except _FAULTS:
        return None
    plain.thumbnail((_LARGEST, _LARGEST))
    plain.info.clear()
    return plain


def _paint(picture: Image.Image, box: LineBox) -> None:
    edges = (
        box.left * picture.width - 2,
        box.top * picture.height - 2,
        box.right * picture.width + 2,
        box.bottom * picture.height + 2,
    )
    ImageDraw.Draw(picture).rectangle(edges, fill="black")
