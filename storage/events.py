"""Events: what happened to an entry, by codes and ids, in order."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.review_standing import forget, renew
from storage.schema import DocumentRow, EntryRow, EventRow
from storage.schema_service import DeliveryRow, WebhookRow
from storage.shapes import Event
from storage.store import Store

TOLD_BY_WEBHOOK = frozenset(
    {
        "document.ready",
        "document.refused",
        "document.failed",
        "document.removed",
        "document.copy_made",
        "document.copy_not_made",
        "entry.submitted",
        "entry.withdrawn",
        "entry.reopened",
        "entry.deleted",
        "decision.taken",
    }
)
"""The events that portals are told of. The others can be read."""


MOVES = frozenset({"document.received", "document.reading", "document.checking", "document.retried"})
"""The events by which a document only goes on along the line."""


def tell_entry(session: Session, row: EntryRow, code: str, at: datetime) -> None:
    """Note that something happened to an entry."""
    _tell(session, EventRow(at=at, code=code, entry_id=row.id, status=row.status.value), row.portal)


def tell_document(session: Session, row: DocumentRow, code: str, at: datetime) -> None:
    """Note that something happened to a document, and where it stands in staff's queue since."""
    told = EventRow(
        at=at,
        code=code,
        entry_id=row.entry_id,
        document_id=row.id,
        version=row.version,
        status=row.status.value,
    )
    _tell(session, told, None)
    if code == "document.removed":
        forget(session, row.id)
    else:
        renew(session, row, at, has_only_moved=code in MOVES)


def _tell(session: Session, told: EventRow, portal: str | None) -> None:
    """Add an event, and in the same transaction what webhooks are to be sent of it."""
    session.add(told)
    if told.code not in TOLD_BY_WEBHOOK:
        return
    if portal is None:
        portal = session.get_one(EntryRow, told.entry_id).portal
    query = select(WebhookRow.id).where(WebhookRow.portal == portal, WebhookRow.removed_at.is_(None))
    for webhook in session.scalars(query):
        session.add(
            DeliveryRow(
                webhook_id=webhook,
                code=told.code,
                entry_id=told.entry_id,
                document_id=told.document_id,
                version=told.version,
                status=told.status,
                at=told.at,
                next_at=told.at,
            )
        )


def events_after(store: Store, entry: str, last: int, limit: int = 500) -> list[Event]:
    """List an entry's events after the last that was seen."""
    query = (
        select(EventRow)
        .where(EventRow.entry_id == entry, EventRow.id > last)
        .order_by(EventRow.id)
        .limit(limit)
    )
    with store.records.read() as session:
        return [_event(row) for row in session.scalars(query)]


def last_event(store: Store, entry: str) -> int:
    """Return the id of an entry's last event, or 0: what is read after it is at least as new."""
    query = select(func.max(EventRow.id)).where(EventRow.entry_id == entry)
    with store.records.read() as session:
        return session.scalars(query).one() or 0


def _event(row: EventRow) -> Event:
    return Event(row.id, row.at, row.code, row.entry_id, row.document_id, row.version, row.status)
