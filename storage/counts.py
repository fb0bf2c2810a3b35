"""Counts: how many documents stand where, and since when, as operators watch it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from models.entry import DocumentStatus
from models.errors import ReasonCode
from models.results import Outcome
from storage.jobs import LONG_CHARACTERS, Stage, stage_of
from storage.schema import DocumentRow
from storage.schema_pieces import PieceRow, PieceState
from storage.schema_service import DeliveryRow
from storage.store import Store

_ON_THE_LINE = (DocumentStatus.RECEIVED, DocumentStatus.READING, DocumentStatus.CHECKING)


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands at one stage.

    Attributes:
        waiting: Documents, or pieces of them, that no worker has.
        working: Those that a worker has.
        oldest_seconds: Since when the one waits that has waited longest. A message that was
            lost and sent again begins anew.
    """

    waiting: int = 0
    working: int = 0
    oldest_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Counts:
    """How many stand where.

    Attributes:
        stages: What waits and what is worked on, by stage.
        documents: By status.
        outcomes: Documents that are ready, by outcome.
        refusals: Documents that are refused, by reason.
        deliveries_due: Deliveries to webhooks that should have been tried by now.
        deliveries_given_up: Those that are not tried any more.
    """

    stages: Mapping[Stage, Standing]
    documents: Mapping[DocumentStatus, int]
    outcomes: Mapping[Outcome, int]
    refusals: Mapping[ReasonCode, int]
    deliveries_due: int
    deliveries_given_up: int


def count_all(store: Store) -> Counts:
    """Count everything on one state of the records."""
    with store.records.read() as session:
        now = store.records.now(session)
        due = DeliveryRow.next_at <= now
        given_up = DeliveryRow.next_at.is_(None) & DeliveryRow.delivered_at.is_(None)
        documents, outcomes, refusals = _documents(session)
        return Counts(
            stages=_stages(session, now),
            documents=documents,
            outcomes=outcomes,
            refusals=refusals,
            deliveries_due=session.scalars(select(func.count()).where(due)).one(),
            deliveries_given_up=session.scalars(select(func.count()).where(given_up)).one(),
        )


def _documents(
    session: Session,
) -> tuple[dict[DocumentStatus, int], dict[Outcome, int], dict[ReasonCode, int]]:
    columns = (DocumentRow.status, DocumentRow.outcome, DocumentRow.reason_code)
    statuses = dict.fromkeys(DocumentStatus, 0)
    outcomes = dict.fromkeys(Outcome, 0)
    refusals = dict.fromkeys(ReasonCode, 0)
    query = select(*columns, func.count()).group_by(*columns)
    for status, outcome, reason, count in session.execute(query):
        statuses[status] += count
        if status is DocumentStatus.READY and outcome is not None:
            outcomes[outcome] += count
        if status is DocumentStatus.REFUSED and reason is not None:
            refusals[reason] += count
    return statuses, outcomes, refusals


def _stages(session: Session, now: datetime) -> dict[Stage, Standing]:
    is_long = DocumentRow.characters > LONG_CHARACTERS
    is_held = DocumentRow.lease_id.is_not(None)
    waits_for_pages = (DocumentRow.status == DocumentStatus.READING) & DocumentRow.extraction.is_not(None)
    columns = (DocumentRow.status, DocumentRow.role, is_long, is_held)
    query = (
        select(*columns, func.count(), func.min(DocumentRow.queued_at))
        .where(DocumentRow.status.in_(_ON_THE_LINE), ~waits_for_pages)
        .group_by(*columns)
    )
    found = dict.fromkeys(Stage, Standing())
    for status, role, long, held, count, since in session.execute(query):
        stage = stage_of(role, status, LONG_CHARACTERS + 1 if long else 0)
        found[stage] = _with(found[stage], count, _seconds(since, now), held)
    for stage, held, count, since in session.execute(_pieces()):
        found[stage] = _with(found[stage], count, _seconds(since, now), held)
    return found


def _pieces() -> Select[Stage, bool, int, datetime | None]:
    columns = (PieceRow.stage, PieceRow.lease_id.is_not(None))
    return (
        select(*columns, func.count(), func.min(PieceRow.queued_at))
        .where(PieceRow.state == PieceState.WAITING)
        .group_by(*columns)
    )


def _seconds(since: datetime | None, now: datetime) -> float:
    return 0.0 if since is None else (now - since).total_seconds()


def _with(standing: Standing, count: int, seconds: float, held: object) -> Standing:
    """Return what stands at a stage with some more documents."""
    if held:
        return Standing(standing.waiting, standing.working + count, standing.oldest_seconds)
    oldest = max(standing.oldest_seconds, seconds)
    return Standing(standing.waiting + count, standing.working, oldest)
