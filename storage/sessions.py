"""Sessions: who is signed in, by a secret that only the browser holds."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import delete, or_

from storage.schema_service import SessionRow
from storage.store import Store

LONGEST = timedelta(hours=12)
"""How long a session lasts however busy it is."""

SEEN_EVERY = timedelta(minutes=1)
"""How exactly the last use is noted: not every request needs to write."""


class StaffRole(StrEnum):
    """What a member of staff may do."""

    REVIEWER = "reviewer"
    SENIOR_REVIEWER = "senior_reviewer"
    AUDITOR = "auditor"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody who is signed in.

    Attributes:
        subject: Random id of who it is.
        role: A staff role, or None for a practitioner.
        form_token: What every form of the session must carry, so that no other site can
            send one in its name.
    """

    subject: str
    role: StaffRole | None
    form_token: str


def begin_session(store: Store, subject: str, role: StaffRole | None) -> str:
    """Sign somebody in and return the secret for the browser. Only its hash is kept."""
    secret = secrets.token_urlsafe(32)
    with store.records.write() as session:
        now = store.records.now(session)
        row = SessionRow(hash=_hash(secret), subject=subject, role=role, created_at=now, seen_at=now)
        session.add(row)
    return secret


def find_session(store: Store, untrusted_secret: str, idle: timedelta) -> SignedIn | None:
    """Return who holds a secret, or None where the session has ended or never was.

    Args:
        store: Where sessions are kept.
        untrusted_secret: What the browser sent.
        idle: How long a session may go unused.
    """
    with store.records.read() as session:
        row = session.get(SessionRow, _hash(untrusted_secret))
        now = store.records.now(session)
    if row is None or now - row.seen_at > idle or now - row.created_at > LONGEST:
        return None
    if now - row.seen_at > SEEN_EVERY:
        with store.records.write() as session:
            seen = session.get(SessionRow, row.hash)
            if seen is not None:
                seen.seen_at = now
    role = None if row.role is None else StaffRole(row.role)
    return SignedIn(row.subject, role, _form_token(untrusted_secret))


def end_session(store: Store, untrusted_secret: str) -> None:
    """Sign somebody out."""
    with store.records.write() as session:
        session.execute(delete(SessionRow).where(SessionRow.hash == _hash(untrusted_secret)))


def end_sessions_of(store: Store, subject: str) -> None:
    """Sign somebody out everywhere."""
    with store.records.write() as session:
        session.execute(delete(SessionRow).where(SessionRow.subject == subject))


def forget_old_sessions(store: Store, idle: timedelta) -> None:
    """Forget sessions that have ended: they are too old, or went unused for too long."""
    with store.records.write() as session:
        now = store.records.now(session)
        is_over = or_(SessionRow.created_at < now - LONGEST, SessionRow.seen_at < now - idle)
        session.execute(delete(SessionRow).where(is_over))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _form_token(secret: str) -> str:
    return hmac.digest(secret.encode(), b"form", "sha256").hex()
