"""Entries over HTTP: open, read, save answers, ask the gate, submit."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from models.entry import FormKind, Gate
from rules.standards import load_standards
from storage.entries import NewEntry, choose_parts, create_entry, save_answers
from storage.refusals import RefusalCode, RequestRefusedError
from storage.shapes import EntryView
from storage.submission import submit
from storage.views import view_entry, view_gate
from storage.work import form_of
from web.access import Caller, authorise
from web.problems import ProblemError
from web.service import service_of

router = APIRouter(prefix="/v1/entries", tags=["entries"])

Who = Annotated[Caller, Depends(authorise)]
IfMatch = Annotated[str | None, Header(alias="If-Match")]


class EntryDraft(BaseModel):
    """What the portal tells when it opens an entry."""

    model_config = ConfigDict(extra="forbid")

    practitioner: Annotated[str, Field(min_length=1, max_length=200)]
    own_name: Annotated[str | None, Field(max_length=200)] = None
    form: FormKind = FormKind.SINGLE
    standard: Annotated[str, Field(max_length=32)] = "swe-4"
    year: Annotated[str, Field(pattern=r"^20\d\d-\d\d$", examples=["2026-27"])]


class AnswersDraft(BaseModel):
    """Answers to save, by the id of their question. Questions not named keep theirs."""

    model_config = ConfigDict(extra="forbid")

    answers: dict[str, str]


class PartsChoice(BaseModel):
    """Parts of the standard, by their ids."""

    model_config = ConfigDict(extra="forbid")

    parts: Annotated[list[Annotated[str, Field(max_length=16)]], Field(max_length=50)]


@router.post("", status_code=HTTPStatus.CREATED)
def open_entry(request: Request, response: Response, caller: Who, draft: EntryDraft) -> EntryView:
    """Open an entry as a draft."""
    if draft.standard not in load_standards():
        raise RequestRefusedError(RefusalCode.UNKNOWN_STANDARD, "There is no standard of this id.")
    store = service_of(request).store
    new = NewEntry(draft.practitioner, draft.own_name, draft.form, draft.standard, draft.year)
    entry = create_entry(store, caller.portal, new)
    response.headers["Location"] = f"/v1/entries/{entry}"
    return _tagged(response, view_entry(store, caller.portal, entry))


@router.get("/{entry}")
def read_entry(request: Request, response: Response, caller: Who, entry: str) -> EntryView:
    """Read an entry with its documents. The ETag is its revision."""
    return _tagged(response, view_entry(service_of(request).store, caller.portal, entry))


@router.put("/{entry}/answers")
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
    return _tagged(response, view_entry(service.store, caller.portal, entry))


@router.put("/{entry}/parts")
def put_parts(
    request: Request,
    response: Response,
    caller: Who,
    entry: str,
    choice: PartsChoice,
    if_match: IfMatch = None,
) -> EntryView:
    """Say which parts of the standard the entry demonstrates."""
    store = service_of(request).store
    choose_parts(store, caller.portal, entry, choice.parts, revision_of(if_match))
    return _tagged(response, view_entry(store, caller.portal, entry))


@router.get("/{entry}/gate")
def read_gate(request: Request, caller: Who, entry: str) -> Gate:
    """Say what the entry still needs, of the practitioner and of us."""
    return view_gate(service_of(request).store, caller.portal, entry)


@router.post("/{entry}/submit")
def submit_entry(request: Request, caller: Who, entry: str, if_match: IfMatch = None) -> Gate:
    """Submit the entry. What is "with us" never stops it; what needs the practitioner does."""
    return submit(service_of(request).store, caller.portal, entry, revision_of(if_match))


def revision_of(if_match: str | None) -> int:
    """Read the revision of an If-Match header.

    Raises:
        ProblemError: If there is none, or it is not one of our ETags.
    """
    if if_match is None:
        raise ProblemError(
            HTTPStatus.PRECONDITION_REQUIRED, "if_match_needed", "Send the ETag that was read, in If-Match."
        )
    revision = if_match.strip().removeprefix("W/").strip('"')
    if not revision.isascii() or not revision.isdigit() or len(revision) > 9:
        raise ProblemError(HTTPStatus.PRECONDITION_FAILED, "stale", "The ETag is not one of ours.")
    return int(revision)


def _tagged(response: Response, view: EntryView) -> EntryView:
    response.headers["ETag"] = f'"{view.revision}"'
    return view
