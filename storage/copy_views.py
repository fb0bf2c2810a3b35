"""Where the redacted copies of documents stand, as the portal reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.entry import DocumentRole, DocumentStatus
from storage.jobs import Stage
from storage.refusals import RefusalCode
from storage.schema import DocumentRow
from storage.schema_pieces import PieceRow, PieceState
from storage.shapes import CopyState, CopyView

NOT_MADE = "No copy could be made from which everything is gone. A person must hide the words by hand."
NOTHING_TO_HIDE = "Nothing was found to hide, so there is no redacted copy."


def copies_of(session: Session, documents: Sequence[DocumentRow]) -> Mapping[str, PieceRow]:
    """Return the copies, made or to be made, of some documents, asked for at once."""
    ids = [row.id for row in documents]
    query = select(PieceRow).where(PieceRow.document_id.in_(ids), PieceRow.stage == Stage.COPY)
    return {piece.document_id: piece for piece in session.scalars(query)}


def view_copy(row: DocumentRow, piece: PieceRow | None, now: datetime) -> CopyView | None:
    """Say where the copy of a document's newest results stands; None for the form's own text."""
    if row.role is DocumentRole.ANSWERS:
        return None
    if row.status is not DocumentStatus.READY or row.results is None:
        return CopyView(CopyState.NOT_CHECKED)
    if piece is None or piece.made_of != row.results:
        return CopyView(CopyState.NOT_ASKED_FOR)
    return _asked_for(piece, now)


def _asked_for(piece: PieceRow, now: datetime) -> CopyView:
    if piece.state is PieceState.WAITING:
        is_at_work = piece.lease_until is not None and now < piece.lease_until
        return CopyView(CopyState.BEING_MADE if is_at_work else CopyState.WANTED)
    if piece.made is not None:
        return CopyView(CopyState.READY, ending=piece.ending)
    if piece.state is PieceState.DONE:
        return CopyView(CopyState.NOTHING_TO_HIDE, RefusalCode.NOTHING_TO_HIDE, NOTHING_TO_HIDE)
    return CopyView(CopyState.REFUSED, RefusalCode.NO_COPY, NOT_MADE)
