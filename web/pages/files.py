"""The files of an entry: sent, followed on their way down the line, taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from models.entry import DocumentRole
from models.upload import Upload
from storage.documents import MOST_DOCUMENTS, add_document, remove_document
from storage.events import last_event
from storage.refusals import RequestRefusedError, not_found
from storage.settings import Settings
from storage.views import view_entry
from web.access import Caller, Visitor
from web.forms import FILES_AT_ONCE, sent_form
from web.pages.frame import frame_around
from web.pages.render import render, see
from web.pages.signing_in import ENTRIES
from web.pages.waiting import is_upload, wait_checked
from web.pages.words import state_of
from web.service import Service, service_of

router = APIRouter(
    prefix=ENTRIES + "/{entry}/files", include_in_schema=False, default_response_class=Response
)


@dataclass(frozen=True, slots=True)
class NotKept:
    """A file that was sent and is not kept, and why."""

    name: str
    why: str


@router.get("")
def read_files(request: Request, caller: Visitor, entry: str) -> Response:
    """Show an entry's files, how far each is, and take more."""
    return _show(request, caller, entry)


@router.post("")
async def send_files(request: Request, caller: Visitor, entry: str) -> Response:
    """Keep the files that were sent; each is read and checked by workers."""
    refused = await run_in_threadpool(_keep_all, request, caller, entry)
    await wait_checked(service_of(request).store, caller.portal, entry, is_upload)
    if refused:
        return await run_in_threadpool(_show, request, caller, entry, refused)
    return see(f"{ENTRIES}/{entry}/files", said="received")


@router.get("/{document}/take-out")
def ask_take_out(request: Request, caller: Visitor, entry: str, document: str) -> Response:
    """Ask whether a file is really to be taken out."""
    view = view_entry(service_of(request).store, caller.portal, entry)
    found = next((d for d in view.documents if d.id == document), None)
    if found is None or found.role is not DocumentRole.UPLOAD:
        raise not_found()
    return render(request, "file-take-out.html", entry=view, document=found)


@router.post("/{document}/take-out")
def take_out(request: Request, caller: Visitor, entry: str, document: str) -> Response:
    """Take a file out, with everything that was made of it."""
    remove_document(service_of(request).store, caller.portal, entry, document)
    return see(f"{ENTRIES}/{entry}/files", said="taken_out")


def _keep_all(request: Request, caller: Caller, entry: str) -> list[NotKept]:
    """Keep every file of a form that can be kept. Return the others."""
    service, form = service_of(request), sent_form(request)
    if not form.uploads:
        return [NotKept("", "Choose at least one file.")]
    refused = []
    for number, upload in enumerate(form.uploads):
        key = None if form.once is None else f"page\n{caller.actor}\n{form.once}\n{number}"
        why = _keep(service, caller.portal, entry, upload, key)
        if why:
            refused.append(NotKept(upload.file_name, why))
    return refused


def _keep(service: Service, portal: str, entry: str, upload: Upload, key: str | None) -> str:
    """Keep one file. Return why it is not kept, or nothing."""
    why = _too_large(upload, service.settings)
    if why:
        return why
    try:
        received = add_document(service.store, portal, entry, upload, key)
    except RequestRefusedError as refused:
        return refused.message
    service.send([received.job])
    return ""


def _too_large(upload: Upload, settings: Settings) -> str:
    if len(upload.untrusted_bytes) <= settings.upload_bytes:
        return ""
    return f"It is larger than {settings.upload_bytes // 1024 // 1024} MB. Send a smaller one, or split it."


def _show(request: Request, caller: Caller, entry: str, refused: Sequence[NotKept] = ()) -> Response:
    service = service_of(request)
    last = last_event(service.store, entry)
    view = view_entry(service.store, caller.portal, entry)
    files = [(d, state_of(d)) for d in view.documents if d.role is DocumentRole.UPLOAD]
    return render(
        request,
        "files.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK,
        entry=view,
        frame=frame_around(view),
        files=files,
        refused=refused,
        last_event=last,
        is_moving=any(state.is_moving for _, state in files),
        most=MOST_DOCUMENTS,
        at_once=FILES_AT_ONCE,
        megabytes=service.settings.upload_bytes // 1024 // 1024,
    )
