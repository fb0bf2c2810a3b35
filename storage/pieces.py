"""Pieces: the pages of a scan and the redacted copy, claimed, saved and swept as documents are.

A document whose pictures are still to be read stays at `reading`, its text so far kept. Each of
its pages is a piece that any worker may have; in the transaction that ends the last one the
document goes on to its check. So there is no moment at which a worker that dies loses more
than the page it had.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from models.entry import DocumentStatus, follow
from models.scan import ScannedPage
from storage.claims import Claim, Terms, is_leased, lease_runs, locked
from storage.events import tell_document
from storage.jobs import Job, Stage, stage_of
from storage.schema import DocumentRow
from storage.schema_pieces import PieceRow, PieceState
from storage.store import Store
from storage.vault import Vault

PIECES = frozenset({Stage.SCAN, Stage.COPY})
"""The stages whose jobs are pieces."""

_COPY_EVENTS = {
    PieceState.DONE: "document.copy_made",
    PieceState.NOT_MADE: "document.copy_not_made",
    PieceState.FAILED: "document.copy_not_made",
}


def put_pages(session: Session, row: DocumentRow, pages: Iterable[int], now: datetime) -> list[Job]:
    """Put the unread pages of a document out to be read, and return their jobs."""
    session.execute(delete(PieceRow).where(PieceRow.document_id == row.id))
    new = [_piece(row, Stage.SCAN, page, now) for page in pages]
    session.add_all(new)
    return [_job(piece) for piece in new]


def put_copy(session: Session, row: DocumentRow, now: datetime, *, is_needed: bool = True) -> list[Job]:
    """Put the redacted copy of a document out to be made after its newest results.

    Args:
        session: A session that writes.
        row: The document, locked.
        now: The time.
        is_needed: Whether there is anything to hide. Else it counts as done, and there is none.
    """
    piece = session.get(PieceRow, (row.id, Stage.COPY, 0))
    if piece is None:
        piece = _piece(row, Stage.COPY, 0, now)
        session.add(piece)
    piece.version, piece.made_of, piece.queued_at = row.version, row.results, now
    piece.state = PieceState.WAITING if is_needed else PieceState.DONE
    piece.attempts = 0
    piece.lease_id = piece.lease_until = piece.made = None
    return [_job(piece)] if is_needed else []


def forget_pieces(session: Session, documents: Sequence[str]) -> None:
    """Forget every piece of some documents."""
    session.execute(delete(PieceRow).where(PieceRow.document_id.in_(documents)))


def claim_piece(store: Store, job: Job, terms: Terms) -> Claim | None:
    """Claim a piece, or return None where there is nothing to do: see `storage.claims.claim`."""
    with store.records.write() as session:
        now = store.records.now(session)
        row = locked(session, job)
        piece = None if row is None else session.get(PieceRow, (job.document, job.stage, job.page))
        if row is None or piece is None or not _is_due(row, piece) or is_leased(piece, now, terms):
            return None
        if piece.attempts >= terms.attempts:
            _end(session, row, piece, PieceState.FAILED, now)
            return None
        piece.attempts += 1
        piece.lease_id = secrets.token_hex(16)
        piece.lease_until = now + timedelta(seconds=terms.lease_seconds)
        return Claim(job, row.entry_id, piece.lease_id)


def renew_piece(store: Store, held: Claim, terms: Terms) -> bool:
    """Give a sign of life. False says that the claim is lost and the work is for nothing."""
    with store.records.write() as session:
        piece = _held(session, held)
        if piece is not None:
            piece.lease_until = store.records.now(session) + timedelta(seconds=terms.lease_seconds)
        return piece is not None


def give_back_piece(store: Store, held: Claim) -> None:
    """Give a piece back untried: what it needs is away. That is not counted against it."""
    with store.records.write() as session:
        piece = _held(session, held)
        if piece is not None:
            piece.lease_id = piece.lease_until = None
            piece.attempts -= 1
            piece.queued_at = store.records.now(session)


def save_piece(
    store: Store, held: Claim, made: str | None, ending: str = "", characters: int = 0
) -> list[Job]:
    """Save what came of a piece, if its claim still holds, and return the jobs that come next.

    Args:
        store: Where it is kept.
        held: The claim.
        made: Name of the sealed object; None where nothing can be made of this piece.
        ending: How the name of a copy ends.
        characters: Characters that were read.
    """
    with store.records.write() as session:
        piece = _held(session, held)
        row = None if piece is None else session.get(DocumentRow, held.job.document)
        if piece is not None and row is not None:
            piece.made, piece.ending, piece.characters = made, ending, characters
            state = PieceState.NOT_MADE if made is None else PieceState.DONE
            return _end(session, row, piece, state, store.records.now(session))
    if made is not None:
        store.objects.delete(made)
    return []


def sweep_pieces(store: Store, terms: Terms, patience: timedelta, empty: frozenset[Stage]) -> list[Job]:
    """Find lost pieces, as `storage.claims.sweep` finds lost documents.

    Each is looked at again under its entry's lock: of two pages that end at the same time, one
    must see that it is the last.
    """
    with store.records.read() as session:
        now = store.records.now(session)
        lost = [_job(piece) for piece in _lost(session, now, terms, now - patience, empty)]
    found: list[Job] = []
    for job in lost:
        with store.records.write() as session:
            found += _send_again(session, job, store.records.now(session), terms)
    return found


def scans_of(session: Session, store: Store, vault: Vault, row: DocumentRow) -> list[ScannedPage]:
    """Return what was read in the pictures of a document's pages."""
    names = session.scalars(
        select(PieceRow.made)
        .where(PieceRow.document_id == row.id, PieceRow.stage == Stage.SCAN, PieceRow.made.is_not(None))
        .order_by(PieceRow.page)
    )
    return [vault.get(store.objects, name, ScannedPage) for name in names if name is not None]


def pieces_of(session: Session, documents: Sequence[str]) -> list[PieceRow]:
    """Return every piece of some documents."""
    return list(session.scalars(select(PieceRow).where(PieceRow.document_id.in_(documents))))


def _piece(row: DocumentRow, stage: Stage, page: int, now: datetime) -> PieceRow:
    return PieceRow(
        document_id=row.id,
        stage=stage,
        page=page,
        version=row.version,
        state=PieceState.WAITING,
        attempts=0,
        queued_at=now,
        ending="",
        characters=0,
    )


def _job(piece: PieceRow) -> Job:
    return Job(piece.stage, piece.document_id, piece.version, piece.page)


def _is_due(row: DocumentRow, piece: PieceRow) -> bool:
    """Tell whether a piece is still to be done: a copy only for the results that are the newest."""
    if piece.state is not PieceState.WAITING or piece.version != row.version:
        return False
    if piece.stage is Stage.SCAN:
        return row.status is DocumentStatus.READING
    return row.status is DocumentStatus.READY and piece.made_of == row.results


def _held(session: Session, held: Claim) -> PieceRow | None:
    if locked(session, held.job) is None:
        return None
    piece = session.get(PieceRow, (held.job.document, held.job.stage, held.job.page))
    return piece if piece is not None and piece.lease_id == held.lease else None


def _end(session: Session, row: DocumentRow, piece: PieceRow, state: PieceState, now: datetime) -> list[Job]:
    """End a piece; with the last page of a scan, send the document on to its check."""
    piece.state = state
    piece.lease_id = piece.lease_until = None
    session.flush()
    if piece.stage is Stage.COPY:
        tell_document(session, row, _COPY_EVENTS[state], now)
        return []
    return _go_on(session, row, now)


def _go_on(session: Session, row: DocumentRow, now: datetime) -> list[Job]:
    of_scan = (PieceRow.document_id == row.id, PieceRow.stage == Stage.SCAN)
    is_out = select(PieceRow.page).where(*of_scan, PieceRow.state == PieceState.WAITING).limit(1)
    if row.status is not DocumentStatus.READING or session.scalars(is_out).first() is not None:
        return []
    read = session.scalar(select(func.sum(PieceRow.characters)).where(*of_scan))
    row.status = follow(row.status, DocumentStatus.CHECKING)
    row.characters += int(read or 0)
    row.queued_at = now
    tell_document(session, row, "document.checking", now)
    return [Job(stage_of(row.role, row.status, row.characters), row.id, row.version)]


def _lost(
    session: Session, now: datetime, terms: Terms, before: datetime, empty: frozenset[Stage]
) -> Iterable[PieceRow]:
    is_expired = PieceRow.lease_id.is_not(None) & ~lease_runs(PieceRow, now, terms)
    is_forgotten = (
        PieceRow.lease_id.is_(None)
        & PieceRow.stage.in_(empty & PIECES)
        & or_(PieceRow.queued_at.is_(None), PieceRow.queued_at < before)
    )
    is_due = or_(
        (PieceRow.stage == Stage.SCAN) & (DocumentRow.status == DocumentStatus.READING),
        (DocumentRow.status == DocumentStatus.READY) & (PieceRow.made_of == DocumentRow.results),
    )
    query = (
        select(PieceRow)
        .join(DocumentRow, DocumentRow.id == PieceRow.document_id)
        .where(PieceRow.state == PieceState.WAITING, is_due, or_(is_expired, is_forgotten))
    )
    return session.scalars(query)


def _send_again(session: Session, job: Job, now: datetime, terms: Terms) -> list[Job]:
    """Send a piece out again, or end it where it was tried too often."""
    row = locked(session, job)
    piece = session.get(PieceRow, (job.document, job.stage, job.page))
    if row is None or piece is None or not _is_due(row, piece) or is_leased(piece, now, terms):
        return []
    piece.lease_id = piece.lease_until = None
    if piece.attempts >= terms.attempts:
        return _end(session, row, piece, PieceState.FAILED, now)
    piece.queued_at = now
    return [job]
