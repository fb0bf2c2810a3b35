"""Copies: the original as received, and the redacted copy that may take its place."""

from __future__ import annotations

from sqlalchemy import select

from models.entry import DocumentRole, DocumentStatus
from models.results import Outcome, Results
from models.upload import Upload
from storage.copy_views import NOT_MADE, NOTHING_TO_HIDE
from storage.documents import (
    Received,
    Replacing,
    check_version,
    file_name_of,
    get_document,
    replace_document,
)
from storage.entries import get_entry
from storage.jobs import Job, Stage
from storage.pieces import put_copy
from storage.refusals import RefusalCode, RequestRefusedError
from storage.schema import DocumentRow, EntryRow
from storage.schema_pieces import PieceRow, PieceState
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
    """Return the redacted copy of a document, under a name that says nothing.

    Of an upload that is a copy of the file itself; of the form's own text, the redacted text.

    Raises:
        RequestRefusedError: If it was not checked yet, its copy is still being made, there is
            nothing to hide in it, or no copy could be made from which everything is gone.
    """
    with store.records.read() as session:
        row = get_entry(session, portal, entry)
        found = get_document(session, entry, document)
        piece = session.get(PieceRow, (document, Stage.COPY, 0))
    if found.status is not DocumentStatus.READY or found.results is None:
        told = f"There is no redacted copy: the document is {found.status}."
        raise RequestRefusedError(RefusalCode.NOT_READY, told)
    vault = open_vault(store.masters, row)
    if found.role is DocumentRole.ANSWERS:
        text = vault.get(store.objects, found.results, Results).redaction.text
        return Upload(f"document-{found.position}-redacted.txt", text.encode())
    if piece is None or piece.made_of != found.results:
        _ask(store, portal, entry, found)
        raise _no_copy(PieceState.WAITING)
    if piece.made is None:
        raise _no_copy(piece.state)
    name = f"document-{found.position}-redacted{piece.ending}"
    return Upload(name, vault.get_bytes(store.objects, piece.made))


def _ask(store: Store, portal: str, entry: str, seen: DocumentRow) -> None:
    """Ask for the copy that follows a document's newest results. The sweeper sends the job."""
    with store.records.write() as session:
        get_entry(session, portal, entry, to_write=True)
        row = get_document(session, entry, seen.id)
        if row.results == seen.results and row.status is DocumentStatus.READY:
            put_copy(session, row, store.records.now(session))


def _no_copy(state: PieceState) -> RequestRefusedError:
    if state is PieceState.WAITING:
        return RequestRefusedError(RefusalCode.NOT_READY, "The redacted copy is being made.")
    if state is PieceState.DONE:
        return RequestRefusedError(RefusalCode.NOTHING_TO_HIDE, NOTHING_TO_HIDE)
    return RequestRefusedError(RefusalCode.NO_COPY, NOT_MADE)


def use_redacted(
    store: Store, portal: str, entry: str, document: str, expected_version: int, *, by_owner: bool = False
) -> Received:
    """Put the redacted copy in place of the original. It goes down the line like any upload."""
    with store.records.read() as session:
        get_entry(session, portal, entry)
        check_version(get_document(session, entry, document), expected_version)
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
        .join(PieceRow, (PieceRow.document_id == DocumentRow.id) & (PieceRow.made_of == DocumentRow.results))
        .where(
            DocumentRow.role == DocumentRole.UPLOAD,
            DocumentRow.status == DocumentStatus.READY,
            DocumentRow.outcome == Outcome.BLOCKED,
            DocumentRow.is_redacted.is_(False),
            PieceRow.made.is_not(None),
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
