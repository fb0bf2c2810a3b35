"""Who works on a document at the desk: assigned for as long as needed, locked for a short time."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from storage.audit import Act, audit
from storage.refusals import RefusalCode, RequestRefusedError, not_found
from storage.schema import DocumentRow
from storage.schema_review import ReviewRow
from storage.store import Store

LASTS = timedelta(minutes=20)
"""How long a lock lasts after the last step. Then anyone may go on."""


class LockedError(RequestRefusedError):
    """Another reviewer has the document.

    Attributes:
        holder: Random id of who has it.
        until: When the lock ends by itself.
    """

    def __init__(self, holder: str, until: datetime) -> None:
        super().__init__(RefusalCode.LOCKED, "Another reviewer is working on this document.")
        self.holder = holder
        self.until = until


def lock(session: Session, document: str, reviewer: str, now: datetime) -> ReviewRow:
    """Give a document to a reviewer who takes a step on it, or put the end of their lock off.

    Raises:
        LockedError: If another reviewer has it.
    """
    row = get_review(session, document)
    if row.locked_by not in (None, reviewer) and row.locked_until is not None and row.locked_until > now:
        raise LockedError(row.locked_by, row.locked_until)
    row.locked_by, row.locked_until = reviewer, now + LASTS
    return row


def take_over(store: Store, entry: str, document: str, reviewer: str) -> None:
    """Take a document from the reviewer who has it. Nothing that they decided is lost."""
    with store.records.write() as session:
        now = store.records.now(session)
        row = _of_entry(session, entry, document)
        if row.locked_by not in (None, reviewer):
            audit(session, store, Act(reviewer, "review.taken_over", entry, document))
        row.locked_by, row.locked_until = reviewer, now + LASTS


def let_go(store: Store, entry: str, document: str, reviewer: str) -> None:
    """Give a document back, so that others need not wait for the lock to end."""
    with store.records.write() as session:
        row = _of_entry(session, entry, document)
        if row.locked_by == reviewer:
            row.locked_by = row.locked_until = None


def assign(store: Store, entry: str, document: str, by: str, to: str | None) -> None:
    """Say whose a document is to review; nobody's where `to` is None."""
    with store.records.write() as session:
        row = _of_entry(session, entry, document)
        row.assigned_to = to
        audit(session, store, Act(by, "review.assigned" if to else "review.unassigned", entry, document))


def get_review(session: Session, document: str) -> ReviewRow:
    """Return where a document stands at the desk.

    Raises:
        RequestRefusedError: If there is no such document.
    """
    row = session.get(ReviewRow, document, with_for_update=True)
    if row is None:
        raise not_found()
    return row


def _of_entry(session: Session, entry: str, document: str) -> ReviewRow:
    found = session.get(DocumentRow, document)
    if found is None or found.entry_id != entry:
        raise not_found()
    return get_review(session, document)
