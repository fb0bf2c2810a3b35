"""Documents: uploads received, replaced and removed. Each upload is a new version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from models.entry import DocumentRole, DocumentStatus
from models.upload import Upload
from storage.entries import edit_entry, get_entry, new_id, open_memory, restart, save_memory
from storage.events import tell_document
from storage.jobs import Job, Stage
from storage.refusals import RefusalCode, RequestRefusedError, not_found
from storage.schema import DocumentRow, FindingRow
from storage.store import Store
from storage.vault import Vault, open_vault

MOST_DOCUMENTS = 30
"""Documents of one entry. The largest portfolios seen hold about ten."""


@dataclass(frozen=True, slots=True)
class Received:
    """An upload that is kept: what the portal is told, and what is to be done next."""

    document: str
    version: int
    job: Job


def add_document(store: Store, portal: str, entry: str, upload: Upload) -> Received:
    """Keep an upload as a new document of an entry. The bytes are kept before the row names them."""
    vault = _vault_of(store, portal, entry)
    document = new_id()
    original = _keep(store, vault, document, 1, upload)
    with store.records.write() as session:
        now = store.records.now(session)
        edit_entry(session, portal, entry, None, now)
        row = DocumentRow(
            id=document,
            entry_id=entry,
            role=DocumentRole.UPLOAD,
            position=_next_position(session, entry),
            version=0,
        )
        session.add(row)
        return _receive(session, row, vault, upload, original, now)


def replace_document(
    store: Store, portal: str, entry: str, document: str, upload: Upload, expected_version: int
) -> Received:
    """Put a new version in place of a document's newest.

    Raises:
        RequestRefusedError: If another version came since the one that was seen.
    """
    vault = _vault_of(store, portal, entry)
    original = _keep(store, vault, document, expected_version + 1, upload)
    with store.records.write() as session:
        now = store.records.now(session)
        edit_entry(session, portal, entry, None, now)
        row = get_document(session, entry, document)
        if row.role is not DocumentRole.UPLOAD:
            raise RequestRefusedError(
                RefusalCode.NOT_ALLOWED, "The form's own text is changed by its answers."
            )
        if row.version != expected_version:
            raise RequestRefusedError(RefusalCode.STALE, "The document was replaced since it was read.")
        return _receive(session, row, vault, upload, original, now)


def remove_document(store: Store, portal: str, entry: str, document: str) -> None:
    """Remove a document with everything that was made of it."""
    with store.records.write() as session:
        now = store.records.now(session)
        entry_row = edit_entry(session, portal, entry, None, now)
        row = get_document(session, entry, document)
        vault = open_vault(store.masters, entry_row)
        save_memory(vault, entry_row, open_memory(vault, entry_row).forget(document))
        tell_document(session, row, "document.removed", now)
        session.execute(delete(FindingRow).where(FindingRow.document_id == document))
        session.delete(row)
    for name in list(store.objects.names(f"{entry}/{document}/")):
        store.objects.delete(name)


def get_document(session: Session, entry: str, document: str) -> DocumentRow:
    """Return a document of an entry.

    Raises:
        RequestRefusedError: If the entry has none of this id.
    """
    row = session.get(DocumentRow, document)
    if row is None or row.entry_id != entry:
        raise not_found()
    return row


def documents_of(session: Session, entry: str) -> list[DocumentRow]:
    """List an entry's documents in their order."""
    query = (
        select(DocumentRow)
        .where(DocumentRow.entry_id == entry)
        .order_by(DocumentRow.position, DocumentRow.id)
    )
    return list(session.scalars(query))


def file_name_of(vault: Vault, row: DocumentRow) -> str:
    """Open the name of a document's file."""
    return vault.open_bytes(f"name/{row.id}/{row.version}", row.file_name).decode()


def _vault_of(store: Store, portal: str, entry: str) -> Vault:
    with store.records.read() as session:
        return open_vault(store.masters, get_entry(session, portal, entry))


def _keep(store: Store, vault: Vault, document: str, version: int, upload: Upload) -> str:
    return vault.put(store.objects, f"{document}/{version}/original", upload.untrusted_bytes)


def _receive(
    session: Session, row: DocumentRow, vault: Vault, upload: Upload, original: str, now: datetime
) -> Received:
    restart(row, DocumentStatus.RECEIVED, now)
    row.original = original
    row.size = len(upload.untrusted_bytes)
    row.characters = 0
    row.file_name = vault.seal(f"name/{row.id}/{row.version}", upload.file_name.encode())
    session.flush()
    session.execute(delete(FindingRow).where(FindingRow.document_id == row.id))
    tell_document(session, row, "document.received", now)
    return Received(row.id, row.version, Job(Stage.READ, row.id, row.version))


def _next_position(session: Session, entry: str) -> int:
    query = select(func.count(), func.max(DocumentRow.position)).where(DocumentRow.entry_id == entry)
    count, last = session.execute(query).one()
    if count >= MOST_DOCUMENTS:
        raise RequestRefusedError(
            RefusalCode.TOO_MANY_DOCUMENTS, f"An entry can hold {MOST_DOCUMENTS} documents. Remove one first."
        )
    return int(last or 0) + 1
