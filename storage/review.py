"""Review: what waits for data-protection staff, and what they do beside decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from models.entry import DocumentRole, DocumentStatus, Step, follow
from models.errors import ReasonCode
from models.findings import finding_id
from models.results import Outcome, Results
from storage.audit import Act, audit
from storage.documents import get_document
from storage.entries import get_entry
from storage.events import tell_document
from storage.jobs import Job, stage_of
from storage.refusals import RefusalCode, RequestRefusedError
from storage.schema import DecisionRow, DocumentRow
from storage.store import Store
from storage.vault import open_vault

CONTEXT = 80
"""Characters shown on either side of what is revealed."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document that waits for staff. Ids and codes only.

    Attributes:
        asked: How often the practitioner asked for a look, or objected to a finding.
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
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Revealed:
    """The words of one finding with what stands around them."""

    before: str
    words: str
    after: str


def list_waiting(store: Store, limit: int = 200) -> list[Waiting]:
    """List the documents that wait for staff, the oldest first: failed, unread in part, or asked about."""
    asked = (
        select(func.count())
        .where(
            DecisionRow.document_id == DocumentRow.id,
            DecisionRow.version == DocumentRow.version,
            DecisionRow.by_reviewer.is_(False),
            DecisionRow.step.in_([Step.ASK_REVIEW, Step.NOT_PERSONAL]),
        )
        .scalar_subquery()
    )
    query = (
        select(DocumentRow, asked)
        .where(or_(_is_stuck(), asked > 0))
        .order_by(DocumentRow.received_at)
        .limit(limit)
    )
    with store.records.read() as session:
        return [_waiting(row, count) for row, count in session.execute(query)]


def _is_stuck() -> ColumnElement[bool]:
    return (DocumentRow.status == DocumentStatus.FAILED) | DocumentRow.is_fully_read.is_(False)


def retry(store: Store, portal: str, entry: str, document: str) -> Job:
    """Send a failed document down the line again.

    Raises:
        RequestRefusedError: If it has not failed.
    """
    with store.records.write() as session:
        now = store.records.now(session)
        get_entry(session, portal, entry, to_write=True)
        row = get_document(session, entry, document)
        if row.status is not DocumentStatus.FAILED:
            raise RequestRefusedError(RefusalCode.WRONG_STATUS, f"The document is {row.status}.")
        row.status = follow(row.status, DocumentStatus.RECEIVED)
        if row.role is DocumentRole.ANSWERS:  # it has no bytes to be read
            row.status = DocumentStatus.CHECKING
        row.attempts = 0
        row.queued_at = now
        tell_document(session, row, "document.retried", now)
        return Job(stage_of(row.role, row.status, row.characters), row.id, row.version)


def reveal(store: Store, portal: str, entry: str, document: str, finding: str, actor: str) -> Revealed:
    """Show the words of one finding, noted in the audit before they are shown.

    Raises:
        RequestRefusedError: If the document has no such finding.
    """
    with store.records.write() as session:
        row = get_entry(session, portal, entry)
        found = get_document(session, entry, document)
        audit(session, store, Act(actor, "finding.revealed", entry, document))
        name = _results_of(found)
    results = open_vault(store.masters, row).get(store.objects, name, Results)
    for judgement in results.judgements:
        if finding_id(judgement.finding) == finding:
            text = results.document.by_id[judgement.finding.segment].text
            start, end = judgement.finding.span.start, judgement.finding.span.end
            return Revealed(text[max(0, start - CONTEXT) : start], text[start:end], text[end : end + CONTEXT])
    raise RequestRefusedError(RefusalCode.UNKNOWN_FINDING, "The document has no such finding.")


def _results_of(row: DocumentRow) -> str:
    if row.results is None:
        raise RequestRefusedError(RefusalCode.NOT_READY, "The document has no results.")
    return row.results


def _waiting(row: DocumentRow, asked: int) -> Waiting:
    return Waiting(
        entry=row.entry_id,
        document=row.id,
        version=row.version,
        role=row.role,
        status=row.status,
        outcome=row.outcome,
        reason=row.reason_code,
        is_fully_read=row.is_fully_read,
        asked=asked,
        received_at=row.received_at,
    )
