"""What a stage made of a document is saved here, if its claim still holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.entry import DocumentRole, DocumentStatus, follow
from models.errors import Reason
from models.redaction import FileCopy
from models.results import Results
from models.scan import ScannedPage
from models.upload import Extraction
from pipeline.attach import facts_in, names_in
from storage.claims import Claim, held_row, next_in_entry
from storage.entries import open_memory, save_memory
from storage.events import tell_document
from storage.findings import write_findings
from storage.jobs import Job, stage_of
from storage.neighbours import check_again, stale_neighbours
from storage.pieces import put_copy, put_pages, save_piece
from storage.refusals import not_found
from storage.review_corrections import renew_results
from storage.schema import DocumentRow, EntryRow
from storage.store import Store
from storage.vault import Vault, open_vault


def save_extraction(
    store: Store, held: Claim, extraction: Extraction, scan: str, pages: Sequence[int] = ()
) -> list[Job]:
    """Save what scanning and reading gave, and return the jobs that come next.

    Args:
        store: Where it is kept.
        held: The claim.
        extraction: What was read.
        scan: Whether the upload was looked at for malware.
        pages: Pages whose pictures are still to be read. With any, the document is not
            checked before they are.

    Returns:
        Empty where the claim was lost: the document was replaced or removed, or another
        worker has it. Nothing is saved then.
    """
    vault = _vault(store, held)
    name = vault.put(store.objects, f"{held.job.document}/{held.job.version}/extraction", extraction)
    with store.records.write() as session:
        row = held_row(session, held)
        if row is not None:
            now = store.records.now(session)
            _let_go(row)
            row.attempts = 0
            row.extraction = name
            row.scan = scan
            row.characters = len(extraction.document.text)
            row.queued_at = now
            if pages:
                return put_pages(session, row, pages, now)
            row.status = follow(row.status, DocumentStatus.CHECKING)
            tell_document(session, row, "document.checking", now)
            return [Job(stage_of(row.role, row.status, row.characters), row.id, row.version)]
    store.objects.delete(name)
    return []


def save_page(store: Store, held: Claim, scan: ScannedPage | None) -> list[Job]:
    """Save what was read in the pictures of a page, and return the check where it was the last one.

    Nothing may have been read: then the ledger goes on saying so.
    """
    if scan is None:
        return save_piece(store, held, None)
    place = f"{held.job.document}/{held.job.version}/page-{held.job.page}"
    name = _vault(store, held).put(store.objects, place, scan)
    return save_piece(store, held, name, characters=sum(len(line.text) for line in scan.lines))


def save_copy(store: Store, held: Claim, copy: FileCopy | None) -> list[Job]:
    """Save the redacted copy of a document, or that none can be made."""
    if copy is None:
        return save_piece(store, held, None)
    place = f"{held.job.document}/{held.job.version}/copy"
    name = _vault(store, held).put(store.objects, place, copy.data)
    return save_piece(store, held, name, ending=copy.ending)


def save_refusal(store: Store, held: Claim, reason: Reason) -> list[Job]:
    """Save that a document is refused, and return the checks that waited for it."""
    with store.records.write() as session:
        row = held_row(session, held)
        if row is None:
            return []
        now = store.records.now(session)
        _let_go(row)
        row.status = follow(row.status, DocumentStatus.REFUSED)
        row.reason_code = reason.code
        row.reason = _vault_in(session, store, row).seal(f"reason/{row.id}/{row.version}", reason)
        row.finished_at = now
        tell_document(session, row, "document.refused", now)
        return _others(session, row, now)


def save_results(store: Store, held: Claim, results: Results) -> list[Job]:
    """Save the results of a check, and return the check that waited for it, and the redacted copy's job.

    What the document taught about names and labels is saved in the same transaction, and a
    document of the entry in which one of the new names stands will be checked again.
    """
    vault = _vault(store, held)
    name = vault.put(store.objects, f"{held.job.document}/{held.job.version}/results", results)
    stale = stale_neighbours(store, held, names_in(results))
    with store.records.write() as session:
        row = held_row(session, held)
        if row is not None:
            now = store.records.now(session)
            _let_go(row)
            _note_results(session, row, vault, results, name)
            results = renew_results(session, store, vault, row) or results
            row.finished_at = now
            _learn(session, vault, row, results)
            tell_document(session, row, "document.ready", now)
            check_again(session, stale, now)
            return [*_others(session, row, now), *_copy(session, row, results, now)]
    store.objects.delete(name)
    return []


def _learn(session: Session, vault: Vault, row: DocumentRow, results: Results) -> None:
    entry = session.get_one(EntryRow, row.entry_id)
    memory = open_memory(vault, entry)
    learned = memory.learn(row.id, names_in(results), results.labels, facts_in(results))
    if learned != memory:
        save_memory(vault, entry, learned)


def _note_results(session: Session, row: DocumentRow, vault: Vault, results: Results, name: str) -> None:
    row.status = follow(row.status, DocumentStatus.READY)
    row.outcome = results.outcome
    row.is_fully_read = results.ledger.is_fully_read
    row.results = name
    row.result_key = vault.fingerprint(results.key)
    row.rules_version = results.versions.rules
    row.model_version = results.versions.model
    row.code_version = results.versions.code
    row.line_results = None
    write_findings(session, row, results.judgements)


def _copy(session: Session, row: DocumentRow, results: Results, now: datetime) -> list[Job]:
    if row.role is DocumentRole.ANSWERS:  # it was never a file
        return []
    return put_copy(session, row, now, is_needed=bool(results.redaction.replacements))


def _let_go(row: DocumentRow) -> None:
    row.lease_id = row.lease_until = None


def _others(session: Session, row: DocumentRow, now: datetime) -> list[Job]:
    job = next_in_entry(session, row.entry_id, row.id, now)
    return [] if job is None else [job]


def _vault(store: Store, held: Claim) -> Vault:
    with store.records.read() as session:
        row = session.scalars(select(EntryRow).where(EntryRow.id == held.entry)).one_or_none()
        if row is None:
            raise not_found()
        return open_vault(store.masters, row)


def _vault_in(session: Session, store: Store, row: DocumentRow) -> Vault:
    return open_vault(store.masters, session.get_one(EntryRow, row.entry_id))
