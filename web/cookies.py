"""Cookies: the secret of a session, where scripts and other sites cannot reach it."""

from __future__ import annotations

from fastapi import Request, Response

from storage.settings import Settings


def _name(settings: Settings) -> str:
    """Return the cookie's name. With TLS the browser itself ties it to this host."""
    return "__Host-evidence" if _is_secure(settings) else "evidence"


def _is_secure(settings: Settings) -> bool:
    return settings.base_url.startswith("https:")


def session_secret(request: Request, settings: Settings) -> str:
    """Return the secret of the request's session, or an empty string."""
    return request.cookies.get(_name(settings), "")


def set_session(response: Response, settings: Settings, secret: str) -> None:
    """Give the browser the secret of a session. It ends with the browser at the latest."""
    response.set_cookie(
        _name(settings), secret, httponly=True, samesite="lax", secure=_is_secure(settings), path="/"
    )


def drop_session(response: Response, settings: Settings) -> None:
    """Take the secret of a session from the browser."""
    response.delete_cookie(_name(settings), path="/", secure=_is_secure(settings), httponly=True)
