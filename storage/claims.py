"""Claims: one worker at a time has a document, and only for as long as it gives signs of life.

The row is the truth; a message is only a hint. A claim raises the count of attempts before
the work, so that a document that kills its worker is tried three times and no more.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from models.entry import DocumentStatus, follow
from storage.events import tell_document
from storage.jobs import Job, Stage, stage_of
from storage.schema import DocumentRow, EntryRow
from storage.schema_pieces import PieceRow
from storage.store import Store

_CHECKING = frozenset({DocumentStatus.CHECKING})
STANDS_AT = {
    Stage.READ: frozenset({DocumentStatus.RECEIVED, DocumentStatus.READING}),
    Stage.CHECK: _CHECKING,
    Stage.CHECK_LONG: _CHECKING,
    Stage.CHECK_ANSWERS: _CHECKING,
}
"""The status of a document that waits for a stage or is at it."""


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms work is given out."""

    lease_seconds: float
    attempts: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A worker's right to one stage of one version of a document, or to one piece of it.

    Attributes:
        lease: Random id; whoever saves must still hold it.
    """

    job: Job
    entry: str
    lease: str


def claim(store: Store, job: Job, terms: Terms) -> Claim | None:
    """Claim a document for a stage, or return None where there is nothing to do.

    There is nothing to do for an older version, a stage that is done, a document that
    another worker has, or one whose entry has another document being checked (it is sent
    again when that one is done, see `next_in_entry`).
    """
    with store.records.write() as session:
        now = store.records.now(session)
        row = locked(session, job)
        if row is None or row.status not in STANDS_AT[job.stage] or is_leased(row, now, terms):
            return None
        if _waits_for_pages(row):
            return None
        if row.status is DocumentStatus.CHECKING and _has_busy_neighbour(session, row, now, terms):
            return None
        if row.attempts >= terms.attempts:
            _fail(session, row, now)
            return None
        row.attempts += 1
        row.lease_id = secrets.token_hex(16)
        row.lease_until = now + timedelta(seconds=terms.lease_seconds)
        if row.status is DocumentStatus.RECEIVED:
            row.status = follow(row.status, DocumentStatus.READING)
            row.extraction = None
            tell_document(session, row, "document.reading", now)
        return Claim(job, row.entry_id, row.lease_id)


def renew(store: Store, held: Claim, terms: Terms) -> bool:
    """Give a sign of life. False says that the claim is lost and the work is for nothing."""
    with store.records.write() as session:
        row = held_row(session, held)
        if row is not None:
            row.lease_until = store.records.now(session) + timedelta(seconds=terms.lease_seconds)
        return row is not None


def give_back(store: Store, held: Claim) -> None:
    """Give a document back untried: what it needs is away. That is not counted against it."""
    with store.records.write() as session:
        row = held_row(session, held)
        if row is not None:
            row.lease_id = row.lease_until = None
            row.attempts -= 1
            row.queued_at = store.records.now(session)
            if row.status is DocumentStatus.READING:
                row.status = follow(row.status, DocumentStatus.RECEIVED)


def held_row(session: Session, held: Claim) -> DocumentRow | None:
    """Return the document of a claim that is still held, locked, else None."""
    row = locked(session, held.job)
    return row if row is not None and row.lease_id == held.lease else None


def sweep(store: Store, terms: Terms, patience: timedelta, empty: frozenset[Stage]) -> list[Job]:
    """Find lost work: what a dead worker held, and what waits although its queue is empty.

    Args:
        store: Where the records are.
        terms: The terms on which work was given out.
        patience: How long a message may be under way before it counts as lost.
        empty: The stages whose queues hold no message now.

    Returns:
        The jobs to send again. What was tried too often is failed instead.
    """
    with store.records.write() as session:
        now = store.records.now(session)
        jobs = [_release(session, row, now, terms) for row in _expired(session, now, terms)]
        found = [job for job in jobs if job is not None]
        for row in _waiting(session, now - patience, empty):
            stage = stage_of(row.role, row.status, row.characters)
            if stage in empty:
                row.queued_at = now
                found.append(Job(stage, row.id, row.version))
        return found


def next_in_entry(session: Session, entry: str, but: str, now: datetime) -> Job | None:
    """Return the first check of an entry that had to wait for the one that is done now."""
    query = (
        select(DocumentRow)
        .where(
            DocumentRow.entry_id == entry,
            DocumentRow.id != but,
            DocumentRow.status == DocumentStatus.CHECKING,
            DocumentRow.lease_id.is_(None),
        )
        .order_by(DocumentRow.position, DocumentRow.id)
    )
    row = session.scalars(query.limit(1)).first()
    if row is None:
        return None
    row.queued_at = now
    return Job(stage_of(row.role, row.status, row.characters), row.id, row.version)


def locked(session: Session, job: Job) -> DocumentRow | None:
    """Lock the entry, then the document of a job, if it still has this version: the order that all keep."""
    entry = session.scalars(select(DocumentRow.entry_id).where(DocumentRow.id == job.document)).one_or_none()
    if entry is None or session.get(EntryRow, entry, with_for_update=True) is None:
        return None
    row = session.get(DocumentRow, job.document)
    return row if row is not None and row.version == job.version else None


def is_leased(row: DocumentRow | PieceRow, now: datetime, terms: Terms) -> bool:
    """Tell whether a lease runs. One that would run too long was written by a clock that was wrong."""
    if row.lease_until is None:
        return False
    return now < row.lease_until <= now + 2 * timedelta(seconds=terms.lease_seconds)


def lease_runs(table: type[DocumentRow | PieceRow], now: datetime, terms: Terms) -> ColumnElement[bool]:
    """Say in SQL what `is_leased` tells."""
    longest = now + 2 * timedelta(seconds=terms.lease_seconds)
    return (table.lease_until > now) & (table.lease_until <= longest)


def _waits_for_pages(row: DocumentRow) -> bool:
    """Tell whether a document was read but for its pictures, whose pages are out with workers."""
    return row.status is DocumentStatus.READING and row.extraction is not None


def _has_busy_neighbour(session: Session, row: DocumentRow, now: datetime, terms: Terms) -> bool:
    """Tell whether another document of the entry is being checked: they share one memory."""
    query = select(DocumentRow.id).where(
        DocumentRow.entry_id == row.entry_id,
        DocumentRow.id != row.id,
        DocumentRow.status == DocumentStatus.CHECKING,
        lease_runs(DocumentRow, now, terms),
    )
    return session.scalars(query.limit(1)).first() is not None


def _expired(session: Session, now: datetime, terms: Terms) -> list[DocumentRow]:
    query = select(DocumentRow).where(DocumentRow.lease_id.is_not(None), ~lease_runs(DocumentRow, now, terms))
    return list(session.scalars(query.with_for_update(skip_locked=True)))


def _waiting(session: Session, before: datetime, empty: frozenset[Stage]) -> list[DocumentRow]:
    query = select(DocumentRow).where(
        DocumentRow.lease_id.is_(None),
        DocumentRow.status.in_({status for stage in empty for status in STANDS_AT.get(stage, ())}),
        or_(DocumentRow.status != DocumentStatus.READING, DocumentRow.extraction.is_(None)),
        or_(DocumentRow.queued_at.is_(None), DocumentRow.queued_at < before),
    )
    return list(session.scalars(query.with_for_update(skip_locked=True)))


def _release(session: Session, row: DocumentRow, now: datetime, terms: Terms) -> Job | None:
    """Take a document from a worker that gave no sign of life."""
    row.lease_id = row.lease_until = None
    if row.attempts >= terms.attempts:
        _fail(session, row, now)
        return None
    if row.status is DocumentStatus.READING:
        row.status = follow(row.status, DocumentStatus.RECEIVED)
    row.queued_at = now
    tell_document(session, row, "document.retried", now)
    return Job(stage_of(row.role, row.status, row.characters), row.id, row.version)


def _fail(session: Session, row: DocumentRow, now: datetime) -> None:
    row.status = follow(row.status, DocumentStatus.FAILED)
    row.finished_at = now
    tell_document(session, row, "document.failed", now)
