"""Profile: gathered from the records of one practitioner, of redacted words only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.entry import DocumentRole, DocumentStatus, EntryStatus
from models.profile import Activity, Passage, Profile
from models.results import Results
from pipeline.profile import build_profile, passages_of, title_of
from pipeline.requirements import date_of
from rules.standards import load_standards
from rules.templates import ProfileTemplate, load_templates
from storage.documents import documents_of, get_document
from storage.entries import find_practitioner, get_entry
from storage.refusals import RefusalCode, RequestRefusedError
from storage.schema import DocumentRow, EntryRow
from storage.store import Store
from storage.vault import Vault, open_vault
from storage.views import gate_entry


@dataclass(frozen=True, slots=True)
class WrittenIn:
    """Where a statement was written: a document of an entry, checked like any other."""

    entry: str
    document: str


@dataclass(frozen=True, slots=True)
class ProfileRequest:
    """What a profile is asked to hold.

    Attributes:
        evidence: Ids of the entries whose words are shown, not only listed.
        statements: Where each section of the template was written, by its id.
    """

    standard: str
    start: date
    end: date
    evidence: frozenset[str] = frozenset()
    statements: Mapping[str, WrittenIn] | None = None


def profile_of(store: Store, portal: str, practitioner: str, asked: ProfileRequest) -> Profile:
    """Gather a practitioner's profile, by the portal's reference.

    Raises:
        RequestRefusedError: If the standard is unknown, a statement's document is not theirs
            or not checked yet, or an entry that was selected is not listed.
    """
    with store.records.read() as session:
        found = find_practitioner(session, store, portal, practitioner)
        return _profile(session, store, portal, found, asked)


def profile_around(store: Store, portal: str, entry: str, asked: ProfileRequest) -> Profile:
    """Gather the profile of the practitioner whose entry this is. Raises as `profile_of` does."""
    with store.records.read() as session:
        row = get_entry(session, portal, entry)
        return _profile(session, store, portal, row.practitioner_id, asked)


def _profile(
    session: Session, store: Store, portal: str, practitioner: str | None, asked: ProfileRequest
) -> Profile:
    template = _template(asked.standard)
    query = select(EntryRow).where(
        EntryRow.portal == portal,
        EntryRow.practitioner_id == practitioner,
        EntryRow.standard == asked.standard,
        EntryRow.status == EntryStatus.SUBMITTED,
    )
    rows = session.scalars(query.order_by(EntryRow.created_at)).all()
    activities = [a for row in rows if (a := _activity(session, store, row, asked))]
    if not asked.evidence <= {a.entry for a in activities}:
        raise RequestRefusedError(
            RefusalCode.UNKNOWN_EVIDENCE, "Only what is submitted in that time can be evidence."
        )
    statements = {
        section: _statement(session, store, portal, practitioner, where)
        for section, where in (asked.statements or {}).items()
    }
    span = (asked.start, asked.end)
    return build_profile(template, load_standards()[asked.standard], span, activities, statements)


def _template(standard: str) -> ProfileTemplate:
    found = next((t for t in load_templates().profiles if t.standard == standard), None)
    if found is None:
        raise RequestRefusedError(RefusalCode.UNKNOWN_STANDARD, "There is no profile for this standard.")
    return found


def _activity(session: Session, store: Store, row: EntryRow, asked: ProfileRequest) -> Activity | None:
    """Return an entry as it stands in the profile, or None where its date lies outside."""
    day = date_of(gate_entry(session, store, row))
    if day is not None and not asked.start <= day <= asked.end:
        return None
    vault = open_vault(store.masters, row)
    documents = documents_of(session, row.id)
    answers = next((d for d in documents if d.role is DocumentRole.ANSWERS), None)
    results = None if answers is None else _results(store, vault, answers)
    return Activity(
        entry=row.id,
        day=day,
        title=None if results is None else title_of(results),
        parts=tuple(row.chosen_parts),
        evidence=tuple(_evidence(store, vault, documents)) if row.id in asked.evidence else (),
    )


def _evidence(store: Store, vault: Vault, documents: list[DocumentRow]) -> Iterator[Passage]:
    """Yield the redacted words of an entry; of an upload under its number, for its name may identify."""
    for document in documents:
        results = _results(store, vault, document)
        if results is None:
            yield Passage(f"Document {document.position}", "[left out: not checked yet]")
        elif document.role is DocumentRole.ANSWERS:
            yield from passages_of(results)
        else:
            yield Passage(f"Document {document.position}", results.redaction.text)


def _results(store: Store, vault: Vault, document: DocumentRow) -> Results | None:
    if document.status is not DocumentStatus.READY or document.results is None:
        return None
    return vault.get(store.objects, document.results, Results)


def _statement(
    session: Session, store: Store, portal: str, practitioner: str | None, where: WrittenIn
) -> tuple[Passage, ...]:
    row = get_entry(session, portal, where.entry)
    document = get_document(session, where.entry, where.document)
    results = _results(store, open_vault(store.masters, row), document)
    if row.practitioner_id != practitioner:
        raise RequestRefusedError(RefusalCode.NOT_FOUND, "There is no such entry or document.")
    if results is None:
        raise RequestRefusedError(RefusalCode.NOT_READY, "The statement is not checked yet.")
    return passages_of(results)
