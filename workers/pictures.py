"""Make a picture of a page in a child process that can hurt nobody, identifying words burnt over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from models.document import Document
from models.redaction import PageMark, Redaction, Replacement
from models.serialize import from_json, to_json
from models.upload import Upload
from pipeline.limits import Limits
from workers.child import ask_child
from workers.wire import WireClosedError

SECONDS = 20


class NoPictureError(Exception):
    """No picture of the page could be made."""


@dataclass(frozen=True, slots=True)
class PageShown:
    """What is shown of a page.

    Attributes:
        document: The text that reading the original gave; the stretches count in it.
        page: Counted from 1.
        masked: What is painted over; the labels are numbers in the list of findings.
        plain: What stands open, with its numbers.
    """

    upload: Upload
    document: Document
    page: int
    masked: Sequence[Replacement]
    plain: Sequence[Replacement]


def picture_in_child(shown: PageShown, limits: Limits) -> bytes:
    """Make a picture (JPEG) of a page of a PDF with stretches of its text painted over.

    Raises:
        NoPictureError: If it cannot be made, or not within its time.
    """
    return _ask(shown, limits, is_drawn=True)[1]


def marks_in_child(shown: PageShown, limits: Limits) -> list[PageMark]:
    """Say where the findings of a page stand, line by line, the masked ones too.

    Raises:
        NoPictureError: If it cannot be told, or not within its time.
    """
    found = replace(shown, masked=(), plain=(*shown.masked, *shown.plain))
    header, _ = _ask(found, limits, is_drawn=False)
    return list(from_json(Marks, {"marks": header["marks"]}).marks)


@dataclass(frozen=True, slots=True)
class Marks:
    """The child's answer."""

    marks: tuple[PageMark, ...]


def _ask(shown: PageShown, limits: Limits, *, is_drawn: bool) -> tuple[dict[str, Any], bytes]:
    header = {
        "limits": to_json(limits),
        "document": to_json(shown.document),
        "masked": to_json(Redaction("", tuple(shown.masked))),
        "plain": to_json(Redaction("", tuple(shown.plain))),
        "page": shown.page,
        "is_drawn": is_drawn,
    }
    untrusted = shown.upload.untrusted_bytes
    try:
        return ask_child("workers.picturing", header, untrusted, SECONDS, limits.result_bytes)
    except WireClosedError as error:
        raise NoPictureError from error
