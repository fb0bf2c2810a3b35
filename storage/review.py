"""Review: another try for what failed, was refused or could not be read in full."""

from __future__ import annotations

from models.entry import DocumentRole, DocumentStatus, follow
from storage.documents import get_document
from storage.entries import get_entry
from storage.events import tell_document
from storage.jobs import Job, stage_of
from storage.refusals import RefusalCode, RequestRefusedError
from storage.schema import DocumentRow
from storage.store import Store


def retry(store: Store, portal: str, entry: str, document: str) -> Job:
    """Send a document down the line again that failed, was refused or was not read in full.

    Raises:
        RequestRefusedError: If it is none of these.
    """
    with store.records.write() as session:
        now = store.records.now(session)
        get_entry(session, portal, entry, to_write=True)
        row = get_document(session, entry, document)
        if not _may_be_tried(row):
            raise RequestRefusedError(RefusalCode.WRONG_STATUS, f"The document is {row.status}.")
        row.status = follow(row.status, DocumentStatus.RECEIVED)
        if row.role is DocumentRole.ANSWERS:  # it has no bytes to be read
            row.status = DocumentStatus.CHECKING
        row.attempts = 0
        row.finished_at = row.reason_code = row.reason = None
        row.queued_at = now
        tell_document(session, row, "document.retried", now)
        return Job(stage_of(row.role, row.status, row.characters), row.id, row.version)


def _may_be_tried(row: DocumentRow) -> bool:
    if row.status in (DocumentStatus.FAILED, DocumentStatus.REFUSED):
        return True
    return row.status is DocumentStatus.READY and row.is_fully_read is False
