"""The tables beside entries: tokens, repeated requests, webhooks, receipts, audit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema import Base


class TokenRow(Base):
    """A portal's token: only its hash, and what it may do."""

    __tablename__ = "tokens"

    id: Mapped[str] = mapped_column(primary_key=True)
    portal: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)
    scopes: Mapped[list[str]]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class IdempotencyRow(Base):
    """A request that was made under a key of its caller, so that it is not done twice.

    Attributes:
        key_hash: Keyed hash of the portal and its key.
        request_hash: Keyed hash of what was asked.
        made: Id of what the request made.
    """

    __tablename__ = "idempotency"

    key_hash: Mapped[str] = mapped_column(primary_key=True)
    request_hash: Mapped[str]
    made: Mapped[str]
    created_at: Mapped[datetime]


class WebhookRow(Base):
    """Where a portal wants to be told of events. Its secret is wrapped like a key."""

    __tablename__ = "webhooks"

    id: Mapped[str] = mapped_column(primary_key=True)
    portal: Mapped[str] = mapped_column(index=True)
    url: Mapped[str] = mapped_column(String(2000))
    secret_master: Mapped[str]
    secret_sealed: Mapped[bytes]
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class DeliveryRow(Base):
    """One event on its way to one webhook, and what became of it.

    Attributes:
        next_at: When it is tried next; None when it is over.
        status_code: What the portal answered last, or None where it did not.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        Index("deliveries_due", "next_at"),
        Index("deliveries_of_webhook", "webhook_id", "id"),
        {"sqlite_autoincrement": True},  # a portal drops a message whose number it had before
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    webhook_id: Mapped[str] = mapped_column(ForeignKey("webhooks.id"))
    code: Mapped[str]
    entry_id: Mapped[str]
    document_id: Mapped[str | None]
    version: Mapped[int | None]
    status: Mapped[str | None]
    at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None]
    status_code: Mapped[int | None]
    delivered_at: Mapped[datetime | None]


class ReceiptRow(Base):
    """That an entry was deleted: ids, counts and times, nothing of what it held.

    Attributes:
        is_last: Whether it was the practitioner's last entry.
        backups_until: When the last backup that may still hold the wrapped key has expired.
    """

    __tablename__ = "receipts"

    id: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(unique=True)
    portal: Mapped[str]
    cause: Mapped[str]
    documents: Mapped[int]
    objects: Mapped[int]
    is_last: Mapped[bool] = mapped_column(default=False)
    deleted_at: Mapped[datetime]
    backups_until: Mapped[datetime]


class AuditRow(Base):
    """One access or act: codes and ids, chained to the one before by a keyed MAC.

    Attributes:
        actor: Random id of who did it, or "system" or "operator".
        mac: Over this row and the MAC of the one before.
    """

    __tablename__ = "audit"
    __table_args__ = (Index("audit_of_entry", "entry_id"),)

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    at: Mapped[str]
    actor: Mapped[str]
    action: Mapped[str]
    entry_id: Mapped[str | None]
    document_id: Mapped[str | None]
    mac: Mapped[str]


class AuditHeadRow(Base):
    """The end of the chain. Whoever adds to it locks it first, so that it never forks."""

    __tablename__ = "audit_head"

    name: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(BigInteger)
    mac: Mapped[str]


class LinkRow(Base):
    """A link that a portal had made for a practitioner. It opens one session, once.

    Attributes:
        id: Random; the link carries it, signed.
    """

    __tablename__ = "links"

    id: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SessionRow(Base):
    """Somebody who is signed in: a practitioner or a member of staff.

    Attributes:
        hash: Of the secret that the browser holds.
        subject: Random id of who it is.
        role: A staff role, or None for a practitioner.
        seen_at: When it was last used: it ends when it has not been for a time.
    """

    __tablename__ = "sessions"

    hash: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str]
    role: Mapped[str | None]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class StaffRow(Base):
    """A member of staff: a random id, found again by a keyed hash of what the identity provider says."""

    __tablename__ = "staff"

    id: Mapped[str] = mapped_column(primary_key=True)
    subject_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
