"""Forgetting: what is kept beside entries goes when its term is over, or with the last of what it was for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, CompoundSelect, delete, or_, select, union
from sqlalchemy.orm import Session

from storage.audit import SYSTEM, Act, audit, cut
from storage.examples import EXAMPLE_PORTAL
from storage.schema import Base, DecisionRow, EntryRow, EventRow, PractitionerRow
from storage.schema_review import ListWordRow, ReviewRow, SampledRow, SampleRow
from storage.schema_service import (
    AuditRow,
    DeliveryRow,
    LinkRow,
    ReceiptRow,
    SessionRow,
    StaffRow,
    WebhookRow,
)
from storage.settings import Settings
from storage.store import Store

Rows = tuple[type[Base], ColumnElement[bool]]
"""Rows of a table, by what is so of them."""

AT_ONCE = 500
"""Practitioners that one run looks at: the next run goes on."""


def forget_what_is_over(store: Store, settings: Settings) -> None:
    """Delete what has been kept beside entries for as long as the settings say."""
    with store.records.write() as session:
        now = store.records.now(session)
        for table, is_over in _over(settings, now):
            session.execute(delete(table).where(is_over))
    if settings.retain_audit_days:
        cut(store, now - timedelta(days=settings.retain_audit_days))
    _forget_practitioners(store)


def has_entries(session: Session, practitioner: str) -> bool:
    """Tell whether any entry of a practitioner is left."""
    query = select(EntryRow.id).where(EntryRow.practitioner_id == practitioner).limit(1)
    return session.scalars(query).first() is not None


def forget_practitioner(session: Session, practitioner: str) -> bool:
    """Delete what finds a practitioner again, once no entry of theirs is left and they are signed out.

    The row is held first: nobody adds an entry to somebody who is being forgotten.
    """
    row = session.get(PractitionerRow, practitioner, with_for_update=True)
    signed_in = select(SessionRow.hash).where(SessionRow.subject == practitioner).limit(1)
    if row is None or has_entries(session, practitioner) or session.scalars(signed_in).first() is not None:
        return False
    session.delete(row)
    session.flush()
    return True


def _forget_practitioners(store: Store) -> None:
    """Forget those who were still signed in when their last entry was deleted."""
    left = ~select(EntryRow.id).where(EntryRow.practitioner_id == PractitionerRow.id).exists()
    signed_in = select(SessionRow.hash).where(SessionRow.subject == PractitionerRow.id).exists()
    query = select(PractitionerRow.id).where(left, ~signed_in).limit(AT_ONCE)
    with store.records.read() as session:
        found = list(session.scalars(query))
    for practitioner in found:
        with store.records.write() as session:
            if forget_practitioner(session, practitioner):
                audit(session, store, Act(SYSTEM, "practitioner.forgotten"))


def _over(settings: Settings, now: datetime) -> Iterator[Rows]:
    """Say what is over, in an order in which nothing names what is gone."""
    if settings.retain_log_days:
        yield from _logs(now - timedelta(days=settings.retain_log_days))
    if settings.retain_receipt_days:
        before = now - timedelta(days=settings.retain_receipt_days)
        is_said = ReceiptRow.is_last & (ReceiptRow.portal == EXAMPLE_PORTAL)  # examples stay deleted
        yield ReceiptRow, (ReceiptRow.deleted_at < before) & (ReceiptRow.backups_until < now) & ~is_said
    if settings.retain_audit_days:
        yield from _of_staff(now - timedelta(days=settings.retain_audit_days))


def _logs(before: datetime) -> Iterator[Rows]:
    yield DeliveryRow, DeliveryRow.next_at.is_(None) & (DeliveryRow.at < before)
    has_deliveries = select(DeliveryRow.id).where(DeliveryRow.webhook_id == WebhookRow.id).exists()
    yield WebhookRow, (WebhookRow.removed_at < before) & ~has_deliveries
    yield LinkRow, LinkRow.expires_at < before
    has_entry = select(EntryRow.id).where(EntryRow.id == EventRow.entry_id).exists()
    yield EventRow, (EventRow.at < before) & ~has_entry
    yield ListWordRow, or_(ListWordRow.expires_at < before, ListWordRow.removed_at < before)


def _of_staff(before: datetime) -> Iterator[Rows]:
    yield SampledRow, SampledRow.sample_id.in_(select(SampleRow.id).where(SampleRow.made_at < before))
    yield SampleRow, SampleRow.made_at < before
    is_noted = select(AuditRow.id).where(AuditRow.actor == StaffRow.id, AuditRow.at >= before.isoformat())
    is_signed_in = select(SessionRow.hash).where(SessionRow.subject == StaffRow.id)
    is_unused = StaffRow.id.not_in(_named_at_the_desk())
    yield StaffRow, (StaffRow.created_at < before) & ~is_noted.exists() & ~is_signed_in.exists() & is_unused


def _named_at_the_desk() -> CompoundSelect[str]:
    """Select whom steps and documents name.

    Come back under another id, they could be their own second person.
    """
    return union(
        select(DecisionRow.actor),
        select(ReviewRow.assigned_to).where(ReviewRow.assigned_to.is_not(None)),
        select(ReviewRow.locked_by).where(ReviewRow.locked_by.is_not(None)),
    )
