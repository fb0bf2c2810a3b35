"""Webhooks: where portals want to be told, and a log of every delivery."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.ids import new_id
from storage.refusals import RefusalCode, RequestRefusedError, not_found
from storage.schema_service import DeliveryRow, WebhookRow
from storage.sealing import Wrapped
from storage.settings import Settings
from storage.shapes import Delivery, Webhook
from storage.store import Store

SECRET_PREFIX = "whsec_"  # noqa: S105  (what Standard Webhooks writes before a secret, not one)

RETRIES = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
)
"""Waits between the attempts of one delivery, as Standard Webhooks suggests."""

LEASE = timedelta(minutes=1)
"""How long a delivery is left to the worker that tries it."""


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery that is to be tried now."""

    delivery: Delivery
    url: str
    secret: bytes


def add_webhook(store: Store, portal: str, url: str, settings: Settings) -> tuple[Webhook, str]:
    """Add a webhook. Its signing secret is returned this once.

    Raises:
        RequestRefusedError: If the operator does not allow the host, or it is not HTTPS.
    """
    check_address(url, settings)
    webhook, secret = new_id(), secrets.token_bytes(32)
    wrapped = store.masters.wrap(secret, f"webhook/{webhook}")
    with store.records.write() as session:
        row = WebhookRow(
            id=webhook,
            portal=portal,
            url=url,
            secret_master=wrapped.master,
            secret_sealed=wrapped.sealed,
            created_at=store.records.now(session),
        )
        session.add(row)
    return Webhook(row.id, row.url, row.created_at), SECRET_PREFIX + base64.b64encode(secret).decode()


def check_address(url: str, settings: Settings) -> None:
    """Refuse an address that the operator has not allowed.

    Plain HTTP is allowed to this machine only, for trying things out.
    """
    parts = urlsplit(url)
    allowed = {host.strip() for host in settings.webhook_hosts.split(",") if host.strip()}
    is_local = parts.hostname in ("localhost", "127.0.0.1")
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and is_local)
    if not is_safe or parts.hostname not in allowed or parts.username or parts.password:
        told = "Webhooks are sent to the hosts that the operator allows only, by HTTPS."
        raise RequestRefusedError(RefusalCode.ADDRESS_REFUSED, told)


def list_webhooks(store: Store, portal: str) -> list[Webhook]:
    """List a portal's webhooks."""
    query = select(WebhookRow).where(WebhookRow.portal == portal, WebhookRow.removed_at.is_(None))
    with store.records.read() as session:
        rows = session.scalars(query.order_by(WebhookRow.created_at))
        return [Webhook(row.id, row.url, row.created_at) for row in rows]


def remove_webhook(store: Store, portal: str, webhook: str) -> None:
    """Remove a webhook. What is on its way to it is not sent any more."""
    with store.records.write() as session:
        _own(session, portal, webhook).removed_at = store.records.now(session)


def list_deliveries(store: Store, portal: str, webhook: str, limit: int = 200) -> list[Delivery]:
    """List the deliveries of a webhook, the newest first."""
    query = select(DeliveryRow).where(DeliveryRow.webhook_id == webhook).order_by(DeliveryRow.id.desc())
    with store.records.read() as session:
        _own(session, portal, webhook)
        return [_delivery(row) for row in session.scalars(query.limit(limit))]


def deliver_again(store: Store, portal: str, webhook: str, delivery: int) -> None:
    """Try a delivery again now, whatever became of it."""
    with store.records.write() as session:
        _own(session, portal, webhook)
        row = session.get(DeliveryRow, delivery)
        if row is None or row.webhook_id != webhook:
            raise not_found()
        row.next_at = store.records.now(session)
        row.attempts = 0


def take_due(store: Store, limit: int) -> list[Due]:
    """Take deliveries that are due; nobody else takes them for a minute."""
    with store.records.write() as session:
        now = store.records.now(session)
        query = (
            select(DeliveryRow)
            .where(DeliveryRow.next_at <= now)
            .order_by(DeliveryRow.next_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        due = []
        for row in session.scalars(query):
            webhook = session.get_one(WebhookRow, row.webhook_id)
            if webhook.removed_at is not None:
                row.next_at = None
                continue
            row.attempts += 1
            row.next_at = now + LEASE
            wrapped = Wrapped(webhook.secret_master, webhook.secret_sealed)
            secret = store.masters.unwrap(wrapped, f"webhook/{webhook.id}")
            due.append(Due(_delivery(row), webhook.url, secret))
        return due


def note_answer(store: Store, delivery: int, status_code: int | None) -> None:
    """Note what a webhook answered: done, tried again later, or given up."""
    with store.records.write() as session:
        row = session.get_one(DeliveryRow, delivery)
        now = store.records.now(session)
        row.status_code = status_code
        if status_code is not None and 200 <= status_code < 300:
            row.delivered_at = now
            row.next_at = None
        else:
            is_over = row.attempts > len(RETRIES)
            row.next_at = None if is_over else now + RETRIES[row.attempts - 1]


def _own(session: Session, portal: str, webhook: str) -> WebhookRow:
    row = session.get(WebhookRow, webhook)
    if row is None or row.portal != portal or row.removed_at is not None:
        raise not_found()
    return row


def _delivery(row: DeliveryRow) -> Delivery:
    return Delivery(
        id=row.id,
        code=row.code,
        entry=row.entry_id,
        document=row.document_id,
        version=row.version,
        status=row.status,
        at=row.at,
        attempts=row.attempts,
        next_at=row.next_at,
        status_code=row.status_code,
        delivered_at=row.delivered_at,
    )
