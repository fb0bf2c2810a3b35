"""Rotation: every wrapped key is wrapped anew with the master key in use."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.audit import OPERATOR, Act, audit
from storage.schema import EntryRow, ServiceKeyRow
from storage.schema_service import WebhookRow
from storage.sealing import MasterKeys, Wrapped
from storage.store import Store

AT_ONCE = 100
"""Rows of a kind that one transaction wraps anew: others must not wait long."""


def rotate(store: Store) -> int:
    """Wrap every key anew that an older master key wraps, and return how many there were.

    What people wrote is not touched: it is sealed with the keys that are wrapped. It may be
    stopped and run again at any time, and runs beside everything else.
    """
    done = 0
    while True:
        with store.records.write() as session:
            wrapped = sum(kind(session, store.masters) for kind in (_entries, _services, _webhooks))
            done += wrapped
            if not wrapped:
                audit(session, store, Act(OPERATOR, "keys.rotated"))
                return done


def wrapped_by(store: Store) -> Counter[str]:
    """Count the wrapped keys by the id of their master key."""
    columns = (EntryRow.key_master, ServiceKeyRow.master, WebhookRow.secret_master)
    with store.records.read() as session:
        return Counter(master for column in columns for master in session.scalars(select(column)))


def _again(masters: MasterKeys, wrapped: Wrapped, place: str) -> Wrapped:
    return masters.wrap(masters.unwrap(wrapped, place), place)


def _entries(session: Session, masters: MasterKeys) -> int:
    query = select(EntryRow).where(EntryRow.key_master != masters.in_use).limit(AT_ONCE).with_for_update()
    rows = list(session.scalars(query))
    for row in rows:
        new = _again(masters, Wrapped(row.key_master, row.key_sealed), row.id)
        row.key_master, row.key_sealed = new.master, new.sealed
    return len(rows)


def _services(session: Session, masters: MasterKeys) -> int:
    query = select(ServiceKeyRow).where(ServiceKeyRow.master != masters.in_use).with_for_update()
    rows = list(session.scalars(query))
    for row in rows:
        new = _again(masters, Wrapped(row.master, row.sealed), f"service/{row.name}")
        row.master, row.sealed = new.master, new.sealed
    return len(rows)


def _webhooks(session: Session, masters: MasterKeys) -> int:
    query = select(WebhookRow).where(WebhookRow.secret_master != masters.in_use).limit(AT_ONCE)
    rows = list(session.scalars(query.with_for_update()))
    for row in rows:
        wrapped = Wrapped(row.secret_master, row.secret_sealed)
        new = _again(masters, wrapped, f"webhook/{row.id}")
        row.secret_master, row.secret_sealed = new.master, new.sealed
    return len(rows)
