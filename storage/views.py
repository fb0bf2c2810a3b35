"""Views: an entry as the portal reads it, and as the gate sees it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.entry import Decision, DocumentStatus, Entry, EntryDocument, Gate
from models.findings import Verdict
from models.results import Results
from pipeline.gate import gate
from storage.copy_views import copies_of, view_copy
from storage.documents import documents_of, file_name_of, get_document, reason_of
from storage.entries import find_practitioner, get_entry, open_answers, open_details
from storage.refusals import RefusalCode, RequestRefusedError
from storage.repeats import with_notes, with_warning
from storage.review_standing import as_decision
from storage.schema import DecisionRow, DocumentRow, EntryRow, FindingRow
from storage.shapes import CopyView, DocumentView, EntrySummary, EntryView, FindingView
from storage.store import Store
from storage.vault import Vault, open_vault
from storage.work import form_of


def view_entry(store: Store, portal: str, entry: str) -> EntryView:
    """Read an entry with its documents."""
    with store.records.read() as session:
        row = get_entry(session, portal, entry)
        documents = documents_of(session, entry)
        copies, now = copies_of(session, documents), store.records.now(session)
    vault = open_vault(store.masters, row)
    details = open_details(vault, row)
    return EntryView(
        id=row.id,
        revision=row.revision,
        status=row.status,
        practitioner=details.practitioner,
        own_name=details.own_name,
        form=row.form,
        standard=row.standard,
        year=row.year,
        answers=open_answers(vault, row).answers,
        chosen_parts=tuple(row.chosen_parts),
        documents=tuple(_view(vault, d, view_copy(d, copies.get(d.id), now)) for d in documents),
        created_at=row.created_at,
        updated_at=row.updated_at,
        submitted_at=row.submitted_at,
    )


def list_entries(store: Store, portal: str, practitioner: str) -> list[EntrySummary]:
    """List a practitioner's entries by the portal's reference, the newest first."""
    with store.records.read() as session:
        found = find_practitioner(session, store, portal, practitioner)
        query = select(EntryRow).where(EntryRow.portal == portal, EntryRow.practitioner_id == found)
        return [_summary(row) for row in session.scalars(query.order_by(EntryRow.created_at.desc()))]


def _summary(row: EntryRow) -> EntrySummary:
    return EntrySummary(
        id=row.id,
        revision=row.revision,
        status=row.status,
        form=row.form,
        standard=row.standard,
        year=row.year,
        created_at=row.created_at,
        updated_at=row.updated_at,
        submitted_at=row.submitted_at,
    )


def view_document(store: Store, portal: str, entry: str, document: str) -> DocumentView:
    """Read one document of an entry."""
    with store.records.read() as session:
        row = get_entry(session, portal, entry)
        found = get_document(session, entry, document)
        copy = view_copy(found, copies_of(session, [found]).get(found.id), store.records.now(session))
    return _view(open_vault(store.masters, row), found, copy)


def view_results(store: Store, portal: str, entry: str, document: str) -> Results:
    """Read a document's newest results.

    Raises:
        RequestRefusedError: If it has none, or not yet.
    """
    with store.records.read() as session:
        row = get_entry(session, portal, entry)
        found = get_document(session, entry, document)
    if found.status is not DocumentStatus.READY or found.results is None:
        raise RequestRefusedError(
            RefusalCode.NOT_READY, f"There are no results: the document is {found.status}."
        )
    results = open_vault(store.masters, row).get(store.objects, found.results, Results)
    return with_warning(store, portal, entry, document, results)


def list_findings(store: Store, portal: str, entry: str, document: str) -> list[FindingView]:
    """List the findings of a document's newest results, where and what, without any text."""
    query = select(FindingRow).where(FindingRow.document_id == document).order_by(FindingRow.position)
    with store.records.read() as session:
        get_entry(session, portal, entry)
        get_document(session, entry, document)
        return [_finding(row) for row in session.scalars(query)]


def view_gate(store: Store, portal: str, entry: str) -> Gate:
    """Ask the gate what an entry still needs."""
    with store.records.read() as session:
        asked = gate(gate_entry(session, store, get_entry(session, portal, entry)))
    return with_notes(store, portal, entry, asked)


def gate_entry(session: Session, store: Store, row: EntryRow) -> Entry:
    """Gather an entry as the gate sees it, from one state of the records."""
    return gate_entries(session, store, [row])[0]


def gate_entries(session: Session, store: Store, rows: Sequence[EntryRow]) -> list[Entry]:
    """Gather entries as the gate sees them. The records are asked three times, however many there are."""
    ids = [row.id for row in rows]
    of_these = select(DocumentRow).where(DocumentRow.entry_id.in_(ids))
    decided = select(DecisionRow).where(DecisionRow.entry_id.in_(ids))
    documents: dict[str, list[DocumentRow]] = defaultdict(list)
    for document in session.scalars(of_these.order_by(DocumentRow.position, DocumentRow.id)):
        documents[document.entry_id].append(document)
    decisions: dict[str, list[Decision]] = defaultdict(list)
    for decision in session.scalars(decided.order_by(DecisionRow.id)):
        decisions[decision.entry_id].append(as_decision(decision))
    blocking = _blocking(session, ids)
    return [_gate_entry(store, row, documents[row.id], decisions[row.id], blocking) for row in rows]


def _gate_entry(
    store: Store,
    row: EntryRow,
    documents: Sequence[DocumentRow],
    decisions: Sequence[Decision],
    blocking: Mapping[str, list[FindingRow]],
) -> Entry:
    vault = open_vault(store.masters, row)
    return Entry(
        id=row.id,
        status=row.status,
        form=form_of(row.form),
        answers=open_answers(vault, row).answers,
        documents=tuple(_gate_document(vault, d, blocking.get(d.id, [])) for d in documents),
        decisions=tuple(decisions),
        chosen_parts=tuple(row.chosen_parts),
    )


def _blocking(session: Session, entries: Sequence[str]) -> dict[str, list[FindingRow]]:
    query = (
        select(FindingRow)
        .join(DocumentRow, DocumentRow.id == FindingRow.document_id)
        .where(DocumentRow.entry_id.in_(entries), FindingRow.verdict == Verdict.BLOCK)
        .order_by(FindingRow.position)
    )
    found: dict[str, list[FindingRow]] = defaultdict(list)
    for row in session.scalars(query):
        found[row.document_id].append(row)
    return found


def _gate_document(vault: Vault, row: DocumentRow, blocking: list[FindingRow]) -> EntryDocument:
    return EntryDocument(
        id=row.id,
        role=row.role,
        version=row.version,
        status=row.status,
        outcome=row.outcome,
        reason=reason_of(vault, row),
        blocking=tuple(f.id for f in blocking),
        direct=tuple(f.id for f in blocking if f.is_direct),
        is_fully_read=row.is_fully_read,
    )


def _view(vault: Vault, row: DocumentRow, copy: CopyView | None) -> DocumentView:
    return DocumentView(
        id=row.id,
        role=row.role,
        version=row.version,
        status=row.status,
        outcome=row.outcome,
        reason=reason_of(vault, row),
        file_name=file_name_of(vault, row),
        size=row.size,
        is_redacted=row.is_redacted,
        copy=copy,
        scan=row.scan,
        attempts=row.attempts,
        received_at=row.received_at,
        finished_at=row.finished_at,
    )


def _finding(row: FindingRow) -> FindingView:
    return FindingView(
        id=row.id,
        segment=row.segment,
        start=row.start,
        end=row.end,
        entity_type=row.entity_type,
        role=row.role,
        verdict=row.verdict,
        rule=row.rule,
        is_direct=row.is_direct,
    )
