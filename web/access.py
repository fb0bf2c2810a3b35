"""Access: who may ask what. Every route has a row in one table, or nobody may call it."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from storage.audit import Act, note
from storage.refusals import not_found
from storage.schema import EntryRow
from storage.sessions import SignedIn, find_session
from storage.store import Store
from storage.tokens import Scope, find_token
from web.cookies import session_secret
from web.forms import FORM_FIELD, read_form
from web.problems import ProblemError
from web.service import service_of

_ID = re.compile(r"[0-9a-f]{32}")
FORM_TOKEN = "X-Form-Token"  # noqa: S105  (the name of a header)


class Party(StrEnum):
    """Who somebody is to the service."""

    PORTAL = "portal"
    PRACTITIONER = "practitioner"
    REVIEWER = "reviewer"
    SENIOR_REVIEWER = "senior_reviewer"
    AUDITOR = "auditor"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may call one route.

    Attributes:
        parties: Who may. A practitioner only reaches their own entries, a portal its own.
        scope: What a portal's token must allow.
        noted: The code under which a call is noted in the audit, or None where it is not:
            asking again and again how far one's own entry is.
    """

    parties: frozenset[Party]
    scope: Scope | None = None
    noted: str | None = None


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is asking.

    Attributes:
        actor: A random id: of a token, a practitioner or a member of staff.
        portal: Whose entries are reached.
    """

    party: Party
    actor: str
    portal: str


def _rule(scope: Scope, noted: str | None = None, *, practitioner: bool = True) -> Rule:
    parties = {Party.PORTAL, Party.PRACTITIONER} if practitioner else {Party.PORTAL}
    return Rule(frozenset(parties), scope, noted)


_REVIEWERS = frozenset({Party.REVIEWER, Party.SENIOR_REVIEWER})
_ENTRY = "/v1/entries/{entry}"
_DOCUMENT = _ENTRY + "/documents/{document}"
_REVIEW = "/v1/review/entries/{entry}"
_DESK = "/desk/entries/{entry}/documents/{document}"
_WEBHOOK = "/v1/webhooks/{webhook}"
_PAGE = "/entries/{entry}"
_PAGE_DOCUMENT = _PAGE + "/documents/{document}"
_PRACTITIONER = frozenset({Party.PRACTITIONER})
_SIGNED_IN = frozenset(Party) - {Party.PORTAL}

ACCESS: dict[tuple[str, str], Rule] = {
    ("POST", "/v1/entries"): _rule(Scope.ENTRIES_WRITE, "entry.created", practitioner=False),
    ("GET", "/v1/entries"): _rule(Scope.ENTRIES_READ, "entries.listed", practitioner=False),
    ("GET", _ENTRY): _rule(Scope.ENTRIES_READ),
    ("DELETE", _ENTRY): _rule(Scope.ENTRIES_DELETE, "entry.deleted"),
    ("PUT", _ENTRY + "/answers"): _rule(Scope.ENTRIES_WRITE, "answers.saved"),
    ("PUT", _ENTRY + "/parts"): _rule(Scope.ENTRIES_WRITE, "parts.chosen"),
    ("GET", _ENTRY + "/part-decisions"): _rule(Scope.ENTRIES_READ),
    ("GET", _ENTRY + "/gate"): _rule(Scope.ENTRIES_READ),
    ("GET", _ENTRY + "/requirements"): _rule(Scope.ENTRIES_READ, "entries.listed"),
    ("POST", _ENTRY + "/profile"): _rule(Scope.RESULTS_READ, "profile.made"),
    ("POST", "/v1/profile"): _rule(Scope.RESULTS_READ, "profile.made", practitioner=False),
    ("GET", "/v1/requirements"): _rule(Scope.ENTRIES_READ, "entries.listed", practitioner=False),
    ("POST", _ENTRY + "/submit"): _rule(Scope.ENTRIES_SUBMIT, "entry.submitted"),
    ("POST", _ENTRY + "/withdraw"): _rule(Scope.ENTRIES_SUBMIT, "entry.withdrawn"),
    ("POST", _ENTRY + "/reopen"): _rule(Scope.ENTRIES_SUBMIT, "entry.reopened"),
    ("POST", _ENTRY + "/links"): _rule(Scope.LINKS_WRITE, "link.made", practitioner=False),
    ("GET", _ENTRY + "/events"): _rule(Scope.ENTRIES_READ),
    ("GET", _ENTRY + "/progress"): _rule(Scope.ENTRIES_READ),
    ("GET", _ENTRY + "/decisions"): _rule(Scope.ENTRIES_READ),
    ("POST", _ENTRY + "/decisions"): _rule(Scope.DECISIONS_WRITE, "decision.taken"),
    ("POST", _ENTRY + "/documents"): _rule(Scope.ENTRIES_WRITE, "document.uploaded"),
    ("GET", _DOCUMENT): _rule(Scope.ENTRIES_READ),
    ("PUT", _DOCUMENT): _rule(Scope.ENTRIES_WRITE, "document.replaced"),
    ("DELETE", _DOCUMENT): _rule(Scope.ENTRIES_WRITE, "document.removed"),
    ("GET", _DOCUMENT + "/results"): _rule(Scope.RESULTS_READ, "results.read"),
    ("GET", _DOCUMENT + "/original"): _rule(Scope.RESULTS_READ, "original.read"),
    ("GET", _DOCUMENT + "/redacted"): _rule(Scope.RESULTS_READ, "redacted.read"),
    ("POST", _DOCUMENT + "/use-redacted"): _rule(Scope.ENTRIES_WRITE, "document.redacted"),
    ("GET", "/v1/receipts"): _rule(Scope.ENTRIES_READ, practitioner=False),
    ("POST", "/v1/webhooks"): _rule(Scope.WEBHOOKS_WRITE, "webhook.added", practitioner=False),
    ("GET", "/v1/webhooks"): _rule(Scope.WEBHOOKS_WRITE, practitioner=False),
    ("DELETE", _WEBHOOK): _rule(Scope.WEBHOOKS_WRITE, "webhook.removed", practitioner=False),
    ("GET", _WEBHOOK + "/deliveries"): _rule(Scope.WEBHOOKS_WRITE, practitioner=False),
    ("POST", _WEBHOOK + "/deliveries/{delivery}/again"): _rule(Scope.WEBHOOKS_WRITE, practitioner=False),
    ("GET", "/v1/review/documents"): Rule(_REVIEWERS),
    ("GET", _REVIEW + "/documents/{document}/results"): Rule(_REVIEWERS, noted="results.read"),
    ("POST", _REVIEW + "/documents/{document}/retry"): Rule(_REVIEWERS, noted="document.retried"),
    ("POST", _REVIEW + "/documents/{document}/reveal"): Rule(_REVIEWERS),
    ("GET", _REVIEW + "/gate"): Rule(_REVIEWERS),
    ("GET", _REVIEW + "/decisions"): Rule(_REVIEWERS, noted="decisions.read"),
    ("POST", _REVIEW + "/decisions"): Rule(_REVIEWERS, noted="decision.taken"),
    ("GET", "/desk"): Rule(_REVIEWERS),
    ("GET", "/desk/statistics"): Rule(_REVIEWERS),
    ("GET", "/desk/lists"): Rule(_REVIEWERS, noted="lists.read"),
    ("POST", "/desk/lists"): Rule(frozenset({Party.SENIOR_REVIEWER})),
    ("POST", "/desk/lists/{word}/remove"): Rule(frozenset({Party.SENIOR_REVIEWER})),
    ("GET", "/desk/samples"): Rule(_REVIEWERS),
    ("POST", "/desk/samples"): Rule(frozenset({Party.SENIOR_REVIEWER})),
    ("GET", "/desk/samples/{sample}"): Rule(_REVIEWERS),
    ("POST", "/desk/samples/{sample}/read"): Rule(_REVIEWERS),
    ("GET", _DESK): Rule(_REVIEWERS, noted="results.read"),
    ("GET", _DESK + "/pages/{page}"): Rule(_REVIEWERS, noted="page.seen"),
    ("GET", _DESK + "/timeline"): Rule(_REVIEWERS, noted="decisions.read"),
    ("GET", _DESK + "/finish"): Rule(_REVIEWERS),
    ("POST", _DESK + "/finish"): Rule(_REVIEWERS, noted="decision.taken"),
    ("POST", _DESK + "/step"): Rule(_REVIEWERS, noted="decision.taken"),
    ("POST", _DESK + "/reveal"): Rule(_REVIEWERS),
    ("POST", _DESK + "/mask"): Rule(_REVIEWERS),
    ("POST", _DESK + "/hold"): Rule(_REVIEWERS),
    ("POST", _DESK + "/retry"): Rule(_REVIEWERS, noted="document.retried"),
    ("GET", "/v1/audit/entries/{entry}"): Rule(frozenset({Party.AUDITOR}), noted="audit.read"),
    ("GET", "/v1/audit/verification"): Rule(frozenset({Party.AUDITOR}), noted="audit.verified"),
    ("GET", "/metrics"): Rule(frozenset({Party.OPERATOR})),
    ("GET", "/v1/session"): Rule(_SIGNED_IN),
    ("DELETE", "/v1/session"): Rule(_SIGNED_IN),
    ("POST", "/sign-out"): Rule(_SIGNED_IN),
    ("GET", "/entries"): Rule(_PRACTITIONER, noted="entries.listed"),
    ("GET", "/new-entry"): Rule(_PRACTITIONER),
    ("POST", "/new-entry"): Rule(_PRACTITIONER, noted="entry.created"),
    ("GET", _PAGE): Rule(_PRACTITIONER),
    ("POST", _PAGE): Rule(_PRACTITIONER, noted="answers.saved"),
    ("GET", _PAGE + "/files"): Rule(_PRACTITIONER),
    ("POST", _PAGE + "/files"): Rule(_PRACTITIONER, noted="document.uploaded"),
    ("GET", _PAGE + "/files/{document}/take-out"): Rule(_PRACTITIONER),
    ("POST", _PAGE + "/files/{document}/take-out"): Rule(_PRACTITIONER, noted="document.removed"),
    ("GET", _PAGE_DOCUMENT): Rule(_PRACTITIONER, noted="results.read"),
    ("POST", _PAGE_DOCUMENT + "/settle"): Rule(_PRACTITIONER, noted="decision.taken"),
    ("POST", _PAGE_DOCUMENT + "/suggestion"): Rule(_PRACTITIONER, noted="answers.saved"),
    ("POST", _PAGE_DOCUMENT + "/replace"): Rule(_PRACTITIONER, noted="document.replaced"),
    ("GET", _PAGE_DOCUMENT + "/copy"): Rule(_PRACTITIONER, noted="redacted.read"),
    ("GET", _PAGE_DOCUMENT + "/redacted"): Rule(_PRACTITIONER, noted="redacted.read"),
    ("POST", _PAGE_DOCUMENT + "/use-copy"): Rule(_PRACTITIONER, noted="document.redacted"),
    ("GET", _PAGE + "/parts"): Rule(_PRACTITIONER, noted="results.read"),
    ("POST", _PAGE + "/parts"): Rule(_PRACTITIONER, noted="parts.chosen"),
    ("GET", _PAGE + "/submit"): Rule(_PRACTITIONER),
    ("POST", _PAGE + "/submit"): Rule(_PRACTITIONER, noted="entry.submitted"),
    ("GET", _PAGE + "/submitted"): Rule(_PRACTITIONER),
    ("POST", _PAGE + "/withdraw"): Rule(_PRACTITIONER, noted="entry.withdrawn"),
    ("POST", _PAGE + "/reopen"): Rule(_PRACTITIONER, noted="entry.reopened"),
    ("GET", _PAGE + "/delete"): Rule(_PRACTITIONER),
    ("POST", _PAGE + "/delete"): Rule(_PRACTITIONER, noted="entry.deleted"),
}
"""Who may call each route, pages included. A reveal notes itself, in the transaction that opens the text."""

OPEN = frozenset(
    {
        ("GET", "/healthz"),
        ("GET", "/readyz"),
        ("GET", "/v1/openapi.json"),
        ("POST", "/v1/session/link"),
        ("POST", "/v1/session/staff"),
        ("GET", "/"),
        ("POST", "/example"),
        ("GET", "/static/{digest}/{name:path}"),
        ("GET", "/sign-in"),
        ("POST", "/sign-in"),
        ("GET", "/enter/{token}"),
        ("POST", "/enter/{token}"),
        ("GET", "/staff/oidc"),
        ("GET", "/staff/oidc/back"),
    }
)
"""The routes that anyone may call: they tell nothing of any entry, or are how one signs in."""


def authorise(request: Request) -> Caller:
    """Say who is asking, if they may ask this, and note it before anything is answered.

    Raises:
        ProblemError: 401 where nobody is known, 403 where they may not.
        RequestRefusedError: If the entry is not theirs: it looks as if there were none.
    """
    known = _admit(request)
    _check_token(request, known.person, request.headers.get(FORM_TOKEN, ""))
    _note_asked(request, known.caller)
    return known.caller


async def authorise_page(request: Request) -> Caller:
    """Do the same for a page. A form carries the token in a field, beside what its page is asked to do.

    What was sent is read even where nobody is signed in any more, so that the page that says
    so can give back the words.
    """
    try:
        known = await run_in_threadpool(_admit, request)
    except ProblemError:
        await read_form(request, service_of(request).settings, files=False)
        raise
    form = await read_form(request, service_of(request).settings, files=True)
    sent = request.headers.get(FORM_TOKEN, "") or form.get(FORM_FIELD, "")
    _check_token(request, known.person, sent)
    await run_in_threadpool(_note_asked, request, known.caller)
    return known.caller


Who = Annotated[Caller, Depends(authorise)]
"""Who is asking, for routes of the API to name."""

Visitor = Annotated[Caller, Depends(authorise_page)]
"""Who is asking, for pages to name."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A caller, and their session where they have one: a portal has none."""

    caller: Caller
    person: SignedIn | None = None


def _admit(request: Request) -> _Known:
    """Find out who is asking, and whether they may."""
    store = service_of(request).store
    if any("\0" in str(value) for value in request.path_params.values()):  # no database can be asked for it
        raise not_found()
    rule = ACCESS[request.method, _path_of(request)]
    entry, document = (_id_in(request, name) for name in ("entry", "document"))
    known = _portal(request, store, rule) or _person(request, store, entry)
    if known is None:
        raise ProblemError(HTTPStatus.UNAUTHORIZED, "unauthorised", "Sign in, or send a token that holds.")
    if known.caller.party not in rule.parties:
        note(store, Act(known.caller.actor, "refused", entry, document))
        raise ProblemError(HTTPStatus.FORBIDDEN, "forbidden", "This is not yours to ask.")
    return known


def _note_asked(request: Request, caller: Caller) -> None:
    rule = ACCESS[request.method, _path_of(request)]
    if rule.noted is not None:
        entry, document = (_id_in(request, name) for name in ("entry", "document"))
        note(service_of(request).store, Act(caller.actor, rule.noted, entry, document))


def _path_of(request: Request) -> str:
    return str(getattr(request.scope.get("route"), "path", ""))


def _id_in(request: Request, name: str) -> str | None:
    """Return an id of the address: only what has an id's form gets into the audit."""
    value = request.path_params.get(name, "")
    return value if _ID.fullmatch(value) else None


def _portal(request: Request, store: Store, rule: Rule) -> _Known | None:
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    token = find_token(store, secret) if scheme.lower() == "bearer" and secret else None
    if token is None:
        return None
    if rule.scope is not None and rule.scope not in token.scopes:
        note(store, Act(token.id, "refused"))
        raise ProblemError(HTTPStatus.FORBIDDEN, "forbidden", "The token's scopes do not reach this.")
    return _Known(Caller(Party.PORTAL, token.id, token.portal))


def _person(request: Request, store: Store, entry: str | None) -> _Known | None:
    """Return who is signed in; on behalf of the portal whose entry they ask for."""
    person = signed_in(request)
    if person is None:
        return None
    request.state.person = person
    party = Party.PRACTITIONER if person.role is None else Party(person.role)
    # An auditor reads of deleted entries too, which nobody can find any more.
    asks_entry = "entry" in request.path_params and party is not Party.AUDITOR
    portal = _portal_of(store, entry, person) if asks_entry else ""
    return _Known(Caller(party, person.subject, portal), person)


def signed_in(request: Request) -> SignedIn | None:
    """Return who is signed in, or None."""
    service = service_of(request)
    secret = session_secret(request, service.settings)
    idle = timedelta(minutes=service.settings.session_minutes)
    return find_session(service.store, secret, idle) if secret else None


def _check_token(request: Request, person: SignedIn | None, untrusted_token: str) -> None:
    """Refuse a change that another site may have sent in a signed-in person's name.

    Raises:
        ProblemError: If the request changes something and does not carry the session's form token.
    """
    if person is None or request.method in ("GET", "HEAD"):
        return
    if not hmac.compare_digest(untrusted_token.encode(), person.form_token.encode()):
        raise ProblemError(HTTPStatus.FORBIDDEN, "form_token_needed", "The request lacks the form token.")


def _portal_of(store: Store, entry: str | None, person: SignedIn) -> str:
    with store.records.read() as session:
        row = None if entry is None else session.get(EntryRow, entry)
    is_theirs = row is not None and (person.role is not None or row.practitioner_id == person.subject)
    if row is None or not is_theirs:
        raise not_found()
    return row.portal
