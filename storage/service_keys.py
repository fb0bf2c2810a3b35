"""Keys of the service itself: made on first use, kept wrapped by a master key."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.records import add_if_absent
from storage.schema import ServiceKeyRow
from storage.sealing import MasterKeys, Wrapped, new_key


def service_key(session: Session, masters: MasterKeys, name: str) -> bytes:
    """Return the key of a name, within a transaction that writes."""
    row = session.get(ServiceKeyRow, name)
    if row is None:
        wrapped = masters.wrap(new_key(), _place(name))
        row = ServiceKeyRow(name=name, master=wrapped.master, sealed=wrapped.sealed)
        if not add_if_absent(session, row):
            row = session.scalars(select(ServiceKeyRow).where(ServiceKeyRow.name == name)).one()
    return masters.unwrap(Wrapped(row.master, row.sealed), _place(name))


def known_service_key(session: Session, masters: MasterKeys, name: str) -> bytes | None:
    """Return the key of a name, or None where nothing was ever done with it."""
    row = session.get(ServiceKeyRow, name)
    return None if row is None else masters.unwrap(Wrapped(row.master, row.sealed), _place(name))


def _place(name: str) -> str:
    return f"service/{name}"
