"""Forms of pages: read whole, in memory only, before anybody looks at them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser

from models.upload import Upload
from storage.settings import Settings
from web.problems import ProblemError
from web.uploads import ENVELOPE_BYTES, bounded, last_part

FORM_FIELD = "form_token"
"""The hidden field with the session's form token."""

REVISION_FIELD = "revision"
"""The hidden field with the revision that the page showed."""

ONCE_FIELD = "once"
"""The hidden field with a key under which a form is obeyed once, however often it is sent."""

MOST_FIELDS = 400
FILES_AT_ONCE = 10
"""Files of one form. More can be sent after these; a script sends them one by one anyway."""


@dataclass(frozen=True, slots=True)
class SentForm:
    """What a page's form was sent with. Line ends are line feeds, as scripts send them."""

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    uploads: tuple[Upload, ...] = ()

    def get(self, name: str, default: str = "") -> str:
        """Return a field's first value."""
        return self.fields.get(name, (default,))[0]

    def all(self, name: str) -> tuple[str, ...]:
        """Return all values of a field, such as of boxes that were ticked."""
        return self.fields.get(name, ())

    @property
    def revision(self) -> int:
        """The revision that the page showed.

        Raises:
            ProblemError: If the form does not say it.
        """
        said = self.get(REVISION_FIELD)
        if not said.isascii() or not said.isdigit() or len(said) > 9:
            raise ProblemError(HTTPStatus.BAD_REQUEST, "bad_form", "The form cannot be read.")
        return int(said)

    @property
    def once(self) -> str | None:
        """The key under which the form is obeyed once, or None."""
        return self.get(ONCE_FIELD)[:200] or None


def sent_form(request: Request) -> SentForm:
    """Return the form that came with a request; an empty one where none was read."""
    form: SentForm = getattr(request.state, "form", SentForm())
    return form


async def read_form(request: Request, settings: Settings, *, files: bool) -> SentForm:
    """Read the form of a request once, and keep it beside the request.

    Args:
        request: The request.
        settings: How much it may hold, and how long it may take.
        files: Whether files are read. Where they are not, a form that has some is left unread.

    Raises:
        ProblemError: If it cannot be read, is too large or too slow.
    """
    if not hasattr(request.state, "form"):
        request.state.form = await _read(request, settings, files=files)
    return sent_form(request)


async def _read(request: Request, settings: Settings, *, files: bool) -> SentForm:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        async with asyncio.timeout(settings.body_seconds):
            if kind == "application/x-www-form-urlencoded":
                parser = FormParser(
                    request.headers, bounded(request, settings.body_bytes), max_fields=MOST_FIELDS
                )
                return await _sent(await parser.parse())
            if kind == "multipart/form-data" and files:
                return await _sent(await _multipart(request, settings))
    except TimeoutError as error:
        raise ProblemError(HTTPStatus.REQUEST_TIMEOUT, "too_slow", "The upload took too long.") from error
    except MultiPartException as error:
        raise ProblemError(HTTPStatus.BAD_REQUEST, "bad_form", "The form cannot be read.") from error
    return SentForm()


async def _multipart(request: Request, settings: Settings) -> FormData:
    """Read a form with files. It is never written to a disk in clear."""
    most = 2 * settings.upload_bytes + ENVELOPE_BYTES
    parser = MultiPartParser(
        request.headers, bounded(request, most), max_files=FILES_AT_ONCE, max_fields=MOST_FIELDS
    )
    parser.spool_max_size = most
    return await parser.parse()


async def _sent(form: FormData) -> SentForm:
    fields: dict[str, list[str]] = {}
    uploads = []
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            if value.filename:
                uploads.append(Upload(last_part(value.filename), await value.read()))
        else:
            text = value.encode("utf-8", "replace").decode()
            fields.setdefault(name, []).append(text.replace("\r\n", "\n"))
    return SentForm({name: tuple(values) for name, values in fields.items()}, tuple(uploads))
