"""Review over HTTP: what waits for staff, decisions, reveals, another try; and the audit."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from models.entry import Gate
from storage.audit import Noted, Verification, acts_on, verify
from storage.decisions import DecisionView, NewDecision, decide, list_decisions
from storage.review import Revealed, Waiting, list_waiting, retry, reveal
from storage.views import view_gate, view_results
from web.access import Who
from web.decisions import DecisionDraft
from web.results import ResultsView, show_results
from web.service import service_of
from web.words import Text

router = APIRouter(prefix="/v1", tags=["review"])


class RevealDraft(BaseModel):
    """Which finding's words are to be shown."""

    model_config = ConfigDict(extra="forbid")

    finding: Annotated[Text, Field(max_length=80)]


@dataclass(frozen=True, slots=True)
class Sent:
    """A document that was sent down the line again."""

    document: str
    version: int


@router.get("/review/documents")
def read_waiting(request: Request, caller: Who) -> list[Waiting]:
    """List the documents that wait for staff, the oldest first."""
    del caller
    return list_waiting(service_of(request).store)


@router.get("/review/entries/{entry}/gate")
def read_gate(request: Request, caller: Who, entry: str) -> Gate:
    """Say what an entry still needs."""
    return view_gate(service_of(request).store, caller.portal, entry)


@router.get("/review/entries/{entry}/documents/{document}/results")
def read_results(request: Request, caller: Who, entry: str, document: str) -> ResultsView:
    """Read what the line made of a document. The identifying words are not in it."""
    return show_results(view_results(service_of(request).store, caller.portal, entry, document))


@router.post("/review/entries/{entry}/documents/{document}/reveal")
def reveal_words(request: Request, caller: Who, entry: str, document: str, draft: RevealDraft) -> Revealed:
    """Show the words of one finding. It is noted in the audit before."""
    store = service_of(request).store
    return reveal(store, caller.portal, entry, document, draft.finding, caller.actor)


@router.post("/review/entries/{entry}/documents/{document}/retry")
def try_again(request: Request, caller: Who, entry: str, document: str) -> Sent:
    """Send a failed document down the line again."""
    service = service_of(request)
    job = retry(service.store, caller.portal, entry, document)
    service.send([job])
    return Sent(job.document, job.version)


@router.get("/review/entries/{entry}/decisions")
def read_decisions(request: Request, caller: Who, entry: str) -> list[DecisionView]:
    """List the decisions on an entry in the order in which they were taken."""
    return list_decisions(service_of(request).store, caller.portal, entry)


@router.post("/review/entries/{entry}/decisions", status_code=HTTPStatus.CREATED)
def take(request: Request, caller: Who, entry: str, draft: DecisionDraft) -> DecisionView:
    """Record a reviewer's decision."""
    new = NewDecision(**draft.model_dump())
    return decide(service_of(request).store, caller.portal, entry, new, reviewer=caller.actor)


@router.get("/audit/entries/{entry}")
def read_audit(request: Request, caller: Who, entry: str) -> list[Noted]:
    """List who did what with an entry, in order."""
    del caller
    return acts_on(service_of(request).store, entry)


@router.get("/audit/verification")
def read_verification(request: Request, caller: Who) -> Verification:
    """Check the whole audit against its own chain and the ends anchored outside."""
    del caller
    service = service_of(request)
    return verify(service.store, service.settings.anchor_path)
