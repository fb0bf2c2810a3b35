"""What was found in a document or in the answers, and what its practitioner does about each thing."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from models.entry import DocumentRole, Step
from rules.display import load_display
from rules.reasons import reasons_for
from storage.checked import CheckedDocument, view_checked
from storage.copies import redacted_copy, use_redacted
from storage.decisions import NewDecision, take_steps
from storage.documents import Replacing, replace_document
from storage.events import last_event
from storage.refusals import RefusalCode, RequestRefusedError
from storage.suggestions import labels_for, use_suggestions
from web.access import Caller, Visitor
from web.documents import attachment
from web.forms import SentForm, sent_form
from web.pages.frame import render_in
from web.pages.render import see
from web.pages.sheet import sheet_of
from web.pages.waiting import wait_checked
from web.problems import ProblemError
from web.service import service_of

router = APIRouter(
    prefix="/entries/{entry}/documents/{document}",
    include_in_schema=False,
    default_response_class=Response,
)

PRACTITIONERS_STEPS = (Step.NOT_PERSONAL, Step.ASK_REVIEW)


@router.get("")
def look(request: Request, caller: Visitor, entry: str, document: str, page: int = 1) -> Response:
    """Show a document with what was found in it."""
    return _page(request, caller, entry, document, page)


@router.post("/settle")
async def settle(request: Request, caller: Visitor, entry: str, document: str) -> Response:
    """Record what the practitioner says of one warning, or of the document as a whole."""
    return await run_in_threadpool(_settle, request, caller, entry, document, sent_form(request))


@router.post("/suggestion")
async def write_suggestion(request: Request, caller: Visitor, entry: str, document: str) -> Response:
    """Write the suggested labels into the answers."""
    answer = await run_in_threadpool(_suggest, request, caller, entry, document, sent_form(request))
    await wait_checked(service_of(request).store, caller.portal, entry, lambda d: d.id == document)
    return answer


@router.post("/replace")
async def replace(request: Request, caller: Visitor, entry: str, document: str) -> Response:
    """Put another file in place of this one."""
    answer = await run_in_threadpool(_replace, request, caller, entry, document, sent_form(request))
    await wait_checked(service_of(request).store, caller.portal, entry, lambda d: d.id == document)
    return answer


@router.get("/copy")
def look_at_copy(request: Request, caller: Visitor, entry: str, document: str) -> Response:
    """Show the redacted copy before it is used."""
    checked = view_checked(service_of(request).store, caller.portal, entry, document)
    if checked.results is None:
        return see(f"/entries/{entry}/documents/{document}")
    return render_in(
        request,
        caller.portal,
        entry,
        "entry-copy.html",
        checked=checked,
        is_answers=checked.role is DocumentRole.ANSWERS,
        text=checked.results.redaction.text,
        count=len(checked.results.redaction.replacements),
        trouble=_copy_trouble(request, caller, checked),
    )


@router.get("/redacted")
def download_copy(request: Request, caller: Visitor, entry: str, document: str) -> Response:
    """Download the redacted copy."""
    copy = redacted_copy(service_of(request).store, caller.portal, entry, document)
    return attachment(copy, copy.file_name)


@router.post("/use-copy")
async def use_copy(request: Request, caller: Visitor, entry: str, document: str) -> Response:
    """Put the redacted copy in place of the file."""

    def put() -> Response:
        """Put the copy in place and send it to be checked."""
        service = service_of(request)
        received = use_redacted(service.store, caller.portal, entry, document, sent_form(request).revision)
        service.send([received.job])
        return see(f"/entries/{entry}/documents/{document}", said="copy_used")

    answer = await run_in_threadpool(put)
    await wait_checked(service_of(request).store, caller.portal, entry, lambda d: d.id == document)
    return answer


def _page(request: Request, caller: Caller, entry: str, document: str, page: int) -> Response:
    checked = view_checked(service_of(request).store, caller.portal, entry, document)
    around: dict[str, Any] = {
        "checked": checked,
        "is_answers": checked.role is DocumentRole.ANSWERS,
        "display": load_display(),
        "reasons": {step: reasons_for(step) for step in PRACTITIONERS_STEPS},
    }
    if checked.results is None:
        last = last_event(service_of(request).store, entry)
        waits = "entry-document-waits.html"
        return render_in(request, caller.portal, entry, waits, last_event=last, **around)
    around |= {"results": checked.results, "sheet": sheet_of(checked, checked.results, page)}
    return render_in(request, caller.portal, entry, "entry-document.html", **around)


def _settle(request: Request, caller: Caller, entry: str, document: str, form: SentForm) -> Response:
    """Take one step on every finding of a warning. A step that was taken before is not taken twice."""
    store = service_of(request).store
    step, reason = _step(form)
    note = form.get("note")[:2000] or None
    found = form.all("finding") or (None,)
    steps = [NewDecision(document, form.revision, finding, step, reason, note) for finding in found]
    take_steps(store, caller.portal, entry, steps)
    return see(_back(entry, document, form), said=step.value, at=form.get("at")[:40])


def _step(form: SentForm) -> tuple[Step, str]:
    """Read a step and its reason from "step:reason", as the page's choices name them.

    Raises:
        RequestRefusedError: If nothing was chosen, or something that is not there.
    """
    step, _, reason = form.get("because").partition(":")
    if not step:
        raise RequestRefusedError(
            RefusalCode.UNKNOWN_REASON, "Choose a reason first. Nothing was changed; go back to choose one."
        )
    if step not in (*PRACTITIONERS_STEPS, Step.UNDO):
        raise RequestRefusedError(RefusalCode.UNKNOWN_STEP, "This step is not yours to take.")
    return Step(step), reason


def _suggest(request: Request, caller: Caller, entry: str, document: str, form: SentForm) -> Response:
    service = service_of(request)
    checked = view_checked(service.store, caller.portal, entry, document)
    findings = form.all("finding")
    if form.get("all") and checked.results is not None:
        findings = tuple(labels_for(checked.results))
    _, job = use_suggestions(service.store, caller.portal, checked, findings, form.revision)
    service.send([job])
    return see(f"/entries/{entry}/documents/{document}", said="suggestion_used")


def _replace(request: Request, caller: Caller, entry: str, document: str, form: SentForm) -> Response:
    service = service_of(request)
    if len(form.uploads) != 1:
        raise ProblemError(HTTPStatus.BAD_REQUEST, "no_file", "Choose one file first. Nothing was changed.")
    how = Replacing(form.revision)
    received = replace_document(service.store, caller.portal, entry, document, form.uploads[0], how)
    service.send([received.job])
    return see(f"/entries/{entry}/documents/{document}", said="replaced")


def _copy_trouble(request: Request, caller: Caller, checked: CheckedDocument) -> str | None:
    """Say why there is no redacted copy of the file, or return None where there is one."""
    try:
        redacted_copy(service_of(request).store, caller.portal, checked.entry, checked.document)
    except RequestRefusedError as refused:
        return refused.message
    return None


def _back(entry: str, document: str, form: SentForm) -> str:
    page = form.get("page")
    return f"/entries/{entry}/documents/{document}" + (f"?page={page}" if page.isdigit() else "")
