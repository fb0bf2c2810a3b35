"""Documents: uploads received, replaced and removed. Each upload is a new version."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from models.entry import DocumentRole, DocumentStatus
from models.errors import Reason
from models.upload import Upload
from storage.entries import edit_entry, get_entry, open_memory, restart, save_memory
from storage.events import tell_document
from storage.idempotency import Once, made_before, note_made
from storage.ids import new_id
from storage.jobs import Job, Stage
from storage.pieces import forget_pieces
from storage.refusals import RefusalCode, RequestRefusedError, not_found
from storage.schema import DocumentRow, FindingRow
from storage.store import Store
from storage.vault import Vault, open_vault

MOST_DOCUMENTS = 30
"""Documents of one entry. The largest portfolios seen hold about ten."""


@dataclass(frozen=True, slots=True)
class Received:
    """An upload that is kept, and what is to be done next: nothing where it was kept before."""

    document: str
    version: int
    job: Job | None


def add_document(store: Store, portal: str, entry: str, upload: Upload, key: str | None = None) -> Received:
    """Keep an upload as a new document of an entry. The bytes are kept before the row names them.

    Args:
        store: Where it is kept.
        portal: Whose entry it is.
        entry: Its id.
        upload: The file as received.
        key: The portal's Idempotency-Key: the same upload under it is kept once.
    """
    document = new_id()
    once = None if key is None else Once(portal, key, _asked(entry, upload))
    with _kept(store, portal, entry, document, 1, upload) as kept, store.records.write() as session:
        now = store.records.now(session)
        row = get_entry(session, portal, entry, to_write=True)
        before = made_before(session, store, once)
        if before is not None:
            return Received(before, 1, None)
        edit_entry(session, portal, entry, None, now)
        note_made(session, store, once, document, now)
        position = _next_position(session, entry)
        new = DocumentRow(id=document, entry_id=entry, role=DocumentRole.UPLOAD, position=position, version=0)
        session.add(new)
        return kept.receive(session, new, open_vault(store.masters, row), now)


@dataclass(frozen=True, slots=True)
class Replacing:
    """How a document is replaced.

    Attributes:
        expected_version: The version that was seen.
        is_redacted: Whether the upload is the redacted copy of that version.
        by_owner: Whether the portal's owner has it done always, a submitted entry's too.
    """

    expected_version: int
    is_redacted: bool = False
    by_owner: bool = False


def replace_document(
    store: Store, portal: str, entry: str, document: str, upload: Upload, how: Replacing
) -> Received:
    """Put a new version in place of a document's newest.

    The older versions are destroyed: most often they are replaced because of what they say.

    Raises:
        RequestRefusedError: If another version came since the one that was seen.
    """
    with store.records.read() as session:  # before anything is kept under a name that was only asked for
        get_entry(session, portal, entry)
        get_document(session, entry, document)
    version = how.expected_version + 1
    with _kept(store, portal, entry, document, version, upload) as kept, store.records.write() as session:
        now = store.records.now(session)
        if not how.by_owner:
            edit_entry(session, portal, entry, None, now)
        entry_row = get_entry(session, portal, entry, to_write=True)
        row = get_document(session, entry, document)
        if row.role is not DocumentRole.UPLOAD:
            told = "The form's own text is changed by its answers."
            raise RequestRefusedError(RefusalCode.NOT_ALLOWED, told)
        check_version(row, how.expected_version)
        received = kept.receive(session, row, open_vault(store.masters, entry_row), now)
        row.is_redacted = how.is_redacted
    for old in range(1, version):
        _delete_objects(store, f"{entry}/{document}/{old}/")
    return received


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
        forget_pieces(session, [document])
        session.delete(row)
    _delete_objects(store, f"{entry}/{document}/")


def get_document(session: Session, entry: str, document: str) -> DocumentRow:
    """Return a document of an entry.

    Raises:
        RequestRefusedError: If the entry has none of this id.
    """
    row = session.get(DocumentRow, document)
    if row is None or row.entry_id != entry:
        raise not_found()
    return row


def check_version(row: DocumentRow, seen: int) -> None:
    """Refuse to go on where a document was replaced since somebody saw it."""
    if row.version != seen:
        raise RequestRefusedError(RefusalCode.STALE, "The document was replaced since it was read.")


def documents_of(session: Session, entry: str) -> list[DocumentRow]:
    """List an entry's documents in their order."""
    query = (
        select(DocumentRow)
        .where(DocumentRow.entry_id == entry)
        .order_by(DocumentRow.position, DocumentRow.id)
    )
    return list(session.scalars(query))


def reason_of(vault: Vault, row: DocumentRow) -> Reason | None:
    """Open why a document was refused, or return None where it was not."""
    return None if row.reason is None else vault.open(f"reason/{row.id}/{row.version}", Reason, row.reason)


def file_name_of(vault: Vault, row: DocumentRow) -> str:
    """Open the name of a document's file."""
    return vault.open_bytes(f"name/{row.id}/{row.version}", row.file_name).decode()


@dataclass(slots=True)
class _Kept:
    """An upload whose bytes are kept under a name that no row knows yet."""

    upload: Upload
    original: str
    is_received: bool = False

    def receive(self, session: Session, row: DocumentRow, vault: Vault, now: datetime) -> Received:
        """Make it the newest version of a document."""
        self.is_received = True
        restart(row, DocumentStatus.RECEIVED, now)
        row.original = self.original
        row.size = len(self.upload.untrusted_bytes)
        row.characters = 0
        row.file_name = vault.seal(f"name/{row.id}/{row.version}", self.upload.file_name.encode())
        session.flush()
        session.execute(delete(FindingRow).where(FindingRow.document_id == row.id))
        forget_pieces(session, [row.id])
        tell_document(session, row, "document.received", now)
        return Received(row.id, row.version, Job(Stage.READ, row.id, row.version))


@contextmanager
def _kept(
    store: Store, portal: str, entry: str, document: str, version: int, upload: Upload
) -> Iterator[_Kept]:
    """Keep the bytes of an upload before a row names them; where none comes to, remove them."""
    with store.records.read() as session:
        vault = open_vault(store.masters, get_entry(session, portal, entry))
    place = f"{document}/{version}/original"
    kept = _Kept(upload, vault.put(store.objects, place, upload.untrusted_bytes))
    try:
        yield kept
    finally:
        if not kept.is_received:
            store.objects.delete(kept.original)


def _delete_objects(store: Store, prefix: str) -> None:
    for name in list(store.objects.names(prefix)):
        store.objects.delete(name)


def _asked(entry: str, upload: Upload) -> str:
    return f"{entry}\n{upload.file_name}\n{hashlib.sha256(upload.untrusted_bytes).hexdigest()}"


def _next_position(session: Session, entry: str) -> int:
    query = select(func.count(), func.max(DocumentRow.position)).where(DocumentRow.entry_id == entry)
    count, last = session.execute(query).one()
    if count >= MOST_DOCUMENTS:
        raise RequestRefusedError(
            RefusalCode.TOO_MANY_DOCUMENTS, f"An entry can hold {MOST_DOCUMENTS} documents. Remove one first."
        )
    return int(last or 0) + 1
