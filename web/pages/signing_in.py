"""The pages by which people come in and go out."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from storage.links import LinkError
from storage.sessions import end_session
from web.access import Visitor
from web.cookies import drop_session, session_secret, set_session
from web.forms import SentForm, read_form
from web.pages.problems import check_own_page
from web.pages.render import render, see
from web.problems import ProblemError
from web.rights import Party
from web.service import service_of
from web.signing_in import KEPT, TOLD, admit_staff, let_in

router = APIRouter(include_in_schema=False, default_response_class=Response)

HOMES = {
    Party.PRACTITIONER: "/entries",
    Party.REVIEWER: "/desk",
    Party.SENIOR_REVIEWER: "/desk",
    Party.AUDITOR: "/audit",
    Party.OPERATOR: "/operations",
}
"""Where people go when they have come in."""

ENTRIES = "/entries"
"""Where practitioners go."""


@router.get("/enter/{token}")
def greet(request: Request, token: str) -> Response:
    """Ask for one press of a button: programs that look at links ahead must not use them up."""
    return render(request, "enter.html", token=token)


@router.post("/enter/{token}")
def enter(request: Request, token: str) -> Response:
    """Exchange a link for a session and go to its entry."""
    service = service_of(request)
    try:
        visitor, secret = let_in(service, token)
    except LinkError as error:
        told = {"told": TOLD[error.trouble], "kept": KEPT, "settings": service.settings}
        return render(request, "link-ended.html", HTTPStatus.GONE, **told)
    answer = see(f"{ENTRIES}/{visitor.entry}")
    set_session(answer, service.settings, secret)
    return answer


@router.get("/sign-in")
def ask_staff(request: Request) -> Response:
    """Ask a member of staff to sign in."""
    return _ask(request)


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    """Sign a member of staff in by a local account."""
    check_own_page(request)
    form = await read_form(request, service_of(request).settings, files=False)
    return await run_in_threadpool(_sign_in, request, form)


@router.post("/sign-out")
async def sign_out(request: Request, caller: Visitor) -> Response:
    """Sign out."""
    del caller
    service = service_of(request)
    await run_in_threadpool(end_session, service.store, session_secret(request, service.settings))
    answer = see("/", said="signed_out")
    drop_session(answer, service.settings)
    return answer


def _sign_in(request: Request, form: SentForm) -> Response:
    service = service_of(request)
    try:
        role, secret = admit_staff(service, form.get("name")[:200], form.get("password")[:200])
    except ProblemError as refused:
        return _ask(request, refused.status, name=form.get("name")[:200], wrong=refused.detail)
    answer = see(HOMES[Party(role)])
    set_session(answer, service.settings, secret)
    return answer


def _ask(request: Request, status: int = HTTPStatus.OK, *, name: str = "", wrong: str = "") -> Response:
    has_provider = bool(service_of(request).settings.oidc_issuer)
    return render(request, "sign-in.html", status, name=name, wrong=wrong, has_provider=has_provider)
