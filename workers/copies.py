"""Make a redacted copy of a file in a child process that can hurt nobody."""

from __future__ import annotations

import logging
from dataclasses import replace

from models.document import Document, SegmentKind
from models.redaction import FileCopy, Redaction
from models.serialize import to_json
from models.upload import Upload
from pipeline.limits import Limits
from workers.child import ask_child
from workers.logs import defect_in
from workers.wire import WireClosedError

SECONDS, SECONDS_A_PICTURE, LONGEST = 120, 20, 1200
"""Time for a copy: it is built page by page and read again by other readers, pictures by OCR."""

_LOG = logging.getLogger(__name__)


class NoCopyError(Exception):
    """No copy could be made from which everything is gone. The file goes to a person."""


def redact_in_child(upload: Upload, document: Document, redaction: Redaction, limits: Limits) -> FileCopy:
    """Make a copy of a file without the words that a redaction removes.

    Args:
        upload: The original.
        document: The text that reading this very upload gave.
        redaction: Made from that text: it counts in its segments.
        limits: Those under which it was read; the child has more time.

    Raises:
        NoCopyError: The redactor could not do it, or died of the file.
    """
    seconds = _seconds(document)
    longer = replace(limits, cpu_seconds=seconds, wall_seconds=seconds)
    header = {
        "file_name": upload.file_name,
        "limits": to_json(longer),
        "document": to_json(document),
        "redaction": to_json(redaction),
    }
    try:
        answer, copy = ask_child(
            "workers.redacting", header, upload.untrusted_bytes, seconds, limits.result_bytes
        )
    except WireClosedError as error:
        raise NoCopyError from error
    if "defect" in answer:
        _LOG.error("a redactor stopped with a defect", extra={"place": defect_in(answer["defect"])})
    if not answer["is_made"]:
        raise NoCopyError
    return FileCopy(str(answer["ending"]), copy)


def _seconds(document: Document) -> int:
    pictures = sum(bool(s.boxes) or s.kind is SegmentKind.IMAGE_TEXT for s in document.segments)
    return min(SECONDS + SECONDS_A_PICTURE * pictures, LONGEST)
