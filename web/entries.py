"""Entries over HTTP: open, read, save answers, ask the gate, submit, withdraw, delete."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from models.entry import FormKind, Gate
from rules.standards import load_standards
from storage.entries import NewEntry, create_entry, save_answers
from storage.lifecycle import delete_entry, list_receipts, reopen, withdraw
from storage.parts import choose_parts
from storage.refusals import RefusalCode, RequestRefusedError
from storage.shapes import EntrySummary, EntryView, Receipt
from storage.submission import submit
from storage.views import list_entries, view_entry, view_gate
from storage.work import form_of
from web.access import Who
from web.headers import IdempotencyKey, IfMatch, revision_of
from web.service import service_of
from web.words import Plain, RegistrationYear, Text

router = APIRouter(prefix="/v1", tags=["entries"])


class EntryDraft(BaseModel):
    """What the portal tells when it opens an entry."""

    model_config = ConfigDict(extra="forbid")

    practitioner: Annotated[Text, Field(min_length=1, max_length=200)]
    own_name: Annotated[Text | None, Field(max_length=200)] = None
    form: FormKind = FormKind.SINGLE
    standard: Annotated[Plain, Field(max_length=32)] = "swe-4"
    year: RegistrationYear


class AnswersDraft(BaseModel):
    """Answers to save, by the id of their question. Questions not named keep theirs."""

    model_config = ConfigDict(extra="forbid")

    answers: dict[str, Text]


class PartsChoice(BaseModel):
    """Parts of the standard, by their ids."""

    model_config = ConfigDict(extra="forbid")

    parts: Annotated[list[Annotated[Plain, Field(max_length=16)]], Field(max_length=50)]


@router.post("/entries", status_code=HTTPStatus.CREATED)
def open_entry(
    request: Request, response: Response, caller: Who, draft: EntryDraft, key: IdempotencyKey = None
) -> EntryView:
    """Open an entry as a draft."""
    if draft.standard not in load_standards():
        raise RequestRefusedError(RefusalCode.UNKNOWN_STANDARD, "There is no standard of this id.")
    store = service_of(request).store
    new = NewEntry(draft.practitioner, draft.own_name, draft.form, draft.standard, draft.year)
    entry = create_entry(store, caller.portal, new, key)
    response.headers["Location"] = f"/v1/entries/{entry}"
    return _tagged(request, response, caller.portal, entry)


@router.get("/entries")
def read_entries(
    request: Request, caller: Who, practitioner: Annotated[Text, Query(min_length=1, max_length=200)]
) -> list[EntrySummary]:
    """List a practitioner's entries, the newest first."""
    return list_entries(service_of(request).store, caller.portal, practitioner)


@router.get("/entries/{entry}")
def read_entry(request: Request, response: Response, caller: Who, entry: str) -> EntryView:
    """Read an entry with its documents. The ETag is its revision."""
    return _tagged(request, response, caller.portal, entry)


@router.delete("/entries/{entry}")
def remove_entry(request: Request, caller: Who, entry: str, if_match: IfMatch = None) -> Receipt:
    """Delete an entry, and say what was deleted."""
    service = service_of(request)
    return delete_entry(service.store, caller.portal, entry, revision_of(if_match), service.settings)


@router.put("/entries/{entry}/answers")
def put_answers(
    request: Request,
    response: Response,
    caller: Who,
    entry: str,
    draft: AnswersDraft,
    if_match: IfMatch = None,
) -> EntryView:
    """Save answers as a draft, at any time. Nothing is checked but that no edit is overwritten unseen."""
    service = service_of(request)
    seen = revision_of(if_match)
    known = {q.id for q in form_of(view_entry(service.store, caller.portal, entry).form).questions}
    if not known.issuperset(draft.answers):
        raise RequestRefusedError(RefusalCode.UNKNOWN_QUESTION, "The form has no such question.")
    _, job = save_answers(service.store, caller.portal, entry, draft.answers, seen)
    service.send([job])
    return _tagged(request, response, caller.portal, entry)


@router.put("/entries/{entry}/parts")
def put_parts(
    request: Request,
    response: Response,
    caller: Who,
    entry: str,
    choice: PartsChoice,
    if_match: IfMatch = None,
) -> EntryView:
    """Say which parts of the standard the entry demonstrates."""
    choose_parts(service_of(request).store, caller.portal, entry, choice.parts, revision_of(if_match))
    return _tagged(request, response, caller.portal, entry)


@router.get("/entries/{entry}/gate")
def read_gate(request: Request, caller: Who, entry: str) -> Gate:
    """Say what the entry still needs, of the practitioner and of us."""
    return view_gate(service_of(request).store, caller.portal, entry)


@router.post("/entries/{entry}/submit")
def submit_entry(request: Request, caller: Who, entry: str, if_match: IfMatch = None) -> Gate:
    """Submit the entry. What is "with us" never stops it; what needs the practitioner does."""
    return submit(service_of(request).store, caller.portal, entry, revision_of(if_match))


@router.post("/entries/{entry}/withdraw")
def withdraw_entry(
    request: Request, response: Response, caller: Who, entry: str, if_match: IfMatch = None
) -> EntryView:
    """Withdraw a submitted entry, where the owner allows it."""
    service = service_of(request)
    withdraw(service.store, caller.portal, entry, revision_of(if_match), service.settings)
    return _tagged(request, response, caller.portal, entry)


@router.post("/entries/{entry}/reopen")
def reopen_entry(
    request: Request, response: Response, caller: Who, entry: str, if_match: IfMatch = None
) -> EntryView:
    """Make a submitted or withdrawn entry a draft again, where the owner allows it."""
    service = service_of(request)
    reopen(service.store, caller.portal, entry, revision_of(if_match), service.settings)
    return _tagged(request, response, caller.portal, entry)


@router.get("/receipts")
def read_receipts(request: Request, caller: Who) -> list[Receipt]:
    """List the portal's deletion receipts, the newest first."""
    return list_receipts(service_of(request).store, caller.portal)


def _tagged(request: Request, response: Response, portal: str, entry: str) -> EntryView:
    view = view_entry(service_of(request).store, portal, entry)
    response.headers["ETag"] = f'"{view.revision}"'
    return view
