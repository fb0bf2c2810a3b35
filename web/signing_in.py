"""Signing in: practitioners by a link of their portal, staff by a local account."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from storage.accounts import check_password, load_accounts
from storage.audit import Act, note
from storage.links import LinkError, LinkTrouble, Visitor, make_link, open_link
from storage.sessions import StaffRole, begin_session, end_session, find_session
from storage.settings import Settings
from storage.shapes import LinkView
from web.access import Who
from web.cookies import drop_session, session_secret, set_session
from web.problems import ProblemError
from web.rights import Party
from web.service import Service, service_of
from web.words import Text

router = APIRouter(tags=["signing in"])

TOLD = {
    LinkTrouble.UNKNOWN: "This link does not lead anywhere.",
    LinkTrouble.EXPIRED: "This link has expired.",
    LinkTrouble.USED: "This link was used before. Each link can be used once.",
}
KEPT = "Nothing that you wrote is lost. Go back to your account and open the record from there."


@dataclass(frozen=True, slots=True)
class SessionView:
    """Who is signed in.

    Attributes:
        form_token: To be sent with every change, in the header X-Form-Token.
    """

    party: Party
    form_token: str
    entry: str | None = None


class LinkUse(BaseModel):
    """What the address of a link ends with."""

    model_config = ConfigDict(extra="forbid")

    token: Annotated[Text, Field(max_length=200)]


class SignIn(BaseModel):
    """A local account's name and password."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[Text, Field(max_length=200)]
    password: Annotated[Text, Field(max_length=200)]


class Brake:
    """Slows down guessing: after five wrong passwords a name waits a minute."""

    def __init__(self, most: int = 5, seconds: float = 60.0) -> None:
        self._most, self._seconds = most, seconds
        self._wrong: dict[str, list[float]] = {}
        self._lock = threading.Lock()

    def is_on(self, name: str) -> bool:
        """Tell whether a name must wait."""
        with self._lock:
            return len(self._recent(name)) >= self._most

    def note_wrong(self, name: str) -> None:
        """Count a wrong password."""
        with self._lock:
            self._wrong[name] = [*self._recent(name), time.monotonic()]

    def _recent(self, name: str) -> list[float]:
        since = time.monotonic() - self._seconds
        self._wrong = {
            n: [t for t in times if t > since] for n, times in self._wrong.items() if times[-1] > since
        }
        return self._wrong.get(name, [])


brake = Brake()


@router.post("/v1/entries/{entry}/links", status_code=HTTPStatus.CREATED)
def new_link(request: Request, caller: Who, entry: str) -> LinkView:
    """Make a link by which the practitioner opens their entry here: short-lived, for one use."""
    service = service_of(request)
    lifetime = timedelta(minutes=service.settings.link_minutes)
    link = make_link(service.store, caller.portal, entry, lifetime)
    return LinkView(f"{service.settings.base_url}/enter/{link.token}", link.expires_at)


@router.post("/v1/session/link")
def sign_in_by_link(request: Request, response: Response, use: LinkUse) -> SessionView:
    """Exchange a link for a session."""
    service = service_of(request)
    try:
        visitor, secret = let_in(service, use.token)
    except LinkError as error:
        told = f"{TOLD[error.trouble]} {KEPT}"
        raise ProblemError(
            HTTPStatus.GONE, error.trouble, told, way_back=service.settings.portal_url
        ) from error
    set_session(response, service.settings, secret)
    return SessionView(Party.PRACTITIONER, _form_token(service, secret), visitor.entry)


@router.post("/v1/session/staff")
def sign_in_staff(request: Request, response: Response, untrusted: SignIn) -> SessionView:
    """Sign a member of staff in by a local account."""
    service = service_of(request)
    role, secret = admit_staff(service, untrusted.name, untrusted.password)
    set_session(response, service.settings, secret)
    return SessionView(Party(role), _form_token(service, secret))


def admit_staff(service: Service, untrusted_name: str, untrusted_password: str) -> tuple[StaffRole, str]:
    """Begin a session for a local account; return its role, and the secret for the browser.

    Raises:
        ProblemError: If the name or the password is wrong, or there were too many tries.
    """
    if brake.is_on(untrusted_name):
        raise ProblemError(HTTPStatus.TOO_MANY_REQUESTS, "too_many_attempts", "Wait a minute and try again.")
    accounts = load_accounts(service.settings.staff_path)
    account = check_password(accounts, untrusted_name, untrusted_password)
    if account is None:
        brake.note_wrong(untrusted_name)
        raise ProblemError(HTTPStatus.UNAUTHORIZED, "wrong_password", "The name or the password is wrong.")
    note(service.store, Act(account.id, "staff.signed_in"))
    return account.role, begin_session(service.store, account.id, account.role)


@router.get("/v1/session")
def read_session(request: Request, caller: Who) -> SessionView:
    """Say who is signed in."""
    service = service_of(request)
    return SessionView(caller.party, _form_token(service, session_secret(request, service.settings)))


@router.delete("/v1/session", status_code=HTTPStatus.NO_CONTENT)
def sign_out(request: Request, response: Response, caller: Who) -> None:
    """Sign out."""
    del caller
    service = service_of(request)
    end_session(service.store, session_secret(request, service.settings))
    drop_session(response, service.settings)


def let_in(service: Service, token: str) -> tuple[Visitor, str]:
    """Use up a link and begin a session; return whom it lets in, and the secret for the browser.

    Raises:
        LinkError: If the link opens nothing.
    """
    visitor = open_link(service.store, token)
    note(service.store, Act(visitor.practitioner, "link.used", visitor.entry))
    return visitor, begin_session(service.store, visitor.practitioner, None)


def _form_token(service: Service, secret: str) -> str:
    person = find_session(service.store, secret, _idle(service.settings))
    return "" if person is None else person.form_token


def _idle(settings: Settings) -> timedelta:
    return timedelta(minutes=settings.session_minutes)
