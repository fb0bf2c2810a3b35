"""Parts of the standard: what a practitioner chooses, and what there is to learn from it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from models.entry import DocumentStatus
from models.results import Results, Versions
from models.standards import PartDecision, PartScore
from rules.standards import load_standards
from storage.documents import documents_of
from storage.entries import edit_entry, get_entry
from storage.events import tell_entry
from storage.objects import ObjectsUnavailableError
from storage.refusals import RefusalCode, RequestRefusedError
from storage.schema import EntryRow
from storage.schema_parts import PartDecisionRow
from storage.shapes import PartDecisionView, PartStep
from storage.store import Store
from storage.vault import open_vault

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A part as the entry's documents scored it best."""

    score: PartScore
    versions: Versions


def choose_parts(store: Store, portal: str, entry: str, parts: Sequence[str], expected_revision: int) -> None:
    """Note which parts of the standard the practitioner says the entry demonstrates.

    What was suggested and chosen counts as accepted, suggested and not chosen as rejected,
    chosen without suggestion as added. The last choice takes the place of those before.

    Raises:
        RequestRefusedError: If the standard has no such part, or the entry was edited since.
    """
    seen = _scores(store, portal, entry)
    with store.records.write() as session:
        now = store.records.now(session)
        row = edit_entry(session, portal, entry, expected_revision, now)
        known = [p.id for p in load_standards()[row.standard].parts]
        if not set(known).issuperset(parts):
            raise RequestRefusedError(RefusalCode.UNKNOWN_PART, "The standard has no such part.")
        row.chosen_parts = [p for p in known if p in parts]
        session.execute(delete(PartDecisionRow).where(PartDecisionRow.entry_id == entry))
        session.add_all(_decisions(row, seen, now))
        tell_entry(session, row, "entry.saved", now)


def list_part_decisions(store: Store, portal: str, entry: str) -> list[PartDecisionView]:
    """List what the practitioner did with the parts of an entry, as last saved."""
    query = select(PartDecisionRow).where(PartDecisionRow.entry_id == entry).order_by(PartDecisionRow.part)
    with store.records.read() as session:
        get_entry(session, portal, entry)
        return [_view(row) for row in session.scalars(query)]


def read_part_decisions(store: Store, standard: str) -> list[PartDecision]:
    """Read the decisions on one standard of every portal, to learn from."""
    query = select(PartDecisionRow).where(PartDecisionRow.standard == standard)
    with store.records.read() as session:
        rows = session.scalars(query.order_by(PartDecisionRow.at, PartDecisionRow.entry_id))
        return [PartDecision(standard, _score(row), row.accepted, _versions(row)) for row in rows]


def _scores(store: Store, portal: str, entry: str) -> dict[str, _Seen]:
    """Return how the entry's documents scored each part; each part by the document that shows it best.

    Where the objects cannot be reached nothing is learnt: the choice itself must not wait for that.
    """
    with store.records.read() as session:
        row = get_entry(session, portal, entry)
        documents = documents_of(session, entry)
    vault = open_vault(store.masters, row)
    found: dict[str, _Seen] = {}
    try:
        for document in documents:
            if document.status is DocumentStatus.READY and document.results is not None:
                _keep_best(found, vault.get(store.objects, document.results, Results))
    except ObjectsUnavailableError:
        log.warning("objects away: a choice of parts is kept without its scores")
        return {}
    return found


def _keep_best(found: dict[str, _Seen], results: Results) -> None:
    for score in results.scores:
        before = found.get(score.part)
        if before is None or _rank(score) > _rank(before.score):
            found[score.part] = _Seen(score, results.versions)


def _rank(score: PartScore) -> tuple[bool, float]:
    return (score.shown is not None, score.probability)


def _decisions(row: EntryRow, seen: dict[str, _Seen], now: datetime) -> Iterator[PartDecisionRow]:
    for part, found in seen.items():
        is_chosen = part in row.chosen_parts
        if is_chosen or found.score.shown is not None:
            yield PartDecisionRow(
                entry_id=row.id,
                part=part,
                standard=row.standard,
                features=list(found.score.features),
                probability=found.score.probability,
                shown=found.score.shown,
                accepted=is_chosen,
                rules_version=found.versions.rules,
                model_version=found.versions.model,
                at=now,
            )


def _view(row: PartDecisionRow) -> PartDecisionView:
    step = PartStep.REJECTED
    if row.accepted:
        step = PartStep.ADDED if row.shown is None else PartStep.ACCEPTED
    return PartDecisionView(step, _score(row), _versions(row), row.at)


def _score(row: PartDecisionRow) -> PartScore:
    return PartScore(row.part, tuple(row.features), row.probability, row.shown)


def _versions(row: PartDecisionRow) -> tuple[str, str]:
    return (row.rules_version, row.model_version)
