"""Decisions: what a person did with a finding or a document. Only ever added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.entry import EntryStatus, Step
from rules.reasons import reasons_for
from storage.documents import get_document
from storage.entries import get_entry
from storage.events import tell_document
from storage.refusals import RefusalCode, RequestRefusedError
from storage.review_standing import decisions_on, own_steps
from storage.schema import DecisionRow, EntryRow, FindingRow
from storage.shapes import DecisionView
from storage.store import Store
from storage.vault import Vault, open_vault

PRACTITIONER_STEPS = frozenset({Step.NOT_PERSONAL, Step.ASK_REVIEW, Step.UNDO})


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A step that somebody takes.

    Attributes:
        version: The version of the document that was looked at.
        finding: Id of the finding, or None where the step is about the whole document.
        reason: A code of `rules/reasons.json`.
        note: Free text; sealed with the entry.
    """

    document: str
    version: int
    finding: str | None
    step: Step
    reason: str
    note: str | None = None


def decide(store: Store, portal: str, entry: str, new: NewDecision) -> DecisionView:
    """Record a practitioner's decision.

    Raises:
        RequestRefusedError: If the step or its reason is not theirs to take, the finding is
            not there, or the document has changed since it was looked at.
    """
    _check_step(new)
    with store.records.write() as session:
        row = get_entry(session, portal, entry, to_write=True)
        vault = open_vault(store.masters, row)
        return _view(vault, _take(session, row, vault, new, store.records.now(session)))


def take_steps(store: Store, portal: str, entry: str, steps: Sequence[NewDecision]) -> None:
    """Record a practitioner's decisions on one document, but for those that stand already.

    For forms: a double press sends one twice at the same time.

    Raises:
        RequestRefusedError: As of `decide`; then none is recorded.
    """
    for new in steps:
        _check_step(new)
    with store.records.write() as session:
        row = get_entry(session, portal, entry, to_write=True)
        vault, now = open_vault(store.masters, row), store.records.now(session)
        own = own_steps(decisions_on(session, get_document(session, entry, steps[0].document)))
        for new in steps:
            held = own.get(new.finding)
            if held is not None if new.step is Step.UNDO else held != (new.step, new.reason):
                _take(session, row, vault, new, now)


def _take(session: Session, row: EntryRow, vault: Vault, new: NewDecision, now: datetime) -> DecisionRow:
    """Add a decision to an entry that is locked."""
    if row.status is EntryStatus.WITHDRAWN:
        raise RequestRefusedError(RefusalCode.WRONG_STATUS, "The entry is withdrawn.")
    document = get_document(session, row.id, new.document)
    if document.version != new.version:
        raise RequestRefusedError(RefusalCode.STALE, "The document has changed since it was looked at.")
    found = None if new.finding is None else session.get(FindingRow, (document.id, new.finding))
    if new.finding is not None and found is None:
        raise RequestRefusedError(RefusalCode.UNKNOWN_FINDING, "The document has no such finding.")
    place = note_place(document.id, new.version)
    taken = DecisionRow(
        entry_id=row.id,
        document_id=document.id,
        version=new.version,
        finding=new.finding,
        step=new.step,
        by_reviewer=False,
        actor=row.practitioner_id,
        at=now,
        reason_code=new.reason,
        note=vault.seal(place, new.note.encode()) if new.note else None,
        entity_type=None if found is None else found.entity_type,
        role=None if found is None else found.role,
        rule=None if found is None else found.rule,
        recognizer=None if found is None else found.recognizer,
        rules_version=document.rules_version,
    )
    session.add(taken)
    session.flush()
    tell_document(session, document, "decision.taken", now)
    return taken


def list_decisions(store: Store, portal: str, entry: str) -> list[DecisionView]:
    """List the decisions on an entry in the order in which they were taken."""
    query = select(DecisionRow).where(DecisionRow.entry_id == entry).order_by(DecisionRow.id)
    with store.records.read() as session:
        vault = open_vault(store.masters, get_entry(session, portal, entry))
        return [_view(vault, row) for row in session.scalars(query)]


def _check_step(new: NewDecision) -> None:
    if new.step not in PRACTITIONER_STEPS:
        raise RequestRefusedError(RefusalCode.UNKNOWN_STEP, "This step is not yours to take.")
    if new.reason not in reasons_for(new.step):
        raise RequestRefusedError(RefusalCode.UNKNOWN_REASON, "This reason is not one of those for the step.")


def note_place(document: str, version: int) -> str:
    """Name the place to which a note is sealed."""
    return f"note/{document}/{version}"


def _view(vault: Vault, row: DecisionRow) -> DecisionView:
    place = note_place(row.document_id, row.version)
    return DecisionView(
        id=row.id,
        document=row.document_id,
        version=row.version,
        finding=row.finding,
        step=row.step,
        by_reviewer=row.by_reviewer,
        actor=row.actor,
        at=row.at,
        reason=row.reason_code,
        note=None if row.note is None else vault.open_bytes(place, row.note).decode(),
        batch=row.batch,
        rules_version=row.rules_version,
    )
