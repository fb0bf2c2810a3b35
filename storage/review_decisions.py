"""A reviewer's steps: on one finding, on all the same words, on words that were missed, on a document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from models.entry import DocumentStatus, EntryStatus, Step
from models.findings import Finding, finding_id
from models.text import Span
from pipeline.correct import find_words, same_text
from pipeline.gate import Standing, effective
from rules.reasons import reasons_for
from storage.documents import get_document
from storage.entries import get_entry
from storage.events import tell_document
from storage.refusals import RefusalCode, RequestRefusedError
from storage.review_follow import follow, read_others
from storage.review_locks import get_review, lock
from storage.review_standing import as_decision, last_decision, standings_on
from storage.review_step import Desk, ReviewStep, results_of, rows_of, write
from storage.schema import DecisionRow, DocumentRow, FindingRow
from storage.store import Store
from storage.vault import open_vault

MOST_PLACES = 500
"""Places at which typed words may stand: more are a slip of the pen ("e")."""

_ON_FINDINGS = frozenset({Step.CONFIRM, Step.DISMISS, Step.CHANGE, Step.UNDO})
_ON_DOCUMENT = frozenset({Step.CONFIRM, Step.DISMISS, Step.ASK_RELEASE, Step.RELEASE, Step.UNDO})


@dataclass(frozen=True, slots=True)
class Taken:
    """What a step came to.

    Attributes:
        findings: Ids of the findings that it was taken on; none where on the document.
        left: Places still not settled.
        last: The number of the last decision.
        again: Ids of the entry's other documents that are checked again: a name came or went.
    """

    findings: tuple[str, ...]
    left: int
    last: int
    again: tuple[str, ...] = ()


def take(store: Store, portal: str, entry: str, step: ReviewStep, reviewer: str) -> Taken:
    """Take a reviewer's step. The redacted text, the findings and the gate follow at once.

    A step that only says again what the same reviewer's last step says is answered, not written down.

    Raises:
        LockedError: If another reviewer has the document.
        RequestRefusedError: If the step or its reason is not one to be taken, the document
            or its decisions have changed since they were seen, or the words stand nowhere.
    """
    _check(step)
    others = read_others(store, portal, entry, step)
    with store.records.write() as session:
        now = store.records.now(session)
        row = get_entry(session, portal, entry, to_write=True)
        if row.status is EntryStatus.WITHDRAWN:
            raise RequestRefusedError(RefusalCode.WRONG_STATUS, "The entry is withdrawn.")
        document = get_document(session, entry, step.document)
        lock(session, document.id, reviewer, now)
        _check_seen(session, document, step)
        desk = Desk(store, session, open_vault(store.masters, row), row, document, reviewer, now, others)
        rows = _STEPS.get(step.step, _plain)(desk, step)
        findings = tuple(r.finding for r in rows if r.finding)
        if _repeats(desk, step, rows):
            left = get_review(session, document.id).unsettled
            return Taken(findings, left, last_decision(session, document.id, document.version))
        before = document.results if document.line_results else None
        write(desk, step, rows)
        again = follow(desk)
        tell_document(session, document, "decision.taken", now)
        left = get_review(session, document.id).unsettled
        taken = Taken(findings, left, rows[-1].id, again)
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


def _repeats(desk: Desk, step: ReviewStep, rows: list[DecisionRow]) -> bool:
    """Tell whether the last word on every finding of a step is the reviewer's own, and the same."""
    if step.note:
        return False
    named = [row.finding for row in rows if row.finding]
    held = _by_finding(desk, DecisionRow.finding.in_(named) if named else DecisionRow.finding.is_(None))
    last = {finding: standing[-1] for finding, taken in held.items() if (standing := _holding(taken))}
    return all(row.finding in last and _says(last[row.finding]) == _says(row) for row in rows)


def _says(row: DecisionRow) -> tuple[object, ...]:
    return row.by_reviewer, row.actor, row.step, row.reason_code, row.new_type, row.new_role


def _plain(desk: Desk, step: ReviewStep) -> list[DecisionRow]:
    """Take a step on a finding, on all of the same words, or on the whole document."""
    if step.finding is None:
        if step.step is Step.DISMISS:
            _check_settled(desk)
        return rows_of(desk, step, [None])
    if desk.session.get(FindingRow, (desk.row.id, step.finding)) is None:
        raise RequestRefusedError(RefusalCode.UNKNOWN_FINDING, "The document has no such finding.")
    found = same_text(results_of(desk), step.finding) if step.same_text else [step.finding]
    return rows_of(desk, step, found)


def _check_settled(desk: Desk) -> None:
    """Let nobody release alone what still identifies someone."""
    if any(s is not Standing.SETTLED for s in standings_on(desk.session, desk.row).values()):
        told = "The document still identifies someone. Ask a second person to release it."
        raise RequestRefusedError(RefusalCode.SECOND_PERSON, told)


def _add(desk: Desk, step: ReviewStep) -> list[DecisionRow]:
    """Add what was missed, at every place where it stands and is not found already."""
    results = results_of(desk)
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
    return rows_of(desk, step, names)


def _ask_release(desk: Desk, step: ReviewStep) -> list[DecisionRow]:
    """Ask a second person to release what is not settled."""
    standings = standings_on(desk.session, desk.row)
    found = [finding for finding, s in standings.items() if s is not Standing.SETTLED]
    if not found:
        raise RequestRefusedError(RefusalCode.WRONG_STATUS, "Nothing is left that needs a second person.")
    return rows_of(desk, step, found)


def _release(desk: Desk, step: ReviewStep) -> list[DecisionRow]:
    """Release what another reviewer has asked for, and the document with it."""
    asked = _asked(desk)
    if not asked:
        raise RequestRefusedError(RefusalCode.WRONG_STATUS, "Nobody has asked to release this document.")
    if desk.reviewer in asked.values():
        told = "You asked for this release. Another person must decide on it."
        raise RequestRefusedError(RefusalCode.SECOND_PERSON, told)
    return rows_of(desk, step, list(asked))


def _asked(desk: Desk) -> dict[str, str]:
    """Return the findings whose release is asked for, and by whom."""
    asked = {}
    for finding, rows in _by_finding(desk).items():
        held = [row for row in _holding(rows) if row.by_reviewer]
        if finding is not None and held and held[-1].step is Step.ASK_RELEASE:
            asked[finding] = held[-1].actor
    return asked


def _undo(desk: Desk, step: ReviewStep) -> list[DecisionRow]:
    """Take back the last step on a finding; without one, the last press of a button."""
    if step.finding is not None:
        return rows_of(desk, step, [step.finding])
    standing = [r for rows in _by_finding(desk).values() for r in _holding(rows) if r.by_reviewer]
    if not standing:
        raise RequestRefusedError(RefusalCode.WRONG_STATUS, "There is no step to take back.")
    last = max(standing, key=lambda r: r.id)
    same = [r for r in standing if r.batch == last.batch] if last.batch else [last]
    return rows_of(desk, step, [r.finding for r in same])


def _holding(rows: list[DecisionRow]) -> list[DecisionRow]:
    """Return the steps on one finding that hold, of both sides."""
    decisions = [as_decision(row) for row in rows]
    held = {id(decision) for decision in effective(decisions)}
    return [row for row, decision in zip(rows, decisions, strict=True) if id(decision) in held]


def _by_finding(desk: Desk, *terms: ColumnElement[bool]) -> dict[str | None, list[DecisionRow]]:
    query = select(DecisionRow).where(
        DecisionRow.document_id == desk.row.id, DecisionRow.version == desk.row.version, *terms
    )
    found: dict[str | None, list[DecisionRow]] = {}
    for row in desk.session.scalars(query.order_by(DecisionRow.id)):
        found.setdefault(row.finding, []).append(row)
    return found


_STEPS: dict[Step, Callable[[Desk, ReviewStep], list[DecisionRow]]] = {
    Step.ADD: _add,
    Step.ASK_RELEASE: _ask_release,
    Step.RELEASE: _release,
    Step.UNDO: _undo,
}
