"""The end of a review: released, sent back, or a second person asked; and who has the document."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from models.entry import Step
from storage.refusals import RefusalCode, RequestRefusedError
from storage.review import retry
from storage.review_decisions import take
from storage.review_locks import assign, let_go, take_over
from storage.review_view import timeline, view_desk
from web.access import Caller, Visitor
from web.forms import SentForm, sent_form
from web.pages.render import see
from web.pages.review import DOCUMENT, Trouble, address_of, read_step, told_of
from web.pages.review_frame import DESK, Names, render_desk
from web.problems import ProblemError
from web.rights import Party
from web.service import service_of

router = APIRouter(prefix=DESK, include_in_schema=False, default_response_class=Response)


@router.post(DOCUMENT + "/hold")
async def hold(request: Request, caller: Visitor, entry: str, document: str) -> Response:
    """Take a document over, give it back, or say whose it is."""
    return await run_in_threadpool(_hold, request, caller, entry, document, sent_form(request))


@router.post(DOCUMENT + "/retry")
async def try_again(request: Request, caller: Visitor, entry: str, document: str) -> Response:
    """Send a document down the line again."""

    def send() -> Response:
        """Send it to be checked, and go back to it."""
        service = service_of(request)
        service.send([retry(service.store, caller.portal, entry, document)])
        return see(address_of(entry, document), said="retried")

    return await run_in_threadpool(send)


@router.get(DOCUMENT + "/finish")
def ask_to_finish(request: Request, caller: Visitor, entry: str, document: str) -> Response:
    """Ask once more before a document is released or sent back."""
    view = view_desk(service_of(request).store, caller.portal, entry, document, caller.actor)
    return render_desk(request, caller, "finish.html", view=view, trouble=None)


@router.post(DOCUMENT + "/finish")
async def finish(request: Request, caller: Visitor, entry: str, document: str) -> Response:
    """Release a document, send it back, or ask a second person."""
    return await run_in_threadpool(_finish, request, caller, entry, document, sent_form(request))


@router.get(DOCUMENT + "/timeline")
def show_timeline(request: Request, caller: Visitor, entry: str, document: str) -> Response:
    """Show who did what with a document, and under which rules."""
    store = service_of(request).store
    view = view_desk(store, caller.portal, entry, document, caller.actor)
    happened = timeline(store, caller.portal, entry, document)
    return render_desk(request, caller, "timeline.html", view=view, happened=happened)


def _hold(request: Request, caller: Caller, entry: str, document: str, form: SentForm) -> Response:
    store, said = service_of(request).store, form.get("do")
    if said == "take":
        take_over(store, entry, document, caller.actor)
    elif said == "let_go":
        let_go(store, entry, document, caller.actor)
    else:
        assign(store, entry, document, caller.actor, _assignee(request, caller, form))
    told = {"take": "taken", "let_go": "let_go"}.get(said, "assigned")
    if said == "let_go":
        return see(DESK, said=told)
    return see(address_of(entry, document, form.get("finding")), said=told)


def _assignee(request: Request, caller: Caller, form: SentForm) -> str | None:
    """Read whose a document is to be: nobody's, one's own, or, for a senior reviewer, anybody's."""
    to = form.get("to")
    if to in ("", caller.actor):
        return to or None
    if caller.party is not Party.SENIOR_REVIEWER or to not in Names(request, caller).reviewers:
        raise ProblemError(HTTPStatus.FORBIDDEN, "forbidden", "A senior reviewer assigns to others.")
    return to


def _finish(request: Request, caller: Caller, entry: str, document: str, form: SentForm) -> Response:
    store = service_of(request).store
    try:
        wanted = read_step(document, form)
        _check_senior(caller, wanted.step)
        take(store, caller.portal, entry, wanted, caller.actor)
    except RequestRefusedError as refused:
        view = view_desk(store, caller.portal, entry, document, caller.actor)
        trouble = Trouble(told_of(refused), form)
        return render_desk(request, caller, "finish.html", trouble.status, view=view, trouble=trouble)
    let_go(store, entry, document, caller.actor)
    said = {Step.CONFIRM: "rejected", Step.DISMISS: "released"}.get(wanted.step, wanted.step.value)
    return see(DESK, said=said)


def _check_senior(caller: Caller, step: Step) -> None:
    if step is Step.RELEASE and caller.party is not Party.SENIOR_REVIEWER:
        raise RequestRefusedError(RefusalCode.SECOND_PERSON, "A senior reviewer decides on a release.")
