"""Where a document stands at the review desk: told by the gate, written down for the queue."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.entry import Decision, DocumentStatus, EntryDocument, NeedKind, Step
from models.findings import Verdict, place_of
from pipeline.gate import Standing, document_needs, effective, standings_of
from storage.jobs import Stage
from storage.schema import DecisionRow, DocumentRow, FindingRow
from storage.schema_pieces import PieceRow, PieceState
from storage.schema_review import RevealRow, ReviewRow

DIRECT_ASKED, DIRECT, ASKED = 3, 2, 1
"""Risks, the gravest first: somebody waits for a word on what identifies directly (or for a
second person); something that identifies directly is not settled; somebody waits."""

UNDER_WAY = frozenset({DocumentStatus.RECEIVED, DocumentStatus.READING, DocumentStatus.CHECKING})


def renew(session: Session, row: DocumentRow, now: datetime, *, has_only_moved: bool = False) -> None:
    """Count a document's place in the queue anew, in the transaction that changes something of it.

    Args:
        session: A session that writes.
        row: The document.
        now: The time.
        has_only_moved: Whether it only went on along the line: then most often nothing is to be counted.
    """
    review = session.get(ReviewRow, row.id)
    if review is None:
        review = ReviewRow(document_id=row.id, entry_id=row.entry_id, version=row.version, waits=False)
        _rest(review)
        session.add(review)
    if has_only_moved and row.status in UNDER_WAY and _stays_at_rest(review, row):
        return
    decisions = decisions_on(session, row)
    document = _document(session, row)
    standings = standings_of(document, decisions) if row.status is DocumentStatus.READY else {}
    needs = [] if row.status in UNDER_WAY else list(document_needs(document, decisions))
    waited = review.waits and review.version == row.version
    review.version = row.version
    review.waits = any(need.kind is NeedKind.WITH_US for need in needs) or _lacks_copy(
        session, row, decisions
    )
    review.is_release_asked = any(_asks_release(decisions, finding) for finding in standings)
    review.asked = sum(s is Standing.WAITING for s in standings.values()) + _asks_whole(decisions)
    open_now = [finding for finding, s in standings.items() if s is not Standing.SETTLED]
    review.unsettled = len(open_now)
    review.direct = sum(_is_direct(finding, document) for finding in open_now)
    review.risk = _risk(review)
    if not review.waits:
        review.since = None
    elif not waited or review.since is None:
        review.since = now


def _stays_at_rest(review: ReviewRow, row: DocumentRow) -> bool:
    """Tell, without asking the records, that nobody needs a document that is under way.

    Nothing of a new version was found, decided or made yet; and of a version of which nobody
    needed anything nobody does because it went on.
    """
    if review.version != row.version:
        review.version = row.version
        _rest(review)
    return not (review.waits or review.is_release_asked or review.asked or review.unsettled)


def _rest(review: ReviewRow) -> None:
    review.waits = review.is_release_asked = False
    review.asked = review.direct = review.unsettled = review.risk = 0
    review.since = None


def forget(session: Session, document: str) -> None:
    """Take a document that is gone out of the queue, with what was revealed of it."""
    session.execute(delete(ReviewRow).where(ReviewRow.document_id == document))
    session.execute(delete(RevealRow).where(RevealRow.document_id == document))


def decisions_on(session: Session, row: DocumentRow) -> list[Decision]:
    """List the decisions on a document's present version, in order."""
    query = (
        select(*_SEEN_BY_GATE)
        .where(
            DecisionRow.entry_id == row.entry_id,
            DecisionRow.document_id == row.id,
            DecisionRow.version == row.version,
        )
        .order_by(DecisionRow.id)
    )
    return [as_decision(taken) for taken in session.execute(query)]


def own_steps(decisions: Iterable[Decision]) -> dict[str | None, tuple[Step, str]]:
    """Give the practitioner's last step that still holds on each finding, and None for the whole."""
    held = effective(d for d in decisions if not d.by_reviewer)
    return {d.finding: (d.step, d.reason) for d in held}


_SEEN_BY_GATE: tuple[InstrumentedAttribute[Any], ...] = (
    DecisionRow.document_id,
    DecisionRow.version,
    DecisionRow.finding,
    DecisionRow.step,
    DecisionRow.by_reviewer,
    DecisionRow.actor,
    DecisionRow.at,
    DecisionRow.reason_code,
)
"""The columns of a decision that `as_decision` asks for."""


def as_decision(row: DecisionRow | Row[Any]) -> Decision:
    """Return a decision, or the columns of one, as the gate sees it."""
    return Decision(
        document=row.document_id,
        version=row.version,
        finding=row.finding,
        step=row.step,
        by_reviewer=row.by_reviewer,
        actor=row.actor,
        at=row.at,
        reason=row.reason_code,
    )


def last_decision(session: Session, document: str, version: int) -> int:
    """Return the number of the last decision on a version of a document, or 0."""
    query = select(func.max(DecisionRow.id)).where(
        DecisionRow.document_id == document, DecisionRow.version == version
    )
    return session.scalars(query).one() or 0


def standings_on(session: Session, row: DocumentRow) -> dict[str, Standing]:
    """Say where each finding of a document stands that policy blocks or somebody decided on."""
    return standings_of(_document(session, row), decisions_on(session, row))


def _document(session: Session, row: DocumentRow) -> EntryDocument:
    query = (
        select(FindingRow.id, FindingRow.is_direct)
        .where(FindingRow.document_id == row.id, FindingRow.verdict == Verdict.BLOCK)
        .order_by(FindingRow.position)
    )
    blocking = [(finding, direct) for finding, direct in session.execute(query)]
    return EntryDocument(
        id=row.id,
        role=row.role,
        version=row.version,
        status=row.status,
        outcome=row.outcome,
        blocking=tuple(finding for finding, _ in blocking),
        direct=tuple(finding for finding, direct in blocking if direct),
        is_fully_read=row.is_fully_read,
    )


def _lacks_copy(session: Session, row: DocumentRow, decisions: list[Decision]) -> bool:
    """Tell whether no safe copy of a document could be made, and no reviewer has looked at it yet."""
    if any(decision.by_reviewer for decision in decisions):
        return False
    piece = session.get(PieceRow, (row.id, Stage.COPY, 0))
    is_newest = piece is not None and piece.version == row.version and piece.made_of == row.results
    return piece is not None and is_newest and piece.state in (PieceState.NOT_MADE, PieceState.FAILED)


def _is_direct(finding: str, document: EntryDocument) -> bool:
    if finding in document.blocking:
        return finding in document.direct
    return place_of(finding)[2].is_direct


def _asks_release(decisions: list[Decision], finding: str) -> bool:
    steps = [d.step for d in effective(d for d in decisions if d.finding == finding) if d.by_reviewer]
    return bool(steps) and steps[-1] is Step.ASK_RELEASE


def _asks_whole(decisions: list[Decision]) -> bool:
    """Tell whether the last word on the whole document is the practitioner's asking."""
    held = effective(d for d in decisions if d.finding is None)
    return bool(held) and held[-1].step is Step.ASK_REVIEW


def _risk(review: ReviewRow) -> int:
    if review.is_release_asked or (review.asked and review.direct):
        return DIRECT_ASKED
    if review.direct:
        return DIRECT
    return ASKED if review.asked else 0
