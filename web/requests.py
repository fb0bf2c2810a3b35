"""Requests: each has an id, in every line that is written for it, and is counted when it is answered."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.metrics import METHODS, Metrics
from web.problems import PROBLEM_HEADER, problem
from workers.logs import following

REQUEST_HEADER = "X-Request-Id"
_LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class _Answer:
    status: int = 0
    code: str = ""


class RequestLog:
    """Gives each request an id, or keeps that of its caller, and notes what it came to.

    Lines hold the route as it stands in the code, never the address that was asked: a link's
    secret and what somebody typed are part of addresses.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with following(Headers(scope=scope).get(REQUEST_HEADER)) as request:
            answer = _Answer()
            noting = _noting(send, request, answer)
            began = time.perf_counter()
            try:
                await self._app(scope, receive, noting)
            finally:
                if not answer.status:
                    _LOG.error("a request broke off", exc_info=True)
                    await _told()(scope, receive, noting)
                self._note(scope, answer, time.perf_counter() - began)

    def _note(self, scope: Scope, answer: _Answer, seconds: float) -> None:
        route = str(getattr(scope.get("route"), "path", "none"))
        method = scope["method"] if scope["method"] in METHODS else "other"
        self._metrics.note(method, route, answer.status, answer.code, seconds)
        told = {"method": method, "route": route, "status": answer.status, "seconds": seconds}
        _LOG.info("request answered", extra=told | ({"code": answer.code} if answer.code else {}))


def _noting(send: Send, request: str, answer: _Answer) -> Send:
    """Return a way to send that notes how the answer begins, and tells the request's id in it."""

    async def noting(message: Message) -> None:
        """Note what is answered, and send it on."""
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers[REQUEST_HEADER] = request
            answer.status = message["status"]
            answer.code = headers.get(PROBLEM_HEADER, "")
        await send(message)

    return noting


def _told() -> ASGIApp:
    told = "This failed on our side. We have been told."
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "failed", told)
