"""Access: who is asking, whether the table of rights lets them, and the note of it."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from storage.audit import Act, note
from storage.refusals import not_found
from storage.schema import EntryRow
from storage.sessions import SignedIn, find_session
from storage.store import Store
from storage.tokens import find_token
from web.cookies import session_secret
from web.forms import FORM_FIELD, read_form
from web.problems import ProblemError
from web.rights import ACCESS, Party, Rule
from web.service import service_of

_ID = re.compile(r"[0-9a-f]{32}")
FORM_TOKEN = "X-Form-Token"  # noqa: S105  (the name of a header)


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
