"""Post: send what is due to webhooks, signed, and note what they answered."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import httpx

from storage.refusals import RequestRefusedError
from storage.settings import Settings
from storage.shapes import Delivery
from storage.store import Store
from storage.webhooks import Due, check_address, note_answer, take_due

AT_ONCE = 8
"""Deliveries that are tried at the same time."""


def post_due(store: Store, settings: Settings) -> int:
    """Try the deliveries that are due, and return how many were tried.

    A redirect is not followed and an answer's body is not read: nothing that a portal says
    can lead us elsewhere or fill our memory.
    """
    due = take_due(store, AT_ONCE)
    if due:
        with (
            httpx.Client(timeout=settings.webhook_seconds, follow_redirects=False, trust_env=False) as client,
            ThreadPoolExecutor(AT_ONCE) as pool,
        ):
            codes = list(pool.map(lambda item: _post(client, item, store, settings), due))
        for item, code in zip(due, codes, strict=True):
            note_answer(store, item.delivery.id, code)
    return len(due)


def _post(client: httpx.Client, due: Due, store: Store, settings: Settings) -> int | None:
    try:
        check_address(due.url, settings)
    except RequestRefusedError:  # the operator has taken the host off the list since
        return None
    with store.records.read() as session:
        now = store.records.now(session)
    body = body_of(due.delivery)
    headers = {"Content-Type": "application/json", **sign(due.secret, f"msg_{due.delivery.id}", now, body)}
    try:
        with client.stream("POST", due.url, content=body, headers=headers) as answer:
            return answer.status_code
    except httpx.HTTPError:
        return None


def body_of(delivery: Delivery) -> bytes:
    """Write what a webhook is told: codes and ids. Who may know more asks for it."""
    told = {
        "type": delivery.code,
        "timestamp": delivery.at.isoformat(),
        "data": {
            "entry": delivery.entry,
            "document": delivery.document,
            "version": delivery.version,
            "status": delivery.status,
        },
    }
    return json.dumps(told, separators=(",", ":")).encode()


def sign(secret: bytes, message: str, at: datetime, body: bytes) -> Mapping[str, str]:
    """Sign a message as Standard Webhooks says: HMAC-SHA256 over id, time and body."""
    seconds = str(int(at.timestamp()))
    signed = f"{message}.{seconds}.".encode() + body
    signature = base64.b64encode(hmac.digest(secret, signed, "sha256")).decode()
    return {"webhook-id": message, "webhook-timestamp": seconds, "webhook-signature": f"v1,{signature}"}
