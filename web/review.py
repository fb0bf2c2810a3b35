"""Review over HTTP: what waits for staff, decisions, reveals, another try; and the audit."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from models.entry import Gate, Step
from models.findings import EntityType, Role
from storage.audit import Noted, Verification, acts_on, verify
from storage.decisions import list_decisions
from storage.review import retry
from storage.review_decisions import Taken, take
from storage.review_follow import jobs_again
from storage.review_queue import Sought, Waiting, Which, list_queue
from storage.review_reveals import Revealed, Wish, reveal
from storage.review_step import ReviewStep
from storage.shapes import DecisionView
from storage.views import view_gate, view_results
from web.access import Who
from web.problems import ProblemError
from web.results import ResultsView, show_results
from web.rights import Party
from web.service import service_of
from web.words import Plain, Text

router = APIRouter(prefix="/v1", tags=["review"])


class RevealDraft(BaseModel):
    """Which finding's words are to be shown, and why."""

    model_config = ConfigDict(extra="forbid")

    finding: Annotated[Plain, Field(max_length=80)]
    reason: Annotated[Plain, Field(max_length=64)] = "to_decide"


class StepDraft(BaseModel):
    """A step that a reviewer takes: see `storage/review_decisions.py`."""

    model_config = ConfigDict(extra="forbid")

    document: Annotated[Plain, Field(max_length=64)]
    version: Annotated[int, Field(ge=1, le=1_000_000_000)]
    step: Step
    reason: Annotated[Plain, Field(max_length=64)]
    finding: Annotated[Plain | None, Field(max_length=80)] = None
    same_text: bool = False
    words: Annotated[Text | None, Field(max_length=200)] = None
    kind: EntityType | None = None
    role: Role | None = None
    note: Annotated[Text | None, Field(max_length=2000)] = None
    seen: Annotated[int | None, Field(ge=0, lt=2**63)] = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A document that was sent down the line again."""

    document: str
    version: int


@router.get("/review/documents")
def read_waiting(
    request: Request,
    caller: Who,
    which: Which = Which.WAITING,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> list[Waiting]:
    """List the documents that wait for staff: asks and direct identifiers first, then the oldest."""
    del caller
    return list(list_queue(service_of(request).store, Sought(which, page=page)).documents)


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
    wish = Wish(draft.finding, draft.reason)
    return reveal(store, caller.portal, entry, document, wish, caller.actor)


@router.post("/review/entries/{entry}/documents/{document}/retry")
def try_again(request: Request, caller: Who, entry: str, document: str) -> Sent:
    """Send a document down the line again that failed, was refused or was not read in full."""
    service = service_of(request)
    job = retry(service.store, caller.portal, entry, document)
    service.send([job])
    return Sent(job.document, job.version)


@router.get("/review/entries/{entry}/decisions")
def read_decisions(request: Request, caller: Who, entry: str) -> list[DecisionView]:
    """List the decisions on an entry in the order in which they were taken."""
    return list_decisions(service_of(request).store, caller.portal, entry)


@router.post("/review/entries/{entry}/decisions", status_code=HTTPStatus.CREATED)
def take_step(request: Request, caller: Who, entry: str, draft: StepDraft) -> Taken:
    """Take a reviewer's step. The redacted text, the findings and the gate follow at once."""
    if draft.step is Step.RELEASE and caller.party is not Party.SENIOR_REVIEWER:
        raise ProblemError(HTTPStatus.FORBIDDEN, "forbidden", "A senior reviewer releases.")
    service, step = service_of(request), ReviewStep(**draft.model_dump())
    taken = take(service.store, caller.portal, entry, step, caller.actor)
    service.send(jobs_again(service.store, taken.again))
    return taken


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
