"""Problems: every refusal leaves as `application/problem+json` with a code (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from models.serialize import to_json
from storage.objects import ObjectsUnavailableError
from storage.records import RecordsUnavailableError
from storage.refusals import RefusalCode, RequestRefusedError
from storage.submission import GateClosedError

STATUS_OF = dict.fromkeys(RefusalCode, HTTPStatus.UNPROCESSABLE_ENTITY) | {
    RefusalCode.NOT_FOUND: HTTPStatus.NOT_FOUND,
    RefusalCode.STALE: HTTPStatus.PRECONDITION_FAILED,
    RefusalCode.WRONG_STATUS: HTTPStatus.CONFLICT,
    RefusalCode.NOT_ALLOWED: HTTPStatus.CONFLICT,
    RefusalCode.GATE_CLOSED: HTTPStatus.CONFLICT,
    RefusalCode.TOO_MANY_DOCUMENTS: HTTPStatus.CONFLICT,
    RefusalCode.NOT_READY: HTTPStatus.CONFLICT,
    RefusalCode.LOCKED: HTTPStatus.CONFLICT,
    RefusalCode.SECOND_PERSON: HTTPStatus.CONFLICT,
}
"""What each refusal is in HTTP. What names something unknown in a request is 422."""

_OF_THE_FRAMEWORK: dict[int, tuple[str, str]] = {
    HTTPStatus.NOT_FOUND: ("not_found", "There is nothing at this address."),
    HTTPStatus.METHOD_NOT_ALLOWED: ("method_not_allowed", "This address does not take this method."),
}
_UNREADABLE = ("invalid_request", "The request cannot be read.")

PROBLEM_HEADER = "X-Problem-Code"
"""Header that carries a problem's code, for what counts answers without opening them."""


class ProblemError(Exception):
    """A request is answered with a problem."""

    def __init__(self, status: HTTPStatus, code: str, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.more = more


def problem(status: int, code: str, detail: str, **more: Any) -> JSONResponse:
    """Build a problem document."""
    title = HTTPStatus(status).phrase
    content = {"type": f"urn:evidence:problem:{code}", "title": title, "status": status, "code": code}
    headers = {PROBLEM_HEADER: code}
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(
        {**content, "detail": detail, **more}, status, headers, media_type="application/problem+json"
    )


def install(app: FastAPI) -> None:
    """Answer every failure that is foreseen with a problem document."""

    @app.exception_handler(ProblemError)
    def _problem(_: Request, error: ProblemError) -> JSONResponse:
        return problem(error.status, error.code, error.detail, **error.more)

    @app.exception_handler(RequestRefusedError)
    def _refused(_: Request, error: RequestRefusedError) -> JSONResponse:
        return problem(STATUS_OF[error.code], error.code, error.message)

    @app.exception_handler(GateClosedError)
    def _closed(_: Request, error: GateClosedError) -> JSONResponse:
        return problem(STATUS_OF[error.code], error.code, error.message, needs=to_json(error.gate.needs))

    @app.exception_handler(RequestValidationError)
    def _invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        return problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "invalid_request",
            "The request is not of the form that this address takes.",
            errors=[{"at": ".".join(map(str, e["loc"])), "message": e["msg"]} for e in error.errors()],
        )

    @app.exception_handler(RecordsUnavailableError)
    @app.exception_handler(ObjectsUnavailableError)
    def _unavailable(_: Request, error: Exception) -> JSONResponse:
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable", f"Try again shortly: {error}.")

    @app.exception_handler(HTTPException)
    def _http(_: Request, error: HTTPException) -> JSONResponse:
        told = _OF_THE_FRAMEWORK.get(error.status_code, _UNREADABLE)
        answer = problem(error.status_code, *told)
        answer.headers.update(error.headers or {})  # such as which methods an address takes
        return answer

    @app.exception_handler(Exception)
    def _failed(_: Request, __: Exception) -> JSONResponse:
        return problem(
            HTTPStatus.INTERNAL_SERVER_ERROR, "failed", "This failed on our side. We have been told."
        )
