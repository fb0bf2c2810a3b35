"""Documents over HTTP: upload, replace, remove, status, results and copies."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from models.upload import Upload
from storage.copies import read_original, redacted_copy, use_redacted
from storage.documents import Received, Replacing, add_document, remove_document, replace_document
from storage.shapes import DocumentView
from storage.views import view_document, view_results
from web.access import Caller, Who
from web.headers import IdempotencyKey, IfMatch, revision_of
from web.results import ResultsView, show_results
from web.service import service_of
from web.uploads import read_upload

router = APIRouter(prefix="/v1/entries/{entry}/documents", tags=["documents"])

_FILE = {
    "type": "object",
    "required": ["file"],
    "properties": {"file": {"type": "string", "format": "binary"}},
}
_MULTIPART = {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _FILE}}}}


@router.post("", status_code=HTTPStatus.CREATED, openapi_extra=_MULTIPART)
async def upload(
    request: Request, response: Response, caller: Who, entry: str, key: IdempotencyKey = None
) -> DocumentView:
    """Upload a document. It is kept when this answers; workers read and check it."""
    service = service_of(request)
    untrusted = await read_upload(request, service.settings)

    def keep() -> DocumentView:
        """Keep the file and send it to be read."""
        received = add_document(service.store, caller.portal, entry, untrusted, key)
        response.headers["Location"] = f"/v1/entries/{entry}/documents/{received.document}"
        return _sent(request, response, caller, entry, received)

    return await run_in_threadpool(keep)


@router.get("/{document}")
def read_document(
    request: Request, response: Response, caller: Who, entry: str, document: str
) -> DocumentView:
    """Say where a document stands. The ETag is its version."""
    return _tagged(request, response, caller, entry, document)


@router.put("/{document}", openapi_extra=_MULTIPART)
async def replace(
    request: Request, response: Response, caller: Who, entry: str, document: str, if_match: IfMatch = None
) -> DocumentView:
    """Put a new version in place of a document."""
    service = service_of(request)
    how = Replacing(revision_of(if_match))
    untrusted = await read_upload(request, service.settings)

    def keep() -> DocumentView:
        """Keep the new version and send it to be read."""
        received = replace_document(service.store, caller.portal, entry, document, untrusted, how)
        return _sent(request, response, caller, entry, received)

    return await run_in_threadpool(keep)


@router.delete("/{document}", status_code=HTTPStatus.NO_CONTENT)
def remove(request: Request, caller: Who, entry: str, document: str) -> None:
    """Remove a document with everything that was made of it."""
    remove_document(service_of(request).store, caller.portal, entry, document)


@router.get("/{document}/results")
def read_results(request: Request, caller: Who, entry: str, document: str) -> ResultsView:
    """Read what the line made of the document's newest version."""
    return show_results(view_results(service_of(request).store, caller.portal, entry, document))


@router.get("/{document}/original", response_class=Response)
def download_original(request: Request, caller: Who, entry: str, document: str) -> Response:
    """Download the document as it was received."""
    copy = read_original(service_of(request).store, caller.portal, entry, document)
    return attachment(copy, f"document-{document}")


@router.get("/{document}/redacted", response_class=Response)
def download_redacted(request: Request, caller: Who, entry: str, document: str) -> Response:
    """Download the redacted copy."""
    copy = redacted_copy(service_of(request).store, caller.portal, entry, document)
    return attachment(copy, copy.file_name)


@router.post("/{document}/use-redacted")
def put_redacted_in_place(
    request: Request, response: Response, caller: Who, entry: str, document: str, if_match: IfMatch = None
) -> DocumentView:
    """Put the redacted copy in place of the original; the original is destroyed."""
    seen = revision_of(if_match)
    received = use_redacted(service_of(request).store, caller.portal, entry, document, seen)
    return _sent(request, response, caller, entry, received)


def _sent(
    request: Request, response: Response, caller: Caller, entry: str, received: Received
) -> DocumentView:
    service_of(request).send([received.job])
    return _tagged(request, response, caller, entry, received.document)


def _tagged(request: Request, response: Response, caller: Caller, entry: str, document: str) -> DocumentView:
    view = view_document(service_of(request).store, caller.portal, entry, document)
    response.headers["ETag"] = f'"{view.version}"'
    return view


def attachment(copy: Upload, name: str) -> Response:
    """Send a file to be saved, never to be shown: its bytes are a stranger's."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox",
        "Cache-Control": "no-store",
    }
    return Response(copy.untrusted_bytes, media_type="application/octet-stream", headers=headers)
