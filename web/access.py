"""Access: who may ask what. Every route has a row in one table, or nobody may call it."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Request

from storage.tokens import Scope, find_token
from web.problems import ProblemError
from web.service import service_of

_ENTRY = "/v1/entries/{entry}"
_DOCUMENT = _ENTRY + "/documents/{document}"

PORTAL: dict[tuple[str, str], Scope] = {
    ("POST", "/v1/entries"): Scope.ENTRIES_WRITE,
    ("GET", "/v1/entries"): Scope.ENTRIES_READ,
    ("GET", _ENTRY): Scope.ENTRIES_READ,
    ("DELETE", _ENTRY): Scope.ENTRIES_DELETE,
    ("PUT", _ENTRY + "/answers"): Scope.ENTRIES_WRITE,
    ("PUT", _ENTRY + "/parts"): Scope.ENTRIES_WRITE,
    ("GET", _ENTRY + "/gate"): Scope.ENTRIES_READ,
    ("POST", _ENTRY + "/submit"): Scope.ENTRIES_SUBMIT,
    ("POST", _ENTRY + "/withdraw"): Scope.ENTRIES_SUBMIT,
    ("POST", _ENTRY + "/reopen"): Scope.ENTRIES_SUBMIT,
    ("GET", _ENTRY + "/events"): Scope.ENTRIES_READ,
    ("GET", _ENTRY + "/progress"): Scope.ENTRIES_READ,
    ("GET", _ENTRY + "/decisions"): Scope.ENTRIES_READ,
    ("POST", _ENTRY + "/decisions"): Scope.DECISIONS_WRITE,
    ("POST", _ENTRY + "/documents"): Scope.ENTRIES_WRITE,
    ("GET", _DOCUMENT): Scope.ENTRIES_READ,
    ("PUT", _DOCUMENT): Scope.ENTRIES_WRITE,
    ("DELETE", _DOCUMENT): Scope.ENTRIES_WRITE,
    ("GET", _DOCUMENT + "/results"): Scope.RESULTS_READ,
    ("GET", _DOCUMENT + "/original"): Scope.RESULTS_READ,
    ("GET", _DOCUMENT + "/redacted"): Scope.RESULTS_READ,
    ("POST", _DOCUMENT + "/use-redacted"): Scope.ENTRIES_WRITE,
    ("GET", "/v1/receipts"): Scope.ENTRIES_READ,
    ("POST", "/v1/webhooks"): Scope.WEBHOOKS_WRITE,
    ("GET", "/v1/webhooks"): Scope.WEBHOOKS_WRITE,
    ("DELETE", "/v1/webhooks/{webhook}"): Scope.WEBHOOKS_WRITE,
    ("GET", "/v1/webhooks/{webhook}/deliveries"): Scope.WEBHOOKS_WRITE,
    ("POST", "/v1/webhooks/{webhook}/deliveries/{delivery}/again"): Scope.WEBHOOKS_WRITE,
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


Who = Annotated[Caller, Depends(authorise)]
"""Who is asking, for routes to name."""
