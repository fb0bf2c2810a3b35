"""Documents over HTTP: upload, replace, remove, status and results."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool

from storage.documents import add_document, remove_document, replace_document
from storage.shapes import DocumentView
from storage.views import view_document, view_results
from web.access import Caller, authorise
from web.entries import IfMatch, revision_of
from web.results import ResultsView, show_results
from web.service import service_of
from web.uploads import read_upload

router = APIRouter(prefix="/v1/entries/{entry}/documents", tags=["documents"])

Who = Annotated[Caller, Depends(authorise)]

_MULTIPART = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}


@router.post("", status_code=HTTPStatus.CREATED, openapi_extra=_MULTIPART)
async def upload(request: Request, response: Response, caller: Who, entry: str) -> DocumentView:
    """Upload a document. It is kept when this answers; workers read and check it."""
    service = service_of(request)
    kept = await read_upload(request, service.settings)
    received = await run_in_threadpool(add_document, service.store, caller.portal, entry, kept)
    await run_in_threadpool(service.send, [received.job])
    response.headers["Location"] = f"/v1/entries/{entry}/documents/{received.document}"
    return await run_in_threadpool(_tagged_view, request, response, caller, entry, received.document)


@router.get("/{document}")
def read_document(
    request: Request, response: Response, caller: Who, entry: str, document: str
) -> DocumentView:
    """Say where a document stands. The ETag is its version."""
    return _tagged_view(request, response, caller, entry, document)


@router.put("/{document}", openapi_extra=_MULTIPART)
async def replace(
    request: Request, response: Response, caller: Who, entry: str, document: str, if_match: IfMatch = None
) -> DocumentView:
    """Put a new version in place of a document."""
    service = service_of(request)
    seen = revision_of(if_match)
    kept = await read_upload(request, service.settings)
    received = await run_in_threadpool(
        replace_document, service.store, caller.portal, entry, document, kept, seen
    )
    await run_in_threadpool(service.send, [received.job])
    return await run_in_threadpool(_tagged_view, request, response, caller, entry, document)


@router.delete("/{document}", status_code=HTTPStatus.NO_CONTENT)
def remove(request: Request, caller: Who, entry: str, document: str) -> None:
    """Remove a document with everything that was made of it."""
    remove_document(service_of(request).store, caller.portal, entry, document)


@router.get("/{document}/results")
def read_results(request: Request, caller: Who, entry: str, document: str) -> ResultsView:
    """Read what the line made of the document's newest version."""
    return show_results(view_results(service_of(request).store, caller.portal, entry, document))


def _tagged_view(
    request: Request, response: Response, caller: Caller, entry: str, document: str
) -> DocumentView:
    view = view_document(service_of(request).store, caller.portal, entry, document)
    response.headers["ETag"] = f'"{view.version}"'
    return view
