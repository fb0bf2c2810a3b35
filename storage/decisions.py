"""Decisions: what a person did with a finding or a document. Only ever added."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.entry import EntryStatus, Step
from rules.reasons import reasons_for
from storage.documents import get_document
from storage.entries import get_entry
from storage.events import tell_document
from storage.refusals import RefusalCode, RequestRefusedError
from storage.schema import DecisionRow, FindingRow
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


def decide(store: Store, portal: str, entry: str, new: NewDecision, *, once: bool = False) -> DecisionView:
    """Record a practitioner's decision.

    With `once`, a step that was the last one taken there is given back and not taken again: for forms,
    which a double press sends twice at the same time.

    Raises:
        RequestRefusedError: If the step or its reason is not theirs to take, the finding is
            not there, or the document has changed since it was looked at.
    """
    _check_step(new)
    with store.records.write() as session:
        now = store.records.now(session)
        row = get_entry(session, portal, entry, to_write=True)
        if row.status is EntryStatus.WITHDRAWN:
            raise RequestRefusedError(RefusalCode.WRONG_STATUS, "The entry is withdrawn.")
        document = get_document(session, entry, new.document)
        if document.version != new.version:
            raise RequestRefusedError(RefusalCode.STALE, "The document has changed since it was looked at.")
        found = None if new.finding is None else session.get(FindingRow, (document.id, new.finding))
        if new.finding is not None and found is None:
            raise RequestRefusedError(RefusalCode.UNKNOWN_FINDING, "The document has no such finding.")
        vault = open_vault(store.masters, row)
        last = _last(session, document.id, new) if once else None
        if last is not None and (last.step, last.reason_code) == (new.step, new.reason):
            return _view(vault, last)
        taken = DecisionRow(
            entry_id=entry,
            document_id=document.id,
            version=new.version,
            finding=new.finding,
            step=new.step,
            by_reviewer=False,
            actor=row.practitioner_id,
            at=now,
            reason_code=new.reason,
            note=None
            if not new.note
            else vault.seal(note_place(document.id, new.version), new.note.encode()),
            entity_type=None if found is None else found.entity_type,
            role=None if found is None else found.role,
            rule=None if found is None else found.rule,
            recognizer=None if found is None else found.recognizer,
            rules_version=document.rules_version,
        )
        session.add(taken)
        session.flush()
        tell_document(session, document, "decision.taken", now)
        return _view(vault, taken)


def _last(session: Session, document: str, new: NewDecision) -> DecisionRow | None:
    """Find the last decision on the same finding of the same version of a document."""
    query = (
        select(DecisionRow)
        .where(DecisionRow.document_id == document, DecisionRow.version == new.version)
        .where(DecisionRow.finding == new.finding)
        .order_by(DecisionRow.id.desc())
        .limit(1)
    )
    return session.scalars(query).first()


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
