"""Redact a message: its subject, its text, and what is attached, each file as one of its kind.

Nothing of the original passes but what was redacted: the copy is a new message. A file in
it whose copy cannot be made, or cannot be made sure of, is left out, and a line says so.
"""

from __future__ import annotations

import quopri
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import PurePath

from models.document import Document, Found, SegmentKind
from models.errors import DocumentError
from models.redaction import FileCopy, Redaction
from models.upload import FileKind, Received, Upload
from pipeline.extract import extract
from pipeline.inside import document_inside
from pipeline.intake import intake
from pipeline.limits import Limits
from pipeline.readers.eml import open_mail, read_eml
from pipeline.readers.scans import UNREAD
from pipeline.redactors.clean_copy import words_of_an_empty_file
from pipeline.redactors.labelled import labelled, part_of
from pipeline.verify import Gone, Leak, NotRedactedError, by_segment, gone, is_leaking, surviving
from pipeline.visible import on_one_line

CopyOf = Callable[[Received, Document, Redaction, Limits], FileCopy]

_TYPES = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_ANY_TYPE = "application/octet-stream"
_GROWTH = 4 / 3
"""How much larger a file is in a message, whose letters carry six bits each."""


@dataclass(frozen=True, slots=True)
class _Attached:
    """A redacted file under its neutral name."""

    name: str
    data: bytes


def redact_eml(
    received: Received, document: Document, redaction: Redaction, limits: Limits, copy_of: CopyOf
) -> bytes:
    """Make a message of the redacted subject and text, with redacted copies of what is attached.

    Args:
        received: The original.
        document: Its text, as it was read; the redaction counts in it.
        redaction: What to remove, and the labels that stand there instead.
        limits: The limits under which it was read, and under which copies are read again.
        copy_of: Makes the copy of a file that is attached.

    Returns:
        The copy. Every file in it was read again, and none of the words that are removed
        anywhere in the message was found in it where they were removed.

    Raises:
        NotRedactedError: Something removed is still in the message itself.
    """
    attached: list[_Attached] = []
    left_out: list[str] = []
    room = limits.upload_bytes / _GROWTH
    for file in open_mail(received.untrusted_bytes).files:
        if file.kind is not SegmentKind.ATTACHMENT:
            continue  # a picture of the formatted text, which is left out as a whole
        copy = _file_copy(file, document, redaction, limits, copy_of)
        if copy is not None and len(copy.data) <= room:
            attached.append(_Attached(f"{file.place.name}{copy.ending}", copy.data))
            room -= len(copy.data)
        else:
            left_out.append(_left_out(file, document, redaction))
    lines = [*redaction.text.splitlines(), *left_out]
    message = _message(_subject(document, redaction), lines)
    _refuse_leak(message.as_bytes(), left_out, document, redaction)
    for one in attached:
        kind, _, form = _TYPES.get(PurePath(one.name).suffix, _ANY_TYPE).partition("/")
        message.add_attachment(one.data, maintype=kind, subtype=form, filename=one.name)
    copy_bytes = message.as_bytes()
    _refuse_other_files(copy_bytes, attached, limits)
    return copy_bytes


def _message(subject: str, lines: Sequence[str]) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = " ".join(subject.split())
    message.set_content("\n".join(lines), cte="quoted-printable")
    return message


def _subject(document: Document, redaction: Redaction) -> str:
    replaced = by_segment(redaction)
    subjects = (
        labelled(s, replaced.get(s.id, ()))
        for s in document.segments
        if s.kind is SegmentKind.MAIL_HEADER and s.place.name.casefold() == "mail header subject"
    )
    return next(subjects, "")


def _left_out(file: Found, document: Document, redaction: Redaction) -> str:
    """Say that a file is left out, by its name with the labels in it."""
    names = (s for s in document.segments if s.place == file.place and not s.origins)
    replaced = by_segment(redaction)
    called = "".join(f" (“{on_one_line(labelled(s, replaced.get(s.id, ())))}”)" for s in names)
    return f"[{file.place.name}{called} is left out: it could not be redacted]"


def _file_copy(
    file: Found, document: Document, redaction: Redaction, limits: Limits, copy_of: CopyOf
) -> FileCopy | None:
    """Make the copy of one file; None where nothing was read in it, or no sure copy can be made."""
    inside = document_inside(document, file.place.name)
    if not inside.segments:
        return None
    part = part_of(redaction, inside)
    try:
        original = intake(Upload(file.text, file.untrusted_file or b""), limits)
        copy = copy_of(original, inside, part, limits)
        seen = _seen(copy, limits)
    except (DocumentError, NotRedactedError):
        return None
    expected = "\n".join([*_surviving(inside, part), words_of_an_empty_file()])
    return None if seen is None or is_leaking(seen, expected, gone(document, redaction)) else copy


def _seen(copy: FileCopy, limits: Limits) -> str | None:
    """Read a copy as an upload would be, files and pictures in it too; None where a picture was not read."""
    received = intake(Upload(f"copy{copy.ending}", copy.data), limits)
    extraction = extract(received, replace(limits, is_scanning=True))
    if any(line.reason == UNREAD for line in extraction.ledger.lines):
        return None
    kept = (s.text for s in extraction.document.segments if not _is_of_the_form(s.kind, s.place.name))
    return "\n".join(kept)


def _is_of_the_form(kind: SegmentKind, place: str) -> bool:
    """Tell whether a text is no words of the copy, but its name or a header of the form."""
    return kind is SegmentKind.FILE_NAME or place.endswith("mail header")


def _surviving(document: Document, redaction: Redaction) -> Iterator[str]:
    replaced = by_segment(redaction)
    yield from (surviving(s, replaced.get(s.id, ())) for s in document.segments)


def _refuse_leak(bare: bytes, left_out: Sequence[str], document: Document, redaction: Redaction) -> None:
    """Look for removed words in a message that has no files yet: as it is read, and as it is written."""
    removed: Gone = gone(document, redaction)
    own = Document(tuple(s for s in document.segments if not s.origins))
    expected = "\n".join([*_surviving(own, redaction), *left_out])
    found, _ = read_eml(Received("", FileKind.EML, "", bare), Limits())
    said = "\n".join(item.text for item in found if not _is_of_the_form(item.kind, item.place.name))
    if is_leaking(said, expected, removed):
        raise NotRedactedError((Leak("message"),))
    if is_leaking(_unquoted(bare), f"{expected}\n{_unquoted(_message('', ()).as_bytes())}", removed):
        raise NotRedactedError((Leak("bare bytes"),))


def _unquoted(bare: bytes) -> str:
    return quopri.decodestring(bare).decode("utf-8", "replace")


def _refuse_other_files(copy: bytes, attached: Sequence[_Attached], limits: Limits) -> None:
    """Make sure that a message holds those files that were looked at, and no others."""
    found, _ = read_eml(Received("", FileKind.EML, "", copy), limits)
    files = [_Attached(f.text, f.untrusted_file) for f in found if f.untrusted_file is not None]
    if files != list(attached):
        raise NotRedactedError((Leak("attachments"),))
