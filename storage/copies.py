"""Copies: the original as received, and the redacted copy that may take its place."""

from __future__ import annotations

from sqlalchemy import select

from models.entry import DocumentRole, DocumentStatus
from models.results import Outcome, Results
from models.upload import Upload
from storage.documents import Received, Replacing, file_name_of, get_document, replace_document
from storage.entries import get_entry
from storage.jobs import Job
from storage.refusals import RefusalCode, RequestRefusedError
from storage.schema import DocumentRow, EntryRow
from storage.store import Store
from storage.vault import open_vault


def read_original(store: Store, portal: str, entry: str, document: str) -> Upload:
    """Return a document as it was received.

    Raises:
        RequestRefusedError: If it is the form's own text, which was never a file.
    """
    with store.records.read() as session:
        row = get_entry(session, portal, entry)
        found = get_document(session, entry, document)
    if found.original is None:
        raise RequestRefusedError(RefusalCode.NOT_ALLOWED, "The form's own text is not a file.")
    vault = open_vault(store.masters, row)
    return Upload(file_name_of(vault, found), vault.get_bytes(store.objects, found.original))


def redacted_copy(store: Store, portal: str, entry: str, document: str) -> Upload:
    """Return the redacted text of a document, under a name that says nothing.

    Raises:
        RequestRefusedError: If it was not checked yet.
    """
    with store.records.read() as session:
        row = get_entry(session, portal, entry)
        found = get_document(session, entry, document)
    if found.status is not DocumentStatus.READY or found.results is None:
        told = f"There is no redacted copy: the document is {found.status}."
        raise RequestRefusedError(RefusalCode.NOT_READY, told)
    results = open_vault(store.masters, row).get(store.objects, found.results, Results)
    return Upload(f"document-{found.position}-redacted.txt", results.redaction.text.encode())


def use_redacted(
    store: Store, portal: str, entry: str, document: str, expected_version: int, *, by_owner: bool = False
) -> Received:
    """Put the redacted copy in place of the original. It goes down the line like any upload."""
    upload = redacted_copy(store, portal, entry, document)
    how = Replacing(expected_version, is_redacted=True, by_owner=by_owner)
    return replace_document(store, portal, entry, document, upload, how)


def redact_all(store: Store) -> list[Job]:
    """Put the redacted copy in place of every upload that is blocked, once.

    For owners who have it done always. A copy that is blocked again waits for a person.
    """
    query = (
        select(EntryRow.portal, DocumentRow.entry_id, DocumentRow.id, DocumentRow.version)
        .join(EntryRow, EntryRow.id == DocumentRow.entry_id)
        .where(
            DocumentRow.role == DocumentRole.UPLOAD,
            DocumentRow.status == DocumentStatus.READY,
            DocumentRow.outcome == Outcome.BLOCKED,
            DocumentRow.is_redacted.is_(False),
        )
    )
    with store.records.read() as session:
        found = list(session.execute(query))
    jobs = []
    for portal, entry, document, version in found:
        try:
            jobs.append(use_redacted(store, portal, entry, document, version, by_owner=True).job)
        except RequestRefusedError:  # replaced or removed in the meantime
            continue
    return [job for job in jobs if job is not None]
