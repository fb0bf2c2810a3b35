"""Uploads: read as they arrive, held in memory only, ended when too large or too slow."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from http import HTTPStatus
from pathlib import PurePosixPath, PureWindowsPath

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from models.upload import Upload
from storage.settings import Settings
from web.problems import ProblemError

ENVELOPE_BYTES = 64 * 1024
"""What the multipart form itself may take, beside the file."""

LONGEST_NAME = 255


async def read_upload(request: Request, settings: Settings) -> Upload:
    """Read the one file of a multipart request, in the field "file".

    It is never written to a disk in clear: the parser keeps it in memory, and the most it
    can take is bounded before it arrives.

    Raises:
        ProblemError: If it is not such a request, too large, or too slow.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise ProblemError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "wrong_content_type", "Send the file as multipart/form-data."
        )
    most = settings.upload_bytes + ENVELOPE_BYTES
    parser = MultiPartParser(request.headers, bounded(request, most), max_files=1, max_fields=0)
    parser.spool_max_size = most
    try:
        async with asyncio.timeout(settings.body_seconds):
            form = await parser.parse()
    except TimeoutError as error:
        raise ProblemError(HTTPStatus.REQUEST_TIMEOUT, "too_slow", "The upload took too long.") from error
    except MultiPartException as error:
        raise ProblemError(HTTPStatus.BAD_REQUEST, "bad_form", "The form cannot be read.") from error
    file = form.get("file")
    if not isinstance(file, UploadFile):
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, "no_file", 'The form has no file named "file".')
    content = await file.read()
    if len(content) > settings.upload_bytes:
        raise _too_large(settings.upload_bytes)
    return Upload(last_part(file.filename or ""), content)


async def bounded(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    """Pass on a body's pieces until they are too many."""
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > most:
        raise _too_large(most)
    arrived = 0
    async for piece in request.stream():
        arrived += len(piece)
        if arrived > most:
            raise _too_large(most)
        yield piece


def _too_large(most: int) -> ProblemError:
    return ProblemError(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "too_large",
        f"The file is larger than {most // 1024 // 1024} MB. Send a smaller one, or split it.",
    )


def last_part(untrusted_name: str) -> str:
    """Keep the last part of a name, as some browsers send whole paths."""
    name = PurePosixPath(PureWindowsPath(untrusted_name).name).name
    return name.encode("utf-8", "replace").decode()[:LONGEST_NAME]
