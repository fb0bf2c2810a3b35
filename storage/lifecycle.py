"""The life of an entry after its draft: withdrawn, reopened, deleted, as its owner allows."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.entry import EntryStatus
from pipeline.gate import gate
from storage.audit import Act, audit
from storage.entries import check_seen, get_entry
from storage.events import tell_entry
from storage.forgetting import forget_practitioner, has_entries
from storage.ids import new_id
from storage.pieces import forget_pieces
from storage.refusals import RefusalCode, RequestRefusedError
from storage.review_standing import forget
from storage.schema import DecisionRow, DocumentRow, EntryRow, EventRow, FindingRow, PractitionerRow
from storage.schema_parts import PartDecisionRow
from storage.schema_service import LinkRow, ReceiptRow
from storage.settings import Settings
from storage.shapes import Receipt
from storage.store import Store
from storage.submission import set_status
from storage.views import gate_entry


def withdraw(store: Store, portal: str, entry: str, seen: int, settings: Settings) -> None:
    """Withdraw a submitted entry: assessors see it no more."""
    with store.records.write() as session:
        row = get_entry(session, portal, entry, to_write=True)
        check_seen(row, seen)
        _check_allowed(is_allowed=settings.withdraw_after_submission)
        _move(session, row, EntryStatus.WITHDRAWN, "entry.withdrawn", store.records.now(session))


def reopen(store: Store, portal: str, entry: str, seen: int, settings: Settings) -> None:
    """Make a submitted or withdrawn entry a draft again. It counts again when it is submitted again.

    Where the gate needs something of the practitioner, they may always reopen it.
    """
    with store.records.write() as session:
        row = get_entry(session, portal, entry, to_write=True)
        check_seen(row, seen)
        is_stuck = not gate(gate_entry(session, store, row)).may_submit
        _check_allowed(is_allowed=settings.edit_after_submission or is_stuck)
        _move(session, row, EntryStatus.DRAFT, "entry.reopened", store.records.now(session))


def delete_entry(store: Store, portal: str, entry: str, seen: int, settings: Settings) -> Receipt:
    """Delete an entry on request.

    Raises:
        RequestRefusedError: If its owner does not allow that, or it was edited since it was read.
    """
    with store.records.read() as session:
        row = get_entry(session, portal, entry)
    if row.status is not EntryStatus.DRAFT and not settings.delete_after_submission:
        raise RequestRefusedError(
            RefusalCode.NOT_ALLOWED, "A submitted entry is kept for its retention time."
        )
    return destroy(store, portal, entry, "request", settings.backup_days, seen)


def destroy(
    store: Store,
    portal: str,
    entry: str,
    cause: str,
    backup_days: int,
    seen: int | None = None,
    act: Act | None = None,
) -> Receipt:
    """Destroy an entry: its key first, so that nothing sealed can be opened whatever comes after.

    Args:
        store: Where it is.
        portal: Whose it is.
        entry: Its id.
        cause: Why, by a code.
        backup_days: How long backups are kept.
        seen: The revision that whoever decided this saw; None where any will do.
        act: What the audit says of it; None where that was noted before.

    Raises:
        RequestRefusedError: If it is not there, or was edited since it was seen.
    """
    objects = list(store.objects.names(f"{entry}/"))
    with store.records.write() as session:
        now = store.records.now(session)
        row = get_entry(session, portal, entry, to_write=True)
        check_seen(row, seen)
        documents = list(session.scalars(select(DocumentRow.id).where(DocumentRow.entry_id == entry)))
        practitioner = row.practitioner_id
        session.get(PractitionerRow, practitioner, with_for_update=True)  # of two at once one is the last
        _delete_rows(session, row, documents)
        receipt = ReceiptRow(
            id=new_id(),
            entry_id=entry,
            portal=portal,
            cause=cause,
            documents=len(documents),
            objects=len(objects),
            is_last=not has_entries(session, practitioner),
            deleted_at=now,
            backups_until=now + timedelta(days=backup_days),
        )
        session.add(receipt)
        tell_entry(session, row, "entry.deleted", now)
        forget_practitioner(session, practitioner)
        if act is not None:
            audit(session, store, act)
        session.flush()
        told = _receipt(receipt)
    for name in store.objects.names(f"{entry}/"):
        store.objects.delete(name)
    return told


def list_receipts(store: Store, portal: str) -> list[Receipt]:
    """List a portal's deletion receipts, the newest first."""
    query = select(ReceiptRow).where(ReceiptRow.portal == portal).order_by(ReceiptRow.deleted_at.desc())
    with store.records.read() as session:
        return [_receipt(row) for row in session.scalars(query)]


def _check_allowed(*, is_allowed: bool) -> None:
    if not is_allowed:
        raise RequestRefusedError(RefusalCode.NOT_ALLOWED, "The portal's owner does not allow this.")


def _move(session: Session, row: EntryRow, status: EntryStatus, code: str, now: datetime) -> None:
    set_status(row, status)
    row.revision += 1
    row.updated_at = now
    tell_entry(session, row, code, now)


def _delete_rows(session: Session, row: EntryRow, documents: list[str]) -> None:
    row.key_sealed = b""
    session.flush()
    session.execute(delete(FindingRow).where(FindingRow.document_id.in_(documents)))
    session.execute(delete(DecisionRow).where(DecisionRow.entry_id == row.id))
    session.execute(delete(PartDecisionRow).where(PartDecisionRow.entry_id == row.id))
    for document in documents:
        forget(session, document)
    forget_pieces(session, documents)
    session.execute(delete(DocumentRow).where(DocumentRow.entry_id == row.id))
    session.execute(delete(EventRow).where(EventRow.entry_id == row.id))
    session.execute(delete(LinkRow).where(LinkRow.entry_id == row.id))
    session.delete(row)
    session.flush()


def _receipt(row: ReceiptRow) -> Receipt:
    return Receipt(
        id=row.id,
        entry=row.entry_id,
        cause=row.cause,
        documents=row.documents,
        objects=row.objects,
        is_last=row.is_last,
        deleted_at=row.deleted_at,
        backups_until=row.backups_until,
    )
