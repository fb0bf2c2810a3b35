"""Staff sign-in by OpenID Connect: the authorisation code with PKCE, and roles from a claim."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
import jwt
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from storage.audit import Act, note
from storage.sealing import SealError, seal, unseal
from storage.service_keys import service_key
from storage.sessions import StaffRole, begin_session
from storage.settings import Settings, SettingsError
from storage.staff import staff_id
from storage.store import Store
from web.cookies import set_session
from web.problems import ProblemError
from web.service import service_of

router = APIRouter(prefix="/staff", tags=["signing in"])

COOKIE = "evidence-oidc"
MINUTES = 10
"""How long somebody may take at the identity provider."""

SKEW_SECONDS = 30
"""How far the identity provider's clock and ours may lie apart."""

LOCAL = ("localhost", "127.0.0.1", "::1")

ALGORITHMS = ("RS256", "PS256", "ES256")
_ORDER = (StaffRole.OPERATOR, StaffRole.AUDITOR, StaffRole.SENIOR_REVIEWER, StaffRole.REVIEWER)
"""Where somebody has several roles, the first of these counts: it is one hat at a time."""


@dataclass(frozen=True, slots=True)
class Provider:
    """What an identity provider says of itself."""

    issuer: str
    authorise: str
    token: str
    keys: str


@dataclass(frozen=True, slots=True)
class Journey:
    """What we must remember while somebody is at the identity provider."""

    state: str
    nonce: str
    verifier: str
    until: float


@router.get("/oidc")
def leave(request: Request) -> Response:
    """Send a member of staff to the identity provider."""
    service = service_of(request)
    provider = _provider(service.settings)
    until = time.time() + MINUTES * 60
    journey = Journey(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48), until)
    digest = hashlib.sha256(journey.verifier.encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": service.settings.oidc_client_id,
        "redirect_uri": _back(service.settings),
        "scope": "openid",
        "state": journey.state,
        "nonce": journey.nonce,
        "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    answer = RedirectResponse(f"{provider.authorise}?{urlencode(asked)}", HTTPStatus.SEE_OTHER)
    is_secure = service.settings.base_url.startswith("https:")
    sealed = _seal_journey(service.store, journey)
    answer.set_cookie(COOKIE, sealed, max_age=MINUTES * 60, httponly=True, secure=is_secure, samesite="lax")
    return answer


@router.get("/oidc/back")
def come_back(request: Request, code: str = "", state: str = "") -> Response:
    """Take what the identity provider says, check it, and sign the member of staff in."""
    service = service_of(request)
    journey = _open_journey(service.store, request.cookies.get(COOKIE, ""))
    if journey is None or not secrets.compare_digest(journey.state.encode(), state.encode()) or not code:
        raise _refused("Begin signing in again.")
    provider = _provider(service.settings)
    claims = _claims(service.settings, provider, code, journey)
    role = _role(_claim(claims, service.settings.oidc_role_claim), service.settings.oidc_roles)
    if role is None:
        raise ProblemError(HTTPStatus.FORBIDDEN, "no_role", "Your account has no role here.")
    subject = staff_id(service.store, provider.issuer, str(claims["sub"]))
    note(service.store, Act(subject, "staff.signed_in"))
    answer = RedirectResponse("/", HTTPStatus.SEE_OTHER)
    set_session(answer, service.settings, begin_session(service.store, subject, role))
    answer.delete_cookie(COOKIE)
    return answer


def _provider(settings: Settings) -> Provider:
    """Ask the identity provider where its doors are."""
    if not settings.oidc_issuer:
        raise ProblemError(HTTPStatus.NOT_FOUND, "not_found", "No identity provider is configured.")
    told = _ask("GET", f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration")
    if told.get("issuer") != settings.oidc_issuer:
        raise _refused("The identity provider names itself otherwise than configured.")
    _check_private(str(told.get("authorization_endpoint")))
    return Provider(
        issuer=settings.oidc_issuer,
        authorise=str(told["authorization_endpoint"]),
        token=str(told["token_endpoint"]),
        keys=str(told["jwks_uri"]),
    )


def _claims(settings: Settings, provider: Provider, code: str, journey: Journey) -> dict[str, Any]:
    """Exchange a code for what the identity provider signs, and check the signature and whom it is for."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": _back(settings),
        "client_id": settings.oidc_client_id,
        "client_secret": settings.oidc_client_secret,
        "code_verifier": journey.verifier,
    }
    token = str(_ask("POST", provider.token, data=form).get("id_token", ""))
    try:
        keys = jwt.PyJWKSet.from_dict(_ask("GET", provider.keys))
        key = keys[jwt.get_unverified_header(token)["kid"]]
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=list(ALGORITHMS),
            audience=settings.oidc_client_id,
            issuer=provider.issuer,
            leeway=SKEW_SECONDS,
            options={"require": ["exp", "iat", "sub", "aud", "iss", "nonce"]},
        )
    except (jwt.PyJWTError, KeyError) as error:
        raise _refused("What the identity provider says cannot be trusted.") from error
    if not secrets.compare_digest(str(claims["nonce"]).encode(), journey.nonce.encode()):
        raise _refused("What the identity provider says answers another question.")
    if claims.get("azp", settings.oidc_client_id) != settings.oidc_client_id:
        raise _refused("What the identity provider says was asked for by somebody else.")
    return claims


def _claim(claims: Mapping[str, Any], name: str) -> object:
    """Return a claim by its name, or by the way to it ("realm_access.roles")."""
    if name in claims:
        return claims[name]
    outer, _, inner = name.partition(".")
    within = claims.get(outer)
    return _claim(within, inner) if inner and isinstance(within, dict) else None


def _role(claim: object, given: str) -> StaffRole | None:
    """Return the role that a claim stands for; of several, the first that counts.

    Args:
        claim: One value or a list of them.
        given: What stands for which role, as the operator set it.
    """
    named = [claim] if isinstance(claim, str) else claim if isinstance(claim, list) else []
    stands_for = {value: role for value, role in roles_by_value(given).items() if value in named}
    return next((role for role in _ORDER if role in stands_for.values()), None)


def roles_by_value(given: str) -> dict[str, StaffRole]:
    """Read what of the identity provider stands for which role: "value=role" with commas between.

    Raises:
        SettingsError: If that cannot be read.
    """
    if not given:
        return {role.value: role for role in StaffRole}
    roles: dict[str, StaffRole] = {}
    for pair in given.split(","):
        value, _, role = (part.strip() for part in pair.rpartition("="))
        if not value or role not in set(StaffRole):
            raise SettingsError('EVIDENCE_OIDC_ROLES: "value=role" is needed, with commas between')
        if value in roles:
            raise SettingsError("EVIDENCE_OIDC_ROLES: a value can stand for one role only")
        roles[value] = StaffRole(role)
    return roles


def _check_private(url: str) -> None:
    """Refuse an address that others could listen at: plain HTTP is for trying things out on this machine."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOCAL):
        raise _refused("The identity provider is not reached by HTTPS.")


def _ask(method: str, url: str, data: dict[str, str] | None = None) -> dict[str, Any]:
    _check_private(url)
    try:
        answer = httpx.request(method, url, data=data, timeout=5, follow_redirects=False)
        answer.raise_for_status()
        told = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise _refused("The identity provider gives no answer that can be used.") from error
    return told if isinstance(told, dict) else {}


def _refused(told: str) -> ProblemError:
    return ProblemError(HTTPStatus.UNAUTHORIZED, "sign_in_failed", told)


def _back(settings: Settings) -> str:
    return f"{settings.base_url}/staff/oidc/back"


def _seal_journey(store: Store, journey: Journey) -> str:
    told = json.dumps([journey.state, journey.nonce, journey.verifier, journey.until]).encode()
    return base64.urlsafe_b64encode(seal(_journey_key(store), told, COOKIE)).decode()


def _open_journey(store: Store, untrusted: str) -> Journey | None:
    try:
        sealed = base64.urlsafe_b64decode(untrusted.encode())
        journey = Journey(*json.loads(unseal(_journey_key(store), sealed, COOKIE)))
    except (ValueError, SealError):
        return None
    return journey if journey.until > time.time() else None


def _journey_key(store: Store) -> bytes:
    with store.records.write() as session:
        return service_key(session, store.masters, "oidc")
