"""Webhooks at the portal's end: whether a message is from the service, and new (Standard Webhooks)."""

from __future__ import annotations

import base64
import hmac
import json
import time
from collections.abc import Mapping

from models.serialize import Json

TOLERANCE_SECONDS = 300.0
"""By how much the clocks of service and portal may differ. What is older may be a replay."""


class NotFromServiceError(Exception):
    """A message is not from the service, was changed on its way, or is too old."""


def read_webhook(
    secret: str, headers: Mapping[str, str], body: bytes, now: float | None = None
) -> dict[str, Json]:
    """Check a message and return what it tells: `type`, `timestamp` and `data`.

    The same message may come more than once: its `webhook-id` is the same each time.

    Args:
        secret: As it was shown when the webhook was added ("whsec_...").
        headers: Of the request, in lower or mixed case.
        body: Of the request, byte for byte as it came.
        now: Seconds since 1970; the clock's, where not given.

    Raises:
        NotFromServiceError: If it must not be believed.
    """
    told = {name.lower(): value for name, value in headers.items()}
    message, at = told.get("webhook-id", ""), told.get("webhook-timestamp", "")
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message}.{at}.".encode() + body
    expected = base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
    signatures = [s.removeprefix("v1,") for s in told.get("webhook-signature", "").split()]
    if not any(hmac.compare_digest(s.encode(), expected.encode()) for s in signatures):
        raise NotFromServiceError("the signature does not fit")
    if abs((time.time() if now is None else now) - int(at)) > TOLERANCE_SECONDS:
        raise NotFromServiceError("the message is too old, or a clock is wrong")
    said: dict[str, Json] = json.loads(body)
    return said
