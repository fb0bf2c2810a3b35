"""Access: who may ask what. Every route has a row in one table, or nobody may call it."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from fastapi import Request

from storage.tokens import Scope, find_token
from web.problems import ProblemError
from web.service import service_of

PORTAL: dict[tuple[str, str], Scope] = {
    ("POST", "/v1/entries"): Scope.ENTRIES_WRITE,
    ("GET", "/v1/entries/{entry}"): Scope.ENTRIES_READ,
    ("PUT", "/v1/entries/{entry}/answers"): Scope.ENTRIES_WRITE,
    ("PUT", "/v1/entries/{entry}/parts"): Scope.ENTRIES_WRITE,
    ("GET", "/v1/entries/{entry}/gate"): Scope.ENTRIES_READ,
    ("POST", "/v1/entries/{entry}/submit"): Scope.ENTRIES_SUBMIT,
    ("POST", "/v1/entries/{entry}/documents"): Scope.ENTRIES_WRITE,
    ("GET", "/v1/entries/{entry}/documents/{document}"): Scope.ENTRIES_READ,
    ("PUT", "/v1/entries/{entry}/documents/{document}"): Scope.ENTRIES_WRITE,
    ("DELETE", "/v1/entries/{entry}/documents/{document}"): Scope.ENTRIES_WRITE,
    ("GET", "/v1/entries/{entry}/documents/{document}/results"): Scope.RESULTS_READ,
}
"""The scope that each route asks of a portal's token."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is asking: a portal, by one of its tokens."""

    actor: str
    portal: str


def authorise(request: Request) -> Caller:
    """Say who is asking, if they may ask this.

    Raises:
        ProblemError: 401 without a token that holds, 403 where its scopes do not reach.
    """
    path = str(getattr(request.scope.get("route"), "path", ""))
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    token = find_token(service_of(request).store, secret) if scheme.lower() == "bearer" else None
    if token is None:
        raise ProblemError(HTTPStatus.UNAUTHORIZED, "unauthorised", "A valid token is needed.")
    if PORTAL.get((request.method, path)) not in token.scopes:
        raise ProblemError(HTTPStatus.FORBIDDEN, "forbidden", "The token's scopes do not reach this.")
    return Caller(token.id, token.portal)
