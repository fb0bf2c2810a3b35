"""The desk's document: its findings, the one at hand, the text around it, and a reviewer's steps."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from models.document import SegmentKind
from models.entry import Step
from models.findings import EntityType, Role
from models.ledger import LedgerState
from pipeline.correct import same_text
from rules.display import load_display
from storage.refusals import RefusalCode, RequestRefusedError
from storage.review_decisions import take
from storage.review_follow import jobs_again
from storage.review_locks import LockedError
from storage.review_reveals import Wish, close_words, open_words
from storage.review_step import ReviewStep
from storage.review_view import DeskView, Looked, view_desk
from web.access import Caller, Visitor
from web.forms import SentForm, sent_form
from web.pages.render import see
from web.pages.review_frame import DESK, render_desk
from web.pages.review_text import MaskedText
from web.pages.review_words import SAID
from web.service import service_of

router = APIRouter(prefix=DESK, include_in_schema=False, default_response_class=Response)

ROWS = 60
"""Findings in the list at once."""

DOCUMENT = "/entries/{entry}/documents/{document}"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a step was not taken, with what was typed so that it can be sent again."""

    message: str
    sent: SentForm
    status: int = HTTPStatus.CONFLICT


@dataclass(frozen=True, slots=True)
class Looking:
    """What somebody looks at in a document.

    Attributes:
        at: Id of the finding at hand; empty for the first that is open.
        part: Number of the part of the text; 0 for the one in which the finding stands.
        sample: Id of the sample that is being read, or empty.
        is_on: Whether the next open finding after that is meant: it has just been decided.
    """

    at: str = ""
    part: int = 0
    sample: str = ""
    is_on: bool = False
    trouble: Trouble | None = None


@router.get(DOCUMENT)
def look(
    request: Request,
    caller: Visitor,
    entry: str,
    document: str,
    at: str = "",
    part: int = 0,
    sample: str = "",
) -> Response:
    """Show a document: its findings, the one at hand, and the text around it."""
    return _page(
        request, caller, entry, document, Looking(at, part, sample, request.query_params.get("on") == "1")
    )


@router.post(DOCUMENT + "/step")
async def step(request: Request, caller: Visitor, entry: str, document: str) -> Response:
    """Take a step on a finding, on words that were missed, or undo one."""
    return await run_in_threadpool(_step, request, caller, entry, document, sent_form(request))


@router.post(DOCUMENT + "/reveal")
async def open_masked(request: Request, caller: Visitor, entry: str, document: str) -> Response:
    """Open masked words to the reviewer who asks, noted with the reason before."""

    def show() -> Response:
        """Open the words that were asked for, and go back to them."""
        form, store = sent_form(request), service_of(request).store
        finding = form.get("finding") if form.get("what") == "one" else None
        wish = Wish(finding, form.get("reason"))
        open_words(store, caller.portal, entry, document, wish, caller.actor)
        return see(address_of(entry, document, form.get("finding"), form.get("sample")), said="revealed")

    return await run_in_threadpool(show)


@router.post(DOCUMENT + "/mask")
async def mask(request: Request, caller: Visitor, entry: str, document: str) -> Response:
    """Mask everything again."""

    def hide() -> Response:
        """Close the words, and go back to where they were."""
        form = sent_form(request)
        close_words(service_of(request).store, entry, document, caller.actor)
        return see(address_of(entry, document, form.get("finding"), form.get("sample")), said="masked")

    return await run_in_threadpool(hide)


def _page(request: Request, caller: Caller, entry: str, document: str, looking: Looking) -> Response:
    view = view_desk(service_of(request).store, caller.portal, entry, document, caller.actor)
    here = _at_hand(view, looking)
    around = {
        "view": view,
        "here": here,
        "sample": looking.sample,
        "trouble": looking.trouble,
        "sent": looking.trouble.sent if looking.trouble else SentForm(),
        "rows": _rows(view, here),
        "same": _same(view, here),
        "kinds": EntityType,
        "roles": [role for role in Role if role not in (Role.SELF, Role.AUTHOR)],
        **_text(view, here, looking.part),
    }
    status = looking.trouble.status if looking.trouble else HTTPStatus.OK
    return render_desk(request, caller, "document.html", status, **around)


def _at_hand(view: DeskView, looking: Looking) -> Looked | None:
    """Choose the finding at hand: the one named or the next open one after it, else the first open."""
    named = next((f for f in view.findings if f.id == looking.at), None)
    if named is not None and looking.is_on:
        return view.next_open(named.number) or named
    return named or view.next_open(0) or (view.findings[0] if view.findings else None)


def _rows(view: DeskView, here: Looked | None) -> tuple[Looked, ...]:
    """Return the page of the list of findings on which the one at hand stands."""
    first = 0 if here is None else (here.number - 1) // ROWS * ROWS
    return view.findings[first : first + ROWS]


def _same(view: DeskView, here: Looked | None) -> int:
    """Count the findings of the same words and type as the one at hand."""
    if here is None or view.results is None:
        return 0
    return len(same_text(view.results, here.id))


def _text(view: DeskView, here: Looked | None, part: int) -> dict[str, Any]:
    """Lay out the part of the text that is asked for, or in which the finding at hand stands."""
    if view.results is None:
        return {"blocks": (), "part": 1, "parts": 1, "near": (), "picture": None, "unread": ()}
    masked = MaskedText(view.results, view.findings, view.sight, load_display())
    parts = masked.parts()
    number = part if 1 <= part <= len(parts) else 1
    if here is not None and not part:
        number = next((n for n, blocks in enumerate(parts, 1) if any(b.holds(here.id) for b in blocks)), 1)
    segment = None if here is None else view.results.document.by_id[here.judgement.finding.segment]
    unread = (LedgerState.NOT_READ, LedgerState.LOW_CONFIDENCE)
    return {
        "blocks": parts[number - 1],
        "part": number,
        "parts": len(parts),
        "near": masked.around(here.judgement.finding) if here else (),
        "place": segment.place.name if segment else "",
        "picture": segment.place.page if segment and segment.kind is SegmentKind.PAGE else None,
        "unread": [line for line in view.results.ledger.lines if line.state in unread],
    }


def _step(request: Request, caller: Caller, entry: str, document: str, form: SentForm) -> Response:
    at, sample, service = form.get("finding"), form.get("sample"), service_of(request)
    try:
        wanted = read_step(document, form)
        taken = take(service.store, caller.portal, entry, wanted, caller.actor)
    except RequestRefusedError as refused:
        if refused.code is RefusalCode.STALE and _is_sent_twice(request, caller, entry, document, form):
            return see(address_of(entry, document, sample=sample), said=form.get("do").partition(":")[0])
        looking = Looking(at, sample=sample, trouble=Trouble(told_of(refused), form))
        return _page(request, caller, entry, document, looking)
    service.send(jobs_again(service.store, taken.again))
    is_same = wanted.step in (Step.UNDO, Step.ADD) and taken.findings
    address = address_of(entry, document, taken.findings[0] if is_same else at, sample)
    again = f"{wanted.step}_again"
    said = again if taken.again and again in SAID else wanted.step.value
    return see(address if is_same or not at else f"{address}&on=1", said=said)


def _is_sent_twice(request: Request, caller: Caller, entry: str, document: str, form: SentForm) -> bool:
    """Tell whether a step was taken just before by the same press of a button."""
    view = view_desk(service_of(request).store, caller.portal, entry, document, caller.actor)
    done = next((f.done for f in view.findings if f.id == form.get("finding")), None)
    step = form.get("do").partition(":")[0]
    return done is not None and done.actor == caller.actor and done.step == step


def read_step(document: str, form: SentForm) -> ReviewStep:
    """Read a step from a form: the button that was pressed says "step" or "step:reason"."""
    named, _, reason = form.get("do").partition(":")
    if named not in set(Step):
        raise RequestRefusedError(RefusalCode.UNKNOWN_STEP, "Choose what to do first. Nothing was changed.")
    step = Step(named)
    kind, role = form.get("kind"), form.get("role")
    is_on_words = step is Step.ADD or form.get("on") == "document"
    return ReviewStep(
        document=document,
        version=form.revision,
        step=step,
        reason=reason or form.get("reason"),
        finding=None if is_on_words else form.get("finding"),
        same_text=bool(form.get("same")),
        words=form.get("words")[:200] or None,
        kind=EntityType(kind) if kind in set(EntityType) else None,
        role=Role(role) if role in set(Role) else None,
        note=form.get("note")[:2000] or None,
        seen=int(form.get("seen")) if form.get("seen").isdigit() else None,
    )


def told_of(refused: RequestRefusedError) -> str:
    """Say why a step was not taken, and what to do."""
    if isinstance(refused, LockedError):
        return (
            "Another reviewer is working on this document. Your step was not taken; what you typed is "
            "still below. Wait, or take the document over."
        )
    if refused.code is RefusalCode.STALE:
        return (
            "Somebody has decided on this document since you opened it. Your step was not taken; what you "
            "typed is still below. Look at the page as it is now, and take the step again if it still fits."
        )
    return refused.message


def address_of(entry: str, document: str, finding: str = "", sample: str = "") -> str:
    """Return the address of a document at one finding."""
    address = f"{DESK}/entries/{entry}/documents/{document}"
    query = [f"{k}={quote(v, safe=':')}" for k, v in (("at", finding), ("sample", sample)) if v]
    return f"{address}?{'&'.join(query)}" if query else address
