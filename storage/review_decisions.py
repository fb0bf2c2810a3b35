"""A reviewer's steps: on one finding, on all the same words, on words that were missed, on a document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.entry import DocumentStatus, EntryStatus, Step
from models.findings import EntityType, Finding, Role, finding_id
from models.results import Results
from models.text import Span
from pipeline.attach import facts_in, names_in
from pipeline.correct import find_words, same_text
from pipeline.gate import Standing, effective
from rules.reasons import reasons_for
from storage.decisions import note_place
from storage.documents import get_document
from storage.entries import get_entry, open_memory, save_memory
from storage.events import tell_document
from storage.ids import new_id
from storage.refusals import RefusalCode, RequestRefusedError
from storage.review_corrections import renew_results
from storage.review_locks import get_review, lock
from storage.review_standing import as_decision, last_decision, standings_on
from storage.schema import DecisionRow, DocumentRow, EntryRow, FindingRow
from storage.store import Store
from storage.vault import Vault, open_vault

MOST_PLACES = 500
"""Places at which typed words may stand: more are a slip of the pen ("e")."""

_ON_FINDINGS = frozenset({Step.CONFIRM, Step.DISMISS, Step.CHANGE, Step.UNDO})
_ON_DOCUMENT = frozenset({Step.CONFIRM, Step.DISMISS, Step.ASK_RELEASE, Step.RELEASE, Step.UNDO})


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
class Taken:
    """What a step came to.

    Attributes:
        findings: Ids of the findings that it was taken on; none where on the document.
        left: Places still not settled.
        last: The number of the last decision.
    """

    findings: tuple[str, ...]
    left: int
    last: int


@dataclass(frozen=True, slots=True)
class _Desk:
    """What a step is taken with: everything locked, opened and looked at."""

    store: Store
    session: Session
    vault: Vault
    entry: EntryRow
    row: DocumentRow
    reviewer: str
    now: datetime


def take(store: Store, portal: str, entry: str, step: ReviewStep, reviewer: str) -> Taken:
    """Take a reviewer's step. The redacted text, the findings and the gate follow at once.

    Raises:
        LockedError: If another reviewer has the document.
        RequestRefusedError: If the step or its reason is not one to be taken, the document
            or its decisions have changed since they were seen, or the words stand nowhere.
    """
    _check(step)
    with store.records.write() as session:
        now = store.records.now(session)
        row = get_entry(session, portal, entry, to_write=True)
        if row.status is EntryStatus.WITHDRAWN:
            raise RequestRefusedError(RefusalCode.WRONG_STATUS, "The entry is withdrawn.")
        document = get_document(session, entry, step.document)
        lock(session, document.id, reviewer, now)
        _check_seen(session, document, step)
        desk = _Desk(store, session, open_vault(store.masters, row), row, document, reviewer, now)
        rows = _STEPS.get(step.step, _plain)(desk, step)
        before = document.results if document.line_results else None
        _write(desk, step, rows)
        _follow(desk)
        tell_document(session, document, "decision.taken", now)
        left = get_review(session, document.id).unsettled
        taken = Taken(tuple(r.finding for r in rows if r.finding), left, rows[-1].id)
        is_replaced = before is not None and before != document.results
    if before is not None and is_replaced:
        store.objects.delete(before)
    return taken


def _check(step: ReviewStep) -> None:
    allowed = _ON_DOCUMENT if step.finding is None else _ON_FINDINGS
    if step.step not in allowed and not (step.step is Step.ADD and step.words):
        raise RequestRefusedError(RefusalCode.UNKNOWN_STEP, "This step is not one to be taken here.")
    if step.step in (Step.ADD, Step.CHANGE) and (step.kind is None or step.role is None):
        raise RequestRefusedError(RefusalCode.UNKNOWN_STEP, "Say what it is, and who it is about.")
    if step.reason not in reasons_for(step.step):
        raise RequestRefusedError(RefusalCode.UNKNOWN_REASON, "This reason is not one of those for the step.")


def _check_seen(session: Session, row: DocumentRow, step: ReviewStep) -> None:
    if row.version != step.version:
        raise RequestRefusedError(RefusalCode.STALE, "The document has changed since it was looked at.")
    if row.status is not DocumentStatus.READY:
        raise RequestRefusedError(RefusalCode.NOT_READY, f"The document is {row.status}.")
    if step.seen is not None and step.seen != last_decision(session, row.id, row.version):
        raise RequestRefusedError(RefusalCode.STALE, "Somebody has decided on this document since.")


def _plain(desk: _Desk, step: ReviewStep) -> list[DecisionRow]:
    """Take a step on a finding, on all of the same words, or on the whole document."""
    if step.finding is None:
        if step.step is Step.DISMISS:
            _check_settled(desk)
        return _rows(desk, step, [None])
    if desk.session.get(FindingRow, (desk.row.id, step.finding)) is None:
        raise RequestRefusedError(RefusalCode.UNKNOWN_FINDING, "The document has no such finding.")
    found = same_text(_results(desk), step.finding) if step.same_text else [step.finding]
    return _rows(desk, step, found)


def _check_settled(desk: _Desk) -> None:
    """Let nobody release alone what still identifies someone."""
    if any(s is not Standing.SETTLED for s in standings_on(desk.session, desk.row).values()):
        told = "The document still identifies someone. Ask a second person to release it."
        raise RequestRefusedError(RefusalCode.SECOND_PERSON, told)


def _add(desk: _Desk, step: ReviewStep) -> list[DecisionRow]:
    """Add what was missed, at every place where it stands and is not found already."""
    results = _results(desk)
    places = find_words(results.document, step.words or "")
    if not places:
        raise RequestRefusedError(RefusalCode.WORDS_NOT_FOUND, "These words stand nowhere in the document.")
    if len(places) > MOST_PLACES:
        raise RequestRefusedError(RefusalCode.WORDS_NOT_FOUND, "These words stand in too many places.")
    known: dict[str, list[Span]] = {}
    for judgement in results.judgements:
        known.setdefault(judgement.finding.segment, []).append(judgement.finding.span)
    new = [(s, span) for s, span in places if not any(k.contains(span) for k in known.get(s, ()))]
    if not new:
        raise RequestRefusedError(RefusalCode.WORDS_NOT_FOUND, "These words are in the list already.")
    assert step.kind is not None  # noqa: S101  (told to mypy; `_check` has seen to it)
    names = [finding_id(Finding(segment, span, step.kind, 1.0, "")) for segment, span in new]
    return _rows(desk, step, names)


def _ask_release(desk: _Desk, step: ReviewStep) -> list[DecisionRow]:
    """Ask a second person to release what is not settled."""
    standings = standings_on(desk.session, desk.row)
    found = [finding for finding, s in standings.items() if s is not Standing.SETTLED]
    if not found:
        raise RequestRefusedError(RefusalCode.WRONG_STATUS, "Nothing is left that needs a second person.")
    return _rows(desk, step, found)


def _release(desk: _Desk, step: ReviewStep) -> list[DecisionRow]:
    """Release what another reviewer has asked for, and the document with it."""
    asked = _asked(desk)
    if not asked:
        raise RequestRefusedError(RefusalCode.WRONG_STATUS, "Nobody has asked to release this document.")
    if desk.reviewer in asked.values():
        told = "You asked for this release. Another person must decide on it."
        raise RequestRefusedError(RefusalCode.SECOND_PERSON, told)
    return _rows(desk, step, list(asked))


def _asked(desk: _Desk) -> dict[str, str]:
    """Return the findings whose release is asked for, and by whom."""
    asked = {}
    for finding, rows in _by_finding(desk).items():
        held = [d for d in effective(as_decision(row) for row in rows) if d.by_reviewer]
        if finding is not None and held and held[-1].step is Step.ASK_RELEASE:
            asked[finding] = held[-1].actor
    return asked


def _undo(desk: _Desk, step: ReviewStep) -> list[DecisionRow]:
    """Take back the last step on a finding; without one, the last press of a button."""
    if step.finding is not None:
        return _rows(desk, step, [step.finding])
    standing = []
    for rows in _by_finding(desk).values():
        decisions = [as_decision(row) for row in rows]
        holding = {id(d) for d in effective(decisions) if d.by_reviewer}
        standing += [r for r, d in zip(rows, decisions, strict=True) if id(d) in holding]
    if not standing:
        raise RequestRefusedError(RefusalCode.WRONG_STATUS, "There is no step to take back.")
    last = max(standing, key=lambda r: r.id)
    same = [r for r in standing if r.batch == last.batch] if last.batch else [last]
    return _rows(desk, step, [r.finding for r in same])


def _by_finding(desk: _Desk) -> dict[str | None, list[DecisionRow]]:
    query = select(DecisionRow).where(
        DecisionRow.document_id == desk.row.id, DecisionRow.version == desk.row.version
    )
    found: dict[str | None, list[DecisionRow]] = {}
    for row in desk.session.scalars(query.order_by(DecisionRow.id)):
        found.setdefault(row.finding, []).append(row)
    return found


_STEPS: dict[Step, Callable[[_Desk, ReviewStep], list[DecisionRow]]] = {
    Step.ADD: _add,
    Step.ASK_RELEASE: _ask_release,
    Step.RELEASE: _release,
    Step.UNDO: _undo,
}


def _rows(desk: _Desk, step: ReviewStep, findings: Sequence[str | None]) -> list[DecisionRow]:
    """Write a step down with what it was taken on, so that it can be counted later."""
    columns = (FindingRow.id, FindingRow.entity_type, FindingRow.role, FindingRow.rule, FindingRow.recognizer)
    query = select(*columns).where(FindingRow.document_id == desk.row.id, FindingRow.id.in_(findings))
    known = {name: found for name, *found in desk.session.execute(query)}
    return [_row(desk, step, finding, known.get(finding, (None,) * 4)) for finding in findings]


def _row(desk: _Desk, step: ReviewStep, finding: str | None, found: Sequence[Any]) -> DecisionRow:
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


def _write(desk: _Desk, step: ReviewStep, rows: list[DecisionRow]) -> None:
    batch = new_id()
    note = None
    if step.note:
        note = desk.vault.seal(note_place(desk.row.id, desk.row.version), step.note.encode())
    if step.step is Step.RELEASE:  # the document as a whole goes with what was in the way
        rows += _rows(desk, step, [None])
        rows[-1].step = Step.DISMISS
    for row in rows:
        row.batch, row.note = batch, note
    desk.session.add_all(rows)
    desk.session.flush()


def _follow(desk: _Desk) -> None:
    """Let results and the entry's memory follow."""
    results = renew_results(desk.session, desk.store, desk.vault, desk.row)
    if results is None:
        return
    memory = open_memory(desk.vault, desk.entry)
    learned = memory.learn(desk.row.id, names_in(results), results.labels, facts_in(results))
    if learned != memory:
        save_memory(desk.vault, desk.entry, learned)


def _results(desk: _Desk) -> Results:
    if desk.row.results is None:
        raise RequestRefusedError(RefusalCode.NOT_READY, "The document has no results.")
    return desk.vault.get(desk.store.objects, desk.row.results, Results)
