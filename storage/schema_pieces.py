"""The table of pieces: what of a document is done beside its line, by any worker, each with a lease."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.jobs import Stage
from storage.schema import Base, coded


class PieceState(StrEnum):
    """How far a piece is.

    `not_made` is the document's fault (the page cannot be read, no safe copy can be made);
    `failed` is ours, after all attempts.
    """

    WAITING = "waiting"
    DONE = "done"
    NOT_MADE = "not_made"
    FAILED = "failed"


class PieceRow(Base):
    """One page of a scan to be read, or the redacted copy of a document to be made.

    Attributes:
        stage: `scan` or `copy`.
        page: Page number counted from 1; 0 for a copy.
        version: Of the document.
        attempts: How often the work was begun.
        lease_id: Random id of the claim of the worker that has it, or None.
        queued_at: When a message was last sent for it.
        made_of: For a copy: name of the results that it follows. Other results need another.
        made: Name of the sealed object, or None where nothing came of it.
        ending: How the name of a copy ends (".docx"), else empty.
        characters: Characters that were read.
    """

    __tablename__ = "pieces"
    __table_args__ = (Index("pieces_on_the_line", "state", "lease_until"),)

    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    stage: Mapped[Stage] = mapped_column(coded(Stage), primary_key=True)
    page: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]
    state: Mapped[PieceState] = mapped_column(coded(PieceState))
    attempts: Mapped[int] = mapped_column(default=0)
    lease_id: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    queued_at: Mapped[datetime | None]
    made_of: Mapped[str | None] = mapped_column(String(200))
    made: Mapped[str | None] = mapped_column(String(200))
    ending: Mapped[str] = mapped_column(String(8), default="")
    characters: Mapped[int] = mapped_column(default=0)
