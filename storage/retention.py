"""Retention: what has been kept long enough is destroyed, and what nobody refers to is removed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.entry import EntryStatus
from storage.audit import SYSTEM, Act
from storage.lifecycle import destroy
from storage.pieces import pieces_of
from storage.refusals import RefusalCode, RequestRefusedError
from storage.schema import DocumentRow, EntryRow
from storage.settings import Settings
from storage.shapes import Receipt
from storage.store import Store

AT_ONCE = 200
"""Entries that one run destroys: the next run goes on."""

STRAY_AFTER = timedelta(days=1)
"""How long an entry must have been at rest before an object that no row names counts as left over."""


def destroy_expired(store: Store, settings: Settings) -> list[Receipt]:
    """Destroy the entries whose time is over, each with a receipt."""
    with store.records.read() as session:
        now = store.records.now(session)
        found = list(_expired(session, settings, now))
    receipts = (_expire(store, settings, *one) for one in found)
    return [receipt for receipt in receipts if receipt is not None]


def remove_strays(store: Store) -> int:
    """Remove objects that no row names: a program that was killed between two steps leaves some."""
    removed = 0
    for entry, names in groupby(store.objects.names(""), key=lambda name: name.partition("/")[0]):
        for name in _strays(store, entry, names):
            store.objects.delete(name)
            removed += 1
    return removed


def _expire(store: Store, settings: Settings, portal: str, entry: str, seen: int) -> Receipt | None:
    """Destroy an entry, but leave it alone where somebody came back to it since it was listed."""
    act = Act(SYSTEM, "entry.expired", entry)
    try:
        return destroy(store, portal, entry, "retention", settings.backup_days, seen, act)
    except RequestRefusedError as error:
        if error.code not in (RefusalCode.STALE, RefusalCode.NOT_FOUND):
            raise
        return None


def _expired(session: Session, settings: Settings, now: datetime) -> Iterator[tuple[str, str, int]]:
    terms = (
        (EntryStatus.DRAFT, EntryRow.updated_at, settings.retain_draft_days),
        (EntryStatus.SUBMITTED, EntryRow.submitted_at, settings.retain_submitted_days),
        (EntryStatus.WITHDRAWN, EntryRow.updated_at, settings.retain_withdrawn_days),
    )
    due = [
        (EntryRow.status == status) & (column < now - timedelta(days=days))
        for status, column, days in terms
        if days
    ]
    if due:
        query = select(EntryRow.portal, EntryRow.id, EntryRow.revision).where(or_(*due)).limit(AT_ONCE)
        yield from map(tuple, session.execute(query))


def _strays(store: Store, entry: str, names: Iterable[str]) -> list[str]:
    """Find the objects of an entry that are left over.

    What is found is looked at again under the entry's lock: an object is kept before the row
    that names it is.
    """
    listed = list(names)
    with store.records.read() as session:
        found = _unnamed(store, session, session.get(EntryRow, entry), listed)
    if not found:
        return []
    with store.records.write() as session:
        return _unnamed(store, session, session.get(EntryRow, entry, with_for_update=True), found)


def _unnamed(store: Store, session: Session, row: EntryRow | None, names: Sequence[str]) -> list[str]:
    """Return those of an entry's objects that no row names; none while somebody is at work on it."""
    if row is None:
        return list(names)
    if row.updated_at > store.records.now(session) - STRAY_AFTER:
        return []
    documents = list(session.scalars(select(DocumentRow).where(DocumentRow.entry_id == row.id)))
    pieces = pieces_of(session, [d.id for d in documents])
    if any(d.lease_id is not None for d in documents) or any(p.lease_id is not None for p in pieces):
        return []
    named = {piece.made for piece in pieces}
    named |= {name for d in documents for name in (d.original, d.extraction, d.results, d.line_results)}
    return [name for name in names if name not in named]
