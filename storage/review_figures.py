"""Figures of the desk: counts of codes, without anything that a person wrote or who it was about."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.entry import Step
from storage.schema import DecisionRow, DocumentRow, FindingRow
from storage.schema_review import ReviewRow
from storage.store import Store

AGES = (("under a day", 1), ("1 to 3 days", 3), ("3 to 7 days", 7), ("1 to 4 weeks", 28))
"""How long documents have waited, up to so many days."""

LONGER = "over 4 weeks"


@dataclass(frozen=True, slots=True)
class RuleFigure:
    """How often reviewers bore a recognizer out.

    Attributes:
        dismissed: How often a reviewer said that it is not personal data.
    """

    recognizer: str
    confirmed: int
    dismissed: int

    @property
    def share(self) -> int:
        """How many of a hundred decided findings were confirmed."""
        return round(100 * self.confirmed / (self.confirmed + self.dismissed))


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts by code, the most frequent first.

    Attributes:
        waiting: Documents that wait, by how long.
        decisions: Reviewers' steps, undone ones included.
    """

    outcomes: dict[str, int]
    types: dict[str, int]
    reasons: dict[str, int]
    waiting: dict[str, int]
    decisions: dict[str, int]
    rules: tuple[RuleFigure, ...]


def count_figures(store: Store) -> Figures:
    """Count everything that the desk shows as figures."""
    with store.records.read() as session:
        return Figures(
            outcomes=_by(session, DocumentRow.outcome),
            types=_by(session, FindingRow.entity_type),
            reasons=_by(session, DocumentRow.reason_code),
            waiting=_waiting(session, store.records.now(session)),
            decisions=_decisions(session),
            rules=_rules(session),
        )


def _by(session: Session, column: InstrumentedAttribute[object]) -> dict[str, int]:
    query = (
        select(column, func.count()).where(column.is_not(None)).group_by(column).order_by(func.count().desc())
    )
    return {str(code): count for code, count in session.execute(query)}


def _waiting(session: Session, now: datetime) -> dict[str, int]:
    counted = Counter(
        _age(now - since)
        for since in session.scalars(select(ReviewRow.since).where(ReviewRow.waits))
        if since is not None
    )
    return {name: counted[name] for name in (*(name for name, _ in AGES), LONGER)}


def _age(waited: timedelta) -> str:
    return next((name for name, days in AGES if waited < timedelta(days=days)), LONGER)


def _decisions(session: Session) -> dict[str, int]:
    query = (
        select(DecisionRow.step, func.count())
        .where(DecisionRow.by_reviewer)
        .group_by(DecisionRow.step)
        .order_by(func.count().desc())
    )
    return {str(step): count for step, count in session.execute(query)}


def _rules(session: Session) -> tuple[RuleFigure, ...]:
    query = (
        select(DecisionRow.recognizer, DecisionRow.step, func.count())
        .where(
            DecisionRow.by_reviewer,
            DecisionRow.recognizer.is_not(None),
            DecisionRow.step.in_((Step.CONFIRM, Step.DISMISS)),
        )
        .group_by(DecisionRow.recognizer, DecisionRow.step)
    )
    counted: dict[str, Counter[Step]] = {}
    for recognizer, step, count in session.execute(query):
        counted.setdefault(str(recognizer), Counter())[step] += count
    figures = (RuleFigure(name, c[Step.CONFIRM], c[Step.DISMISS]) for name, c in counted.items())
    return tuple(sorted(figures, key=lambda f: (-f.dismissed, f.recognizer)))
