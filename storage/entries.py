"""Entries: created, saved and edited. Every change of a person raises the revision."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.entry import Answer, DocumentRole, DocumentStatus, EntryStatus, FormKind
from models.serialize import to_json
from storage.events import tell_document, tell_entry
from storage.idempotency import Once, made_before, note_made
from storage.ids import new_id
from storage.jobs import Job, Stage
from storage.records import RecordsUnavailableError, add_if_absent
from storage.refusals import RefusalCode, RequestRefusedError, not_found
from storage.schema import DocumentRow, EntryRow, PractitionerRow
from storage.sealed import Answers, Details, Memory
from storage.sealing import fingerprint
from storage.service_keys import known_service_key, service_key
from storage.store import Store
from storage.vault import Vault, new_vault, open_vault


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What the portal tells when it opens an entry."""

    practitioner: str
    own_name: str | None
    form: FormKind
    standard: str
    year: str


def create_entry(store: Store, portal: str, new: NewEntry, key: str | None = None) -> str:
    """Open a draft and return its id; under the same Idempotency-Key, once."""
    entry = new_id()
    vault, wrapped = new_vault(store.masters, entry)
    once = None if key is None else Once(portal, key, json.dumps(to_json(new)))
    with store.records.write() as session:
        now = store.records.now(session)
        before = made_before(session, store, once)
        if before is not None:
            return before
        note_made(session, store, once, entry, now)
        row = EntryRow(
            id=entry,
            portal=portal,
            practitioner_id=_practitioner(session, store, portal, new.practitioner, now),
            status=EntryStatus.DRAFT,
            form=new.form,
            standard=new.standard,
            year=new.year,
            revision=1,
            key_master=wrapped.master,
            key_sealed=wrapped.sealed,
            details=vault.seal("details/1", Details(new.practitioner, new.own_name)),
            answers=vault.seal("answers/1", Answers()),
            memory=vault.seal("memory/1", Memory()),
            memory_revision=1,
            chosen_parts=[],
            created_at=now,
            updated_at=now,
        )
        session.add(row)
        tell_entry(session, row, "entry.created", now)
    return entry


def get_entry(session: Session, portal: str, entry: str, *, to_write: bool = False) -> EntryRow:
    """Return a portal's entry; locked against other writers where it will be changed.

    Every change of anything in an entry begins with this lock, so that two changes of one
    entry never interleave (on PostgreSQL; SQLite admits one writer anyway).

    Raises:
        RequestRefusedError: If there is none, or it is another portal's.
    """
    row = session.get(EntryRow, entry, with_for_update=to_write or None)
    if row is None or row.portal != portal:
        raise not_found()
    return row


def edit_entry(
    session: Session, portal: str, entry: str, expected_revision: int | None, now: datetime
) -> EntryRow:
    """Lock an entry for an edit of a person, and raise its revision.

    Args:
        session: A session that writes.
        portal: Whose entry it is.
        entry: Its id.
        expected_revision: What the person saw; None where the edit overwrites nothing.
        now: The time of the edit.

    Raises:
        RequestRefusedError: If it was edited since, or is no draft.
    """
    row = get_entry(session, portal, entry, to_write=True)
    check_seen(row, expected_revision)
    if row.status is not EntryStatus.DRAFT:
        told = f"The entry is {row.status}. Reopen it to change it."
        raise RequestRefusedError(RefusalCode.WRONG_STATUS, told)
    row.revision += 1
    row.updated_at = now
    return row


def check_seen(row: EntryRow, seen: int | None) -> None:
    """Refuse to go on where an entry was edited since somebody saw it.

    Args:
        row: The entry, locked.
        seen: The revision that was seen; None where nothing is overwritten.
    """
    if seen is not None and row.revision != seen:
        told = "The entry was changed since it was read. Read it again."
        raise RequestRefusedError(RefusalCode.STALE, told)


def open_details(vault: Vault, row: EntryRow) -> Details:
    """Open an entry's details. They never change."""
    return vault.open("details/1", Details, row.details)


def open_answers(vault: Vault, row: EntryRow) -> Answers:
    """Open an entry's answers."""
    return vault.open(f"answers/{row.answers_revision}", Answers, row.answers)


def open_memory(vault: Vault, row: EntryRow) -> Memory:
    """Open what an entry's checks tell each other."""
    return vault.open(f"memory/{row.memory_revision}", Memory, row.memory)


def save_memory(vault: Vault, row: EntryRow, memory: Memory) -> None:
    """Seal what an entry's checks tell each other."""
    row.memory_revision += 1
    row.memory = vault.seal(f"memory/{row.memory_revision}", memory)


def save_answers(
    store: Store, portal: str, entry: str, given: Mapping[str, str], expected_revision: int
) -> tuple[int, Job | None]:
    """Save answers as a draft. Questions not named keep theirs.

    Returns:
        The new revision, and the check of the new text, or None where nothing changed.

    Raises:
        RequestRefusedError: If the entry was edited since it was read.
    """
    with store.records.write() as session:
        now = store.records.now(session)
        row = edit_entry(session, portal, entry, expected_revision, now)
        vault = open_vault(store.masters, row)
        old = open_answers(vault, row)
        new = _merge(old, given)
        if new == old:
            return row.revision, None
        row.answers_revision += 1
        row.answers = vault.seal(f"answers/{row.answers_revision}", new)
        tell_entry(session, row, "entry.saved", now)
        return row.revision, _recheck_answers(session, row, vault, new, now)


def _merge(old: Answers, given: Mapping[str, str]) -> Answers:
    texts = {a.question: a.text for a in old.answers} | dict(given)
    return replace(old, answers=tuple(Answer(q, t) for q, t in texts.items() if t))


def _recheck_answers(
    session: Session, row: EntryRow, vault: Vault, answers: Answers, now: datetime
) -> Job | None:
    """Make the answers a new version of the entry's own document, to be checked."""
    document = session.scalars(
        select(DocumentRow).where(DocumentRow.entry_id == row.id, DocumentRow.role == DocumentRole.ANSWERS)
    ).one_or_none()
    if document is None:
        if answers.is_blank:
            return None
        document = DocumentRow(id=new_id(), entry_id=row.id, role=DocumentRole.ANSWERS, position=0, version=0)
        session.add(document)
    restart(document, DocumentStatus.CHECKING, now)
    document.size = document.characters = sum(len(a.text) for a in answers.answers)
    document.file_name = vault.seal(f"name/{document.id}/{document.version}", b"")
    tell_document(session, document, "document.received", now)
    return Job(Stage.CHECK_ANSWERS, document.id, document.version)


def restart(document: DocumentRow, status: DocumentStatus, now: datetime) -> None:
    """Begin a new version of a document: nothing of the old one's check holds for it."""
    document.version += 1
    document.status = status
    document.outcome = document.is_fully_read = document.reason_code = document.reason = None
    document.is_redacted = False
    document.scan = None
    document.attempts = 0
    document.lease_id = document.lease_until = None
    document.queued_at = document.received_at = now
    document.finished_at = None
    document.original = document.extraction = document.results = document.result_key = None
    document.line_results = None


def find_practitioner(
    session: Session, store: Store, portal: str, reference: str, *, to_write: bool = False
) -> str | None:
    """Return the id of a practitioner by the portal's reference, or None where it is new.

    Where an entry is to be added to them they are held, so that nobody forgets them meanwhile.
    """
    key = known_service_key(session, store.masters, "practitioners")
    if key is None:
        return None
    hashed = fingerprint(key, f"{portal}\n{reference}")
    query = select(PractitionerRow.id).where(
        PractitionerRow.portal == portal, PractitionerRow.reference_hash == hashed
    )
    held = query.with_for_update(read=True, key_share=True) if to_write else query
    return session.scalars(held).one_or_none()


def _practitioner(session: Session, store: Store, portal: str, reference: str, now: datetime) -> str:
    """Find a practitioner by the portal's reference, or note a new one."""
    key = service_key(session, store.masters, "practitioners")
    found = find_practitioner(session, store, portal, reference, to_write=True)
    if found is not None:
        return found
    hashed = fingerprint(key, f"{portal}\n{reference}")
    new = PractitionerRow(id=new_id(), portal=portal, reference_hash=hashed, created_at=now)
    if add_if_absent(session, new):
        return new.id
    other = find_practitioner(session, store, portal, reference, to_write=True)
    if other is None:
        raise RecordsUnavailableError("a practitioner was noted and forgotten by others at this moment")
    return other
