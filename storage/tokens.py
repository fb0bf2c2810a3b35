"""Portal tokens: shown once, stored as a hash, each with what it may do."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select

from storage.ids import new_id
from storage.refusals import not_found
from storage.schema_service import TokenRow
from storage.store import Store

PREFIX = "evt_"
"""What every token begins with, so that one that leaks is recognised."""


class Scope(StrEnum):
    """What a portal's token may do."""

    ENTRIES_READ = "entries:read"
    ENTRIES_WRITE = "entries:write"
    RESULTS_READ = "results:read"
    DECISIONS_WRITE = "decisions:write"
    ENTRIES_SUBMIT = "entries:submit"
    ENTRIES_DELETE = "entries:delete"
    LINKS_WRITE = "links:write"
    WEBHOOKS_WRITE = "webhooks:write"


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it may be listed: never its secret."""

    id: str
    portal: str
    scopes: frozenset[Scope]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


def issue_token(
    store: Store, portal: str, scopes: frozenset[Scope], lifetime: timedelta | None = None
) -> tuple[Token, str]:
    """Issue a token for a portal. Its secret is returned this once and kept nowhere."""
    secret = PREFIX + secrets.token_urlsafe(32)
    with store.records.write() as session:
        now = store.records.now(session)
        row = TokenRow(
            id=new_id(),
            portal=portal,
            hash=_hash(secret),
            scopes=sorted(scopes),
            created_at=now,
            expires_at=None if lifetime is None else now + lifetime,
        )
        session.add(row)
        session.flush()
        return _token(row), secret


def find_token(store: Store, untrusted_secret: str) -> Token | None:
    """Return the token of a secret, or None where it is unknown, expired or revoked.

    The secret carries 256 random bits, so that its plain SHA-256 cannot be guessed back.
    """
    with store.records.read() as session:
        query = select(TokenRow).where(TokenRow.hash == _hash(untrusted_secret))
        row = session.scalars(query).one_or_none()
        now = store.records.now(session)
    if row is None or row.revoked_at is not None:
        return None
    return None if row.expires_at is not None and row.expires_at <= now else _token(row)


def list_tokens(store: Store) -> list[Token]:
    """List all tokens that were ever issued."""
    with store.records.read() as session:
        return [_token(row) for row in session.scalars(select(TokenRow).order_by(TokenRow.created_at))]


def revoke_token(store: Store, token: str) -> None:
    """Revoke a token from now on.

    Raises:
        RequestRefusedError: If there is none of this id.
    """
    with store.records.write() as session:
        row = session.get(TokenRow, token)
        if row is None:
            raise not_found()
        row.revoked_at = row.revoked_at or store.records.now(session)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _token(row: TokenRow) -> Token:
    scopes = frozenset(Scope(s) for s in row.scopes)
    return Token(row.id, row.portal, scopes, row.created_at, row.expires_at, row.revoked_at)
