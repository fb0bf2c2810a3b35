"""Submission: what is still needed, as a list of tasks; then submitted, withdrawn, reopened or deleted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from models.entry import DocumentRole, EntryStatus, Gate, Need, NeedKind
from rules.standards import load_standards
from storage.lifecycle import delete_entry, reopen, withdraw
from storage.shapes import DocumentView, EntryView
from storage.submission import GateClosedError, submit
from storage.views import view_entry, view_gate
from storage.work import form_of
from web.access import Caller, Visitor
from web.forms import SentForm, sent_form
from web.pages.frame import render_in
from web.pages.render import see
from web.service import Service, service_of

router = APIRouter(prefix="/entries/{entry}", include_in_schema=False, default_response_class=Response)

DONE, OPTIONAL = "done", "optional"


@dataclass(frozen=True, slots=True)
class Task:
    """One row of the task list.

    Attributes:
        title: What there is to do; a file's name where it is about one.
        is_name: Whether the title is a stranger's text.
        state: "done", "optional", or the gravest kind of need.
        needs: What is still needed.
    """

    title: str
    href: str
    state: str
    needs: tuple[Need, ...] = ()
    is_name: bool = False


@router.get("/submit")
def look(request: Request, caller: Visitor, entry: str) -> Response:
    """Show what is still needed, and the button where nothing is."""
    return _show(request, caller, entry, "entry-submit.html")


@router.post("/submit")
async def hand_in(request: Request, caller: Visitor, entry: str) -> Response:
    """Submit the record. Sent twice it is submitted once."""

    def hand(service: Service, form: SentForm) -> str:
        """Submit the record, once."""
        if view_entry(service.store, caller.portal, entry).status is not EntryStatus.SUBMITTED:
            submit(service.store, caller.portal, entry, form.revision)
        return "submitted"

    try:
        return await _do(request, hand, f"/entries/{entry}/")
    except GateClosedError:
        return see(f"/entries/{entry}/submit", said="closed")


@router.get("/submitted")
def see_done(request: Request, caller: Visitor, entry: str) -> Response:
    """Show that the record was received, and what is still with us."""
    view = view_entry(service_of(request).store, caller.portal, entry)
    if view.status is not EntryStatus.SUBMITTED:
        return see(f"/entries/{entry}/submit")
    return _show(request, caller, entry, "entry-submitted.html")


@router.post("/withdraw")
async def take_back(request: Request, caller: Visitor, entry: str) -> Response:
    """Withdraw the record."""

    def take(service: Service, form: SentForm) -> str:
        """Take the record back."""
        withdraw(service.store, caller.portal, entry, form.revision, service.settings)
        return "submit?said=withdrawn"

    return await _do(request, take, f"/entries/{entry}/")


@router.post("/reopen")
async def open_again(request: Request, caller: Visitor, entry: str) -> Response:
    """Make the record a draft again."""

    def again(service: Service, form: SentForm) -> str:
        """Open the record again."""
        reopen(service.store, caller.portal, entry, form.revision, service.settings)
        return "submit?said=reopened"

    return await _do(request, again, f"/entries/{entry}/")


@router.get("/delete")
def ask(request: Request, caller: Visitor, entry: str) -> Response:
    """Ask whether the record is really to be deleted."""
    return _show(request, caller, entry, "entry-delete.html")


@router.post("/delete")
async def delete(request: Request, caller: Visitor, entry: str) -> Response:
    """Delete the record with all that belongs to it."""

    def destroy(service: Service, form: SentForm) -> str:
        """Delete the record with everything in it."""
        delete_entry(service.store, caller.portal, entry, form.revision, service.settings)
        return "/entries?said=deleted"

    return await _do(request, destroy, "")


async def _do(request: Request, act: Callable[[Service, SentForm], str], under: str) -> Response:
    """Do what a form asks and go on to the address that comes of it."""
    where = await run_in_threadpool(act, service_of(request), sent_form(request))
    return see(under + where)


def _show(request: Request, caller: Caller, entry: str, template: str) -> Response:
    service = service_of(request)
    view = view_entry(service.store, caller.portal, entry)
    gate = view_gate(service.store, caller.portal, entry)
    return render_in(
        request,
        caller.portal,
        entry,
        template,
        record=view,
        gate=gate,
        tasks=tasks_of(view, gate),
        is_moving=any(not d.status.is_final for d in view.documents),
        settings=service.settings,
        parts=[p for p in load_standards()[view.standard].parts if p.id in view.chosen_parts],
    )


def tasks_of(view: EntryView, gate: Gate) -> list[Task]:
    """Lay out what a record takes as tasks, in the order in which one does them."""
    base = f"/entries/{view.id}"
    tasks = [_form_task(view, gate, base)]
    tasks += [_document_task(document, gate, base) for document in view.documents]
    parts = tuple(n for n in gate.needs if n.code == "parts_missing")
    empty = DONE if view.chosen_parts else OPTIONAL
    tasks.append(
        Task("Say which parts of the standard it shows", f"{base}/parts", _state(parts) or empty, parts)
    )
    return tasks


def _form_task(view: EntryView, gate: Gate, base: str) -> Task:
    needs = tuple(n for n in gate.needs if n.document is None and n.code != "parts_missing")
    first = next((n.question for n in needs if n.question), None)
    questions = len(form_of(view.form).questions)
    href = base + (f"#answer-{first}" if first else "")
    title = "Answer the question" if questions == 1 else "Answer the questions"
    return Task(title, href, _state(needs) or DONE, needs)


def _document_task(document: DocumentView, gate: Gate, base: str) -> Task:
    needs = tuple(n for n in gate.needs if n.document == document.id)
    href = f"{base}/documents/{document.id}"
    is_file = document.role is DocumentRole.UPLOAD
    title = document.file_name if is_file else "Look at the warnings about what you wrote"
    return Task(title, href, _state(needs) or DONE, needs, is_name=is_file)


def _state(needs: Sequence[Need]) -> str | None:
    kinds = {n.kind for n in needs}
    return next((kind.value for kind in NeedKind if kind in kinds), None)
