"""Staff known by an identity provider: a random id each, so that decisions and audit name nobody."""

from __future__ import annotations

from sqlalchemy import select

from storage.ids import new_id
from storage.records import add_if_absent
from storage.schema_service import StaffRow
from storage.sealing import fingerprint
from storage.service_keys import service_key
from storage.store import Store


def staff_id(store: Store, issuer: str, subject: str) -> str:
    """Return the id of a member of staff; a new one on their first sign-in."""
    with store.records.write() as session:
        key = service_key(session, store.masters, "staff")
        hashed = fingerprint(key, f"{issuer}\n{subject}")
        query = select(StaffRow.id).where(StaffRow.subject_hash == hashed)
        found = session.scalars(query).one_or_none()
        if found is not None:
            return found
        new = StaffRow(id=new_id(), subject_hash=hashed, created_at=store.records.now(session))
        return new.id if add_if_absent(session, new) else session.scalars(query).one()
