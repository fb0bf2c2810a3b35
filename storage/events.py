"""Events: what happened to an entry, by codes and ids, in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.schema import DocumentRow, EntryRow, EventRow
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Event:
    """One event, as the portal sees it.

    Attributes:
        id: Grows with time; a reader asks for what came after the last it saw.
    """

    id: int
    at: datetime
    code: str
    entry: str
    document: str | None
    version: int | None
    status: str | None


def tell_entry(session: Session, row: EntryRow, code: str, at: datetime) -> None:
    """Note that something happened to an entry."""
    session.add(EventRow(at=at, code=code, entry_id=row.id, status=row.status.value))


def tell_document(session: Session, row: DocumentRow, code: str, at: datetime) -> None:
    """Note that something happened to a document."""
    session.add(
        EventRow(
            at=at,
            code=code,
            entry_id=row.entry_id,
            document_id=row.id,
            version=row.version,
            status=row.status.value,
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


def _event(row: EventRow) -> Event:
    return Event(row.id, row.at, row.code, row.entry_id, row.document_id, row.version, row.status)
