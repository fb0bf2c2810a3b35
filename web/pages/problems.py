"""Problems as pages: whatever is refused on a page is answered with a page that says what to do."""

from __future__ import annotations

import inspect
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool

from web.access import signed_in
from web.cookies import session_secret
from web.forms import FORM_FIELD, ONCE_FIELD, REVISION_FIELD, SentForm, sent_form
from web.pages.render import render
from web.problems import ProblemError, problem
from web.service import service_of

NOT_PAGES = ("/v1/", "/static/", "/healthz", "/readyz", "/metrics")
"""What programs ask. They are answered with problem documents."""

HIDDEN = frozenset({FORM_FIELD, REVISION_FIELD, ONCE_FIELD})
TEMPLATES = {
    "unauthorised": "problem-session.html",
    "forbidden": "problem-forbidden.html",
    "form_token_needed": "problem-token.html",
    "not_found": "problem-not-found.html",
    "stale": "problem-changed.html",
    "wrong_status": "problem-changed.html",
}
"""The page for a code; all others share one."""

Handler = Callable[[Request, Any], Response | Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Kept:
    """Words that were sent with a form that was not obeyed."""

    name: str
    text: str


def install(app: FastAPI) -> None:
    """Answer on pages with pages. To be called when everything else is installed."""
    for error, as_problem in list(app.exception_handlers.items()):
        app.add_exception_handler(error, _on_pages(as_problem))


def is_page(request: Request) -> bool:
    """Tell whether somebody with a browser is asking, and no program."""
    return not request.url.path.startswith(NOT_PAGES)


def refuse(request: Request, status: int, code: str, detail: str) -> Response:
    """Answer a request that is refused, with a page where a page was asked."""
    if is_page(request):
        return show_problem(request, status, code, detail)
    return problem(status, code, detail)


def check_own_page(request: Request) -> None:
    """Refuse a form that begins a session and was sent from another site's page.

    Raises:
        ProblemError: If the browser says so. There is no form token before a session.
    """
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise ProblemError(HTTPStatus.FORBIDDEN, "forbidden", "Begin from our own page.")


def show_problem(request: Request, status: int, code: str, detail: str) -> Response:
    """Write the page for a problem. Words that came with a form stand on it."""
    form = sent_form(request)
    settings = service_of(request).settings
    return render(
        request,
        TEMPLATES.get(code, "problem.html"),
        status,
        status=status,
        code=code,
        detail=detail,
        kept=_kept(form),
        sent=form,
        address=request.url.path,
        had_session=bool(session_secret(request, settings)),
        settings=settings,
    )


def _on_pages(as_problem: Handler) -> Handler:
    async def answer(request: Request, error: Any) -> Response:
        """Answer with a page where a page was asked for, with JSON elsewhere."""
        told = as_problem(request, error)
        response = await told if inspect.isawaitable(told) else told
        if not is_page(request) or response.headers.get("content-type") != "application/problem+json":
            return response
        said = json.loads(bytes(response.body))
        return await run_in_threadpool(_page, request, response, said)

    return answer


def _page(request: Request, response: Response, said: dict[str, Any]) -> Response:
    if not hasattr(request.state, "person"):
        request.state.person = signed_in(request)
    page = show_problem(request, response.status_code, said["code"], said["detail"])
    for name in ("allow", "retry-after"):
        if name in response.headers:
            page.headers[name] = response.headers[name]
    return page


def _kept(form: SentForm) -> list[Kept]:
    """Return what somebody wrote: whatever is longer than a choice or a code could be."""
    words = [(name, text) for name, values in form.fields.items() for text in values if name not in HIDDEN]
    return [Kept(name, text) for name, text in words if len(text) > 40 or " " in text.strip()]
