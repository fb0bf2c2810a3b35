"""A reviewer's step: what is asked, what it is taken with, and the rows that tell of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.entry import Step
from models.findings import EntityType, Role
from models.results import Results
from storage.decisions import note_place
from storage.ids import new_id
from storage.refusals import RefusalCode, RequestRefusedError
from storage.schema import DecisionRow, DocumentRow, EntryRow, FindingRow
from storage.store import Store
from storage.vault import Vault


@dataclass(frozen=True, slots=True)
class ReviewStep:
    """What a reviewer does.

    Attributes:
        version: The version of the document that was looked at.
        seen: The number of the last decision that was seen; None where it does not matter.
        finding: Id of the finding, or None for the whole document or for words typed.
        reason: A code of `rules/reasons.json`.
        same_text: Whether all findings of the same words are meant.
        words: What was missed, as typed. It is looked for everywhere and kept nowhere.
        kind: What it is, where that is added or changed; `role` says whose.
        note: Free text; sealed with the entry.
    """

    document: str
    version: int
    step: Step
    reason: str
    finding: str | None = None
    same_text: bool = False
    words: str | None = None
    kind: EntityType | None = None
    role: Role | None = None
    note: str | None = None
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """What a step is taken with: everything locked, opened and looked at.

    Attributes:
        others: Words of the entry's other documents, by id and version, as far as they were
            read before anything was locked.
    """

    store: Store
    session: Session
    vault: Vault
    entry: EntryRow
    row: DocumentRow
    reviewer: str
    now: datetime
    others: Mapping[tuple[str, int], set[str]]


def rows_of(desk: Desk, step: ReviewStep, findings: Sequence[str | None]) -> list[DecisionRow]:
    """Write a step down with what it was taken on, so that it can be counted later."""
    columns = (FindingRow.id, FindingRow.entity_type, FindingRow.role, FindingRow.rule, FindingRow.recognizer)
    query = select(*columns).where(FindingRow.document_id == desk.row.id, FindingRow.id.in_(findings))
    known = {name: found for name, *found in desk.session.execute(query)}
    return [_row(desk, step, finding, known.get(finding or "", (None,) * 4)) for finding in findings]


def _row(desk: Desk, step: ReviewStep, finding: str | None, found: Sequence[Any]) -> DecisionRow:
    entity_type, role, rule, recognizer = found
    return DecisionRow(
        entry_id=desk.entry.id,
        document_id=desk.row.id,
        version=desk.row.version,
        finding=finding,
        step=step.step,
        by_reviewer=True,
        actor=desk.reviewer,
        at=desk.now,
        reason_code=step.reason,
        entity_type=entity_type,
        role=role,
        rule=rule,
        recognizer=recognizer,
        new_type=step.kind,
        new_role=step.role,
        rules_version=desk.row.rules_version,
    )


def write(desk: Desk, step: ReviewStep, rows: list[DecisionRow]) -> None:
    """Save a step's rows as those of one press of a button, its note sealed."""
    batch = new_id()
    note = None
    if step.note:
        note = desk.vault.seal(note_place(desk.row.id, desk.row.version), step.note.encode())
    if step.step is Step.RELEASE:  # the document as a whole goes with what was in the way
        rows += rows_of(desk, step, [None])
        rows[-1].step = Step.DISMISS
    for row in rows:
        row.batch, row.note = batch, note
    desk.session.add_all(rows)
    desk.session.flush()


def results_of(desk: Desk) -> Results:
    """Open the document's results as they stand.

    Raises:
        RequestRefusedError: If it has none.
    """
    if desk.row.results is None:
        raise RequestRefusedError(RefusalCode.NOT_READY, "The document has no results.")
    return desk.vault.get(desk.store.objects, desk.row.results, Results)
