"""Bodies: what is not an upload is read whole before it is looked at, if it is small and quick."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from storage.settings import Settings

_UPLOAD = re.compile(r"/v1/entries/[^/]+/documents(/[^/]+)?|/entries/[^/]+/(files|documents/[^/]+/replace)")
"""Where files are sent to: their readers bound them as they arrive."""

Refuse = Callable[[Request, int, str, str], Response]
"""Writes the answer to a request that is refused: its status, code and sentence."""


class BodyLimit:
    """Refuses a body that is too large or too slow, before anything else sees it."""

    def __init__(self, app: ASGIApp, settings: Settings, refuse: Refuse) -> None:
        self._app = app
        self._settings = settings
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through, or answer it."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD") or _is_upload(scope):
            await self._app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._settings.body_seconds):
                body = await _read(receive, self._settings.body_bytes)
        except TimeoutError:
            told = "The request took too long to arrive."
            answer = self._refuse(Request(scope), HTTPStatus.REQUEST_TIMEOUT, "too_slow", told)
            await answer(scope, receive, send)
            return
        if body is None:
            most = (
                f"A request may hold {self._settings.body_bytes // 1024} KB. What was saved before is kept."
            )
            answer = self._refuse(Request(scope), HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", most)
            await answer(scope, receive, send)
            return
        await self._app(scope, _replay(body, receive), send)


def _is_upload(scope: Scope) -> bool:
    return scope["method"] in ("POST", "PUT") and _UPLOAD.fullmatch(scope["path"]) is not None


async def _read(receive: Receive, most: int) -> bytes | None:
    """Read a body whole; None where it is larger than it may be."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > most:
            return None
        if message["type"] != "http.request" or not message.get("more_body", False):
            return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    """Give a body again, once; after it comes whatever comes."""
    told = False

    async def again() -> Message:
        """Give the body that was read, then what comes after it."""
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
