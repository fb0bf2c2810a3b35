"""Make a picture of a page in a child process that can hurt nobody, identifying words burnt over."""

from __future__ import annotations

from collections.abc import Sequence

from models.document import Document
from models.redaction import Redaction, Replacement
from models.serialize import to_json
from models.upload import Upload
from pipeline.limits import Limits
from workers.child import ask_child
from workers.wire import WireClosedError

SECONDS = 20


class NoPictureError(Exception):
    """No picture of the page could be made."""


def picture_in_child(
    upload: Upload, document: Document, page: int, masked: Sequence[Replacement], limits: Limits
) -> bytes:
    """Make a picture (JPEG) of a page of a PDF with stretches of its text painted over.

    Args:
        upload: The original.
        document: The text that reading it gave; the stretches count in it.
        page: Counted from 1.
        masked: What is painted over, and what is written there.
        limits: How much the child may take.

    Raises:
        NoPictureError: If it cannot be made, or not within its time.
    """
    header = {
        "limits": to_json(limits),
        "document": to_json(document),
        "masked": to_json(Redaction("", tuple(masked))),
        "page": page,
    }
    try:
        _, picture = ask_child(
            "workers.picturing", header, upload.untrusted_bytes, SECONDS, limits.result_bytes
        )
    except WireClosedError as error:
        raise NoPictureError from error
    return picture
