"""What was found in a document or in the answers, and what its practitioner does about each thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from models.entry import DocumentRole, Step
from models.findings import Verdict, finding_id
from models.ledger import LedgerState
from models.results import Results
from pipeline.gate import Standing
from pipeline.marked import Marked, Passage, ShownWarning
from rules.display import load_display
from rules.reasons import reasons_for
from storage.checked import CheckedDocument, view_checked
from storage.copies import redacted_copy, use_redacted
from storage.decisions import NewDecision, decide
from storage.documents import Replacing, replace_document
from storage.refusals import RefusalCode, RequestRefusedError
from storage.suggestions import labels_for, use_suggestions
from web.access import Caller, Visitor
from web.documents import attachment
from web.forms import SentForm, sent_form
from web.pages.excerpt import excerpt
from web.pages.frame import render_in
from web.pages.render import see
from web.problems import ProblemError
from web.service import service_of

router = APIRouter(
    prefix="/entries/{entry}/documents/{document}",
    include_in_schema=False,
    default_response_class=Response,
)

AT_ONCE = 40
"""Warnings on one page."""

WHOLE = 20_000
"""Characters up to which a text is shown in full beside its warnings."""

PRACTITIONERS_STEPS = (Step.NOT_PERSONAL, Step.ASK_REVIEW)


@dataclass(frozen=True, slots=True)
class Told:
    """A warning, where it stands, and what can be done about it.

    Attributes:
        number: Counted from 1 over the whole document.
        standing: The gravest among its findings, or None where nothing must be done about them.
        own: What the practitioner did about all of it, with the reason in words, or None.
        findings: Ids of its findings.
        labels: What can be written in place of its words.
        question: The question whose answer it stands in.
    """

    number: int
    shown: ShownWarning
    standing: Standing | None
    own: tuple[Step, str] | None
    findings: tuple[str, ...]
    labels: tuple[str, ...]
    question: str | None


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
    return await run_in_threadpool(_suggest, request, caller, entry, document, sent_form(request))


@router.post("/replace")
async def replace(request: Request, caller: Visitor, entry: str, document: str) -> Response:
    """Put another file in place of this one."""
    return await run_in_threadpool(_replace, request, caller, entry, document, sent_form(request))


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
        service = service_of(request)
        received = use_redacted(service.store, caller.portal, entry, document, sent_form(request).revision)
        service.send([received.job])
        return see(f"/entries/{entry}/documents/{document}", said="copy_used")

    return await run_in_threadpool(put)


def _page(request: Request, caller: Caller, entry: str, document: str, page: int) -> Response:
    checked = view_checked(service_of(request).store, caller.portal, entry, document)
    around: dict[str, Any] = {
        "checked": checked,
        "is_answers": checked.role is DocumentRole.ANSWERS,
        "display": load_display(),
        "reasons": {step: reasons_for(step) for step in PRACTITIONERS_STEPS},
    }
    if checked.results is None:
        return render_in(request, caller.portal, entry, "entry-document-waits.html", **around)
    marked = Marked("d", checked.results, load_display())
    told = _told(checked, checked.results, marked)
    shown = told[(page - 1) * AT_ONCE : page * AT_ONCE] if page > 0 else []
    if page != 1 and not shown:
        raise ProblemError(HTTPStatus.NOT_FOUND, "not_found", "There is no such page.")
    lines = marked.lines
    is_whole = len(checked.results.document.text) <= WHOLE
    around |= {
        "results": checked.results,
        "marked": marked,
        "told": shown,
        "count": {v: sum(t.shown.warning.verdict is v for t in told) for v in Verdict},
        "open": sum(t.standing in (Standing.OPEN, Standing.CONFIRMED) for t in told),
        "page": page,
        "pages": max(1, -(-len(told) // AT_ONCE)),
        "lines": lines if is_whole else excerpt(lines),
        "is_whole": is_whole,
        "beside": _marked_only(marked),
        "unread": [
            line
            for line in checked.results.ledger.lines
            if line.state in (LedgerState.NOT_READ, LedgerState.LOW_CONFIDENCE)
        ],
    }
    return render_in(request, caller.portal, entry, "entry-document.html", **around)


def _marked_only(marked: Marked) -> tuple[Passage, ...]:
    return marked.beside[0]


def _told(checked: CheckedDocument, results: Results, marked: Marked) -> list[Told]:
    """List the warnings, each with where it stands after all decisions."""
    labels = labels_for(results)
    told = []
    for number, shown in enumerate(marked.warnings, 1):
        judgements = [results.judgements[i] for i in shown.warning.findings]
        ids = tuple(dict.fromkeys(finding_id(j.finding) for j in judgements))
        parts = {results.document.by_id[j.finding.segment].place.part for j in judgements}
        told.append(
            Told(
                number,
                shown,
                _gravest([checked.standings[i] for i in ids if i in checked.standings]),
                _own_step(checked, ids),
                ids,
                tuple(dict.fromkeys(label for i in ids for label in labels.get(i, ()))),
                parts.pop() if len(parts) == 1 else None,
            )
        )
    return told


def _gravest(standings: Sequence[Standing]) -> Standing | None:
    order = (Standing.OPEN, Standing.CONFIRMED, Standing.WAITING, Standing.SETTLED)
    return min(standings, key=order.index, default=None)


def _own_step(checked: CheckedDocument, ids: Sequence[str]) -> tuple[Step, str] | None:
    """Return what the practitioner did about every one of some findings, or None."""
    steps = [checked.own.get(i) for i in ids]
    if not steps or steps[0] is None or any(step != steps[0] for step in steps):
        return None
    step, reason = steps[0]
    return step, reasons_for(step).get(reason, reason)


def _settle(request: Request, caller: Caller, entry: str, document: str, form: SentForm) -> Response:
    """Take one step on every finding of a warning. A step that was taken before is not taken twice."""
    store = service_of(request).store
    step, reason = _step(form)
    checked = view_checked(store, caller.portal, entry, document)
    if checked.version != form.revision:
        raise RequestRefusedError(RefusalCode.STALE, "The document has changed since it was looked at.")
    for finding in form.all("finding") or (None,):
        held = checked.whole if finding is None else checked.own.get(finding)
        if not _is_done(step, reason, held):
            new = NewDecision(
                document, checked.version, finding, step, reason, form.get("note")[:2000] or None
            )
            decide(store, caller.portal, entry, new)
    return see(_back(entry, document, form), said=step.value, at=form.get("at")[:40])


def _is_done(step: Step, reason: str, held: tuple[Step, str] | None) -> bool:
    """Tell whether a step was taken already: a form that is sent twice does nothing more."""
    return held is None if step is Step.UNDO else held == (step, reason)


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
