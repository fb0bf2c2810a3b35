"""The queue: the documents that wait for staff, the gravest and oldest first, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from models.entry import DocumentRole, DocumentStatus
from models.errors import ReasonCode
from models.results import Outcome
from storage.schema import DocumentRow
from storage.schema_review import ReviewRow
from storage.store import Store

PAGE = 50
"""Documents on one page of the queue."""


class Which(StrEnum):
    """Which documents to list."""

    WAITING = "waiting"
    RELEASE = "release"
    ASKED = "asked"
    UNREAD = "unread"
    FAILED = "failed"
    REFUSED = "refused"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Sought:
    """What to list.

    Attributes:
        outcome: Only documents whose check came to this; `reason`, refused for this reason.
        days: Only what was received at least so many days ago.
        assigned_to: Only what is assigned to this reviewer.
        page: Counted from 1.
    """

    which: Which = Which.WAITING
    outcome: Outcome | None = None
    reason: ReasonCode | None = None
    days: int = 0
    assigned_to: str | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document in the queue. Ids, codes and counts only.

    Attributes:
        asked: Places at which somebody waits for a reviewer's word.
        direct: Places not settled that identify someone on their own.
        unsettled: Places not settled.
        is_release_asked: Whether a second person is asked to release it.
        since: When it began to wait for staff; None where it does not.
        locked_by: Who has it now, or None.
    """

    entry: str
    document: str
    version: int
    role: DocumentRole
    status: DocumentStatus
    outcome: Outcome | None
    reason: ReasonCode | None
    is_fully_read: bool | None
    asked: int
    direct: int
    unsettled: int
    is_release_asked: bool
    received_at: datetime
    since: datetime | None
    assigned_to: str | None
    locked_by: str | None


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of the queue.

    Attributes:
        total: How many documents there are on all pages.
    """

    documents: tuple[Waiting, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


_WHICH: dict[Which, ColumnElement[bool]] = {
    Which.WAITING: ReviewRow.waits.is_(True),
    Which.RELEASE: ReviewRow.is_release_asked.is_(True),
    Which.ASKED: ReviewRow.asked > 0,
    Which.UNREAD: DocumentRow.is_fully_read.is_(False),
    Which.FAILED: DocumentRow.status == DocumentStatus.FAILED,
    Which.REFUSED: DocumentRow.status == DocumentStatus.REFUSED,
}


def list_queue(store: Store, sought: Sought) -> QueuePage:
    """List one page of the queue: asks and direct identifiers first, then by age."""
    with store.records.read() as session:
        now = store.records.now(session)
        terms = _terms(sought, now)
        counted = select(func.count()).select_from(ReviewRow).join(DocumentRow, _same()).where(*terms)
        total = session.scalars(counted).one()
        query = (
            select(ReviewRow, DocumentRow)
            .join(DocumentRow, _same())
            .where(*terms)
            .order_by(ReviewRow.risk.desc(), DocumentRow.received_at, DocumentRow.id)
            .limit(PAGE)
            .offset((sought.page - 1) * PAGE)
        )
        found = tuple(_waiting(review, row, now) for review, row in session.execute(query))
    return QueuePage(found, total, sought.page)


def count_queue(store: Store) -> dict[Which, int]:
    """Count the documents of each list."""
    with store.records.read() as session:
        return {which: _count(session, term) for which, term in _WHICH.items()}


def _count(session: Session, term: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(ReviewRow).join(DocumentRow, _same()).where(term)
    return session.scalars(query).one()


def _same() -> ColumnElement[bool]:
    return DocumentRow.id == ReviewRow.document_id


def _terms(sought: Sought, now: datetime) -> list[ColumnElement[bool]]:
    terms = [_WHICH[sought.which]] if sought.which in _WHICH else []
    if sought.outcome is not None:
        terms.append(DocumentRow.outcome == sought.outcome)
    if sought.reason is not None:
        terms.append(DocumentRow.reason_code == sought.reason)
    if sought.days:
        terms.append(DocumentRow.received_at <= now - timedelta(days=sought.days))
    if sought.assigned_to is not None:
        terms.append(ReviewRow.assigned_to == sought.assigned_to)
    return terms


def _waiting(review: ReviewRow, row: DocumentRow, now: datetime) -> Waiting:
    is_locked = review.locked_until is not None and review.locked_until > now
    return Waiting(
        entry=row.entry_id,
        document=row.id,
        version=row.version,
        role=row.role,
        status=row.status,
        outcome=row.outcome,
        reason=row.reason_code,
        is_fully_read=row.is_fully_read,
        asked=review.asked,
        direct=review.direct,
        unsettled=review.unsettled,
        is_release_asked=review.is_release_asked,
        received_at=row.received_at,
        since=review.since,
        assigned_to=review.assigned_to,
        locked_by=review.locked_by if is_locked else None,
    )
