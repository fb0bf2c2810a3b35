"""Idempotency: a request repeated under its caller's key makes nothing a second time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from storage.records import add_if_absent
from storage.refusals import RefusalCode, RequestRefusedError
from storage.schema_service import IdempotencyRow
from storage.sealing import fingerprint
from storage.service_keys import service_key
from storage.store import Store

KEPT = timedelta(days=2)
"""How long a key is remembered."""


@dataclass(frozen=True, slots=True)
class Once:
    """A request under a key.

    Attributes:
        key: As the caller chose it.
        asked: What is asked, whole: the same key with something else is refused.
    """

    portal: str
    key: str
    asked: str


def made_before(session: Session, store: Store, once: Once | None) -> str | None:
    """Return the id of what the same request made before, if it did.

    Raises:
        RequestRefusedError: If the key was used for something else.
    """
    if once is None:
        return None
    row = session.get(IdempotencyRow, _key_hash(session, store, once))
    if row is None:
        return None
    if row.request_hash != _request_hash(session, store, once):
        raise RequestRefusedError(RefusalCode.KEY_REUSED, "This Idempotency-Key was used for something else.")
    return row.made


def note_made(session: Session, store: Store, once: Once | None, made: str, now: datetime) -> None:
    """Note what a request makes, in the transaction that makes it.

    Raises:
        RequestRefusedError: If another request uses the key at the same moment.
    """
    if once is None:
        return
    row = IdempotencyRow(
        key_hash=_key_hash(session, store, once),
        request_hash=_request_hash(session, store, once),
        made=made,
        created_at=now,
    )
    if not add_if_absent(session, row):
        raise RequestRefusedError(RefusalCode.KEY_REUSED, "This Idempotency-Key is being used just now.")


def forget_old_keys(store: Store) -> None:
    """Forget keys that are old."""
    with store.records.write() as session:
        before = store.records.now(session) - KEPT
        session.execute(delete(IdempotencyRow).where(IdempotencyRow.created_at < before))


def _key_hash(session: Session, store: Store, once: Once) -> str:
    key = service_key(session, store.masters, "idempotency")
    return fingerprint(key, f"key\n{once.portal}\n{once.key}")


def _request_hash(session: Session, store: Store, once: Once) -> str:
    key = service_key(session, store.masters, "idempotency")
    return fingerprint(key, f"request\n{once.asked}")
