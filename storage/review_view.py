"""A document as a reviewer sees it: findings with where they stand, who has it, what is open to the eye."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from models.entry import Decision, DocumentRole, DocumentStatus, EntryStatus, Step
from models.errors import Reason
from models.findings import Judgement, finding_id
from models.results import Outcome, Results
from pipeline.gate import Standing, effective
from storage.audit import acts_on
from storage.decisions import list_decisions
from storage.documents import get_document, reason_of
from storage.entries import get_entry
from storage.events import events_after
from storage.review_reveals import Sight, sight_of
from storage.review_standing import decisions_on, last_decision, standings_on
from storage.schema import DocumentRow
from storage.schema_review import ReviewRow
from storage.shapes import DecisionView
from storage.store import Store
from storage.vault import Vault, open_vault


@dataclass(frozen=True, slots=True)
class Looked:
    """One finding as a reviewer sees it.

    Attributes:
        number: Counted from 1 in reading order.
        standing: None where policy blocks it not and nobody decided on it.
        said: What the practitioner said of it, if it still holds; `done`, a reviewer.
    """

    id: str
    number: int
    judgement: Judgement
    standing: Standing | None
    said: Decision | None
    done: Decision | None

    @property
    def is_open(self) -> bool:
        """Tell whether a reviewer's word is still to come."""
        return self.standing in (Standing.OPEN, Standing.WAITING) and self.done is None


@dataclass(frozen=True, slots=True)
class DeskView:
    """A document on the desk.

    Attributes:
        position: Which document of its entry it is; 0 for the form's own text.
        findings: In reading order; none where there are no results.
        whole: The steps that hold on the document as a whole.
        last: The number of the last decision: sent back with each step.
        locked_by: Who has it now, or None.
        asked_by: Who asked to release what is not settled, or None.
    """

    entry: str
    entry_status: EntryStatus
    document: str
    version: int
    position: int
    role: DocumentRole
    status: DocumentStatus
    outcome: Outcome | None
    reason: Reason | None
    is_fully_read: bool | None
    received_at: datetime
    rules_version: str | None
    results: Results | None
    findings: tuple[Looked, ...]
    whole: tuple[Decision, ...]
    sight: Sight
    last: int
    assigned_to: str | None
    locked_by: str | None
    locked_until: datetime | None
    asked_by: str | None

    @property
    def left(self) -> int:
        """How many findings still need a reviewer's word."""
        return sum(f.is_open for f in self.findings)

    @property
    def unsettled(self) -> int:
        """How many places still identify someone, by policy's word or a reviewer's."""
        return sum(f.standing not in (None, Standing.SETTLED) for f in self.findings)

    def next_open(self, after: int) -> Looked | None:
        """Return the next finding that needs a word after one's number, from the start again if need be."""
        waiting = [f for f in self.findings if f.is_open]
        return next((f for f in waiting if f.number > after), waiting[0] if waiting else None)


def view_desk(store: Store, portal: str, entry: str, document: str, reviewer: str) -> DeskView:
    """Read a document as a reviewer sees it now."""
    with store.records.read() as session:
        now = store.records.now(session)
        row = get_entry(session, portal, entry)
        found = get_document(session, entry, document)
        vault = open_vault(store.masters, row)
        review = session.get(ReviewRow, document)
        results = _results(store, vault, found)
        decisions = decisions_on(session, found)
        findings = _findings(session, found, results, decisions)
        has_lock = review is not None and review.locked_until is not None and review.locked_until > now
        return DeskView(
            entry=entry,
            entry_status=row.status,
            document=document,
            version=found.version,
            position=found.position,
            role=found.role,
            status=found.status,
            outcome=found.outcome,
            reason=reason_of(vault, found),
            is_fully_read=found.is_fully_read,
            received_at=found.received_at,
            rules_version=found.rules_version,
            results=results,
            findings=findings,
            whole=tuple(effective(d for d in decisions if d.finding is None)),
            sight=sight_of(session, found, reviewer, now),
            last=last_decision(session, document, found.version),
            assigned_to=review.assigned_to if review else None,
            locked_by=review.locked_by if review and has_lock else None,
            locked_until=review.locked_until if review and has_lock else None,
            asked_by=_asked_by(findings),
        )


def _results(store: Store, vault: Vault, row: DocumentRow) -> Results | None:
    if row.status is not DocumentStatus.READY or row.results is None:
        return None
    return vault.get(store.objects, row.results, Results)


def _findings(
    session: Session, row: DocumentRow, results: Results | None, decisions: list[Decision]
) -> tuple[Looked, ...]:
    if results is None:
        return ()
    standings = standings_on(session, row)
    held: dict[str | None, list[Decision]] = {}
    for decision in decisions:
        held.setdefault(decision.finding, []).append(decision)
    looked = []
    for number, judgement in enumerate(results.judgements, 1):
        name = finding_id(judgement.finding)
        steps = effective(held.get(name, []))
        said = next((d for d in reversed(steps) if not d.by_reviewer), None)
        done = next((d for d in reversed(steps) if d.by_reviewer), None)
        if said is not None and done is not None and said.at > done.at:
            done = None  # the writer has asked again since
        looked.append(Looked(name, number, judgement, standings.get(name), said, done))
    return tuple(looked)


def _asked_by(findings: tuple[Looked, ...]) -> str | None:
    asked = (f.done for f in findings if f.done is not None and f.done.step is Step.ASK_RELEASE)
    return next((d.actor for d in asked), None)


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of a document's timeline.

    Attributes:
        code: What happened: an event's code, an audit's code, or a step.
        actor: Random id of who did it; None for the system.
        count: On how many places at once.
        rules: The rules under which the places had been found.
        note: The reviewer's or the writer's own words.
    """

    at: datetime
    code: str
    actor: str | None = None
    by_reviewer: bool = False
    reason: str | None = None
    count: int = 1
    rules: str | None = None
    note: str | None = None


def timeline(store: Store, portal: str, entry: str, document: str) -> list[Happened]:
    """Tell who did what with a document, the oldest first: events, decisions and what was looked at."""
    happened = [
        Happened(e.at, e.code)
        for e in events_after(store, entry, 0, limit=5000)
        if e.document == document and e.code != "decision.taken"
    ]
    for act in acts_on(store, entry):
        if act.document == document and (":" in act.action or act.action.startswith("review.")):
            code, _, reason = act.action.partition(":")
            happened.append(
                Happened(
                    datetime.fromisoformat(act.at), code, act.actor, by_reviewer=True, reason=reason or None
                )
            )
    batches: dict[str, Happened] = {}
    for decision in list_decisions(store, portal, entry):
        if decision.document == document:
            key = decision.batch or str(decision.id)
            begun = batches.get(key)
            batches[key] = _taken(decision) if begun is None else _and_here(begun, decision)
    return sorted([*happened, *batches.values()], key=lambda h: h.at)


def _taken(decision: DecisionView) -> Happened:
    return Happened(
        decision.at,
        decision.step,
        decision.actor,
        decision.by_reviewer,
        decision.reason,
        1,
        decision.rules_version,
        decision.note,
    )


def _and_here(begun: Happened, decision: DecisionView) -> Happened:
    """Count another place of one press of a button; a release's word on the whole document is none."""
    return begun if decision.finding is None else replace(begun, count=begun.count + 1)
