"""Links for practitioners: signed, short-lived, and good for one session."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.entries import get_entry
from storage.ids import new_id
from storage.schema import EntryRow
from storage.schema_service import LinkRow
from storage.sealing import fingerprint
from storage.service_keys import known_service_key, service_key
from storage.store import Store


class LinkTrouble(StrEnum):
    """Why a link opens nothing."""

    UNKNOWN = "link_unknown"
    EXPIRED = "link_expired"
    USED = "link_used"


class LinkError(Exception):
    """A link opens nothing. What was written is kept: a new link leads back to it."""

    def __init__(self, trouble: LinkTrouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Link:
    """A link that was made.

    Attributes:
        token: What the address ends with. It is shown this once.
    """

    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whom a link lets in, and where it leads."""

    practitioner: str
    entry: str


def make_link(store: Store, portal: str, entry: str, lifetime: timedelta) -> Link:
    """Make a link to an entry for the practitioner whose it is."""
    with store.records.write() as session:
        now = store.records.now(session)
        get_entry(session, portal, entry)
        row = LinkRow(id=new_id(), entry_id=entry, created_at=now, expires_at=now + lifetime)
        session.add(row)
        key = service_key(session, store.masters, "links")
        return Link(f"{row.id}.{fingerprint(key, row.id)}", row.expires_at)


def open_link(store: Store, untrusted_token: str) -> Visitor:
    """Use up a link.

    Raises:
        LinkError: If it was never made, its time is over, or it was used before.
    """
    with store.records.write() as session:
        row = _signed(session, store, untrusted_token)
        now = store.records.now(session)
        if row.used_at is not None:
            raise LinkError(LinkTrouble.USED)
        if row.expires_at <= now:
            raise LinkError(LinkTrouble.EXPIRED)
        row.used_at = now
        entry = session.get(EntryRow, row.entry_id)
        if entry is None:
            raise LinkError(LinkTrouble.UNKNOWN)
        return Visitor(entry.practitioner_id, entry.id)


def _signed(session: Session, store: Store, untrusted_token: str) -> LinkRow:
    name, _, signature = untrusted_token.partition(".")
    key = known_service_key(session, store.masters, "links")
    if key is None or not hmac.compare_digest(signature.encode(), fingerprint(key, name).encode()):
        raise LinkError(LinkTrouble.UNKNOWN)
    row = session.scalars(select(LinkRow).where(LinkRow.id == name).with_for_update()).one_or_none()
    if row is None:
        raise LinkError(LinkTrouble.UNKNOWN)
    return row
