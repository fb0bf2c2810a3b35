"""Samples: repeatable random draws of practitioners, and of documents in which nothing was found."""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from models.entry import DocumentStatus, EntryStatus
from models.results import Outcome
from storage.audit import Act, audit
from storage.ids import new_id
from storage.refusals import not_found
from storage.schema import DocumentRow, EntryRow
from storage.schema_review import SampledRow, SampleRow
from storage.store import Store

SURE = 0.95
"""How often the limits of an estimate hold the true share, at the least."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A practitioner who was drawn.

    Attributes:
        number: Place in the draw. Assessors know them by it alone.
        practitioner: Their random id.
        entries: Ids of their submitted entries, in the order of submission.
    """

    number: int
    practitioner: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeopleSample:
    """A draw of practitioners who submitted something for a registration year.

    Attributes:
        population: How many there were to draw from.
    """

    year: str
    population: int
    people: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True)
class DocumentSample:
    """A draw of documents, which people are to read in full at the review desk."""

    id: str
    population: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many documents in which nothing was found hold something after all.

    Attributes:
        read: How many of those drawn were read so far; the estimate is of these.
        missing: In how many of them something was missed.
        missed: How many places that was.
        low: Lower limit of the share in all such documents (0 to 1); `high` the upper.
    """

    population: int
    drawn: int
    read: int
    missing: int
    missed: int
    low: float
    high: float


def draw(ids: Iterable[str], rate: float, seed: int) -> list[str]:
    """Draw a share of some ids, at least one of any. The same ids and seed give the same draw.

    Args:
        ids: What to draw from, in any order.
        rate: Per cent.
        seed: Any number.
    """
    ordered = sorted(ids, key=lambda i: hashlib.sha256(f"{seed}\n{i}".encode()).digest())
    return ordered[: math.ceil(len(ordered) * Fraction(str(rate)) / 100)]


def sample_people(store: Store, actor: str, rate: float, seed: int, year: str | None = None) -> PeopleSample:
    """Draw practitioners who submitted something for a year; for the newest, where none is named.

    It is people who are drawn, not entries: whoever wrote much is not looked at more often.
    """
    with store.records.write() as session:
        chosen = year or session.scalars(select(func.max(EntryRow.year)).where(_is_submitted())).one() or ""
        query = (
            select(EntryRow.practitioner_id, EntryRow.id)
            .where(_is_submitted(), EntryRow.year == chosen)
            .order_by(EntryRow.submitted_at, EntryRow.id)
        )
        entries: dict[str, list[str]] = defaultdict(list)
        for practitioner, entry in session.execute(query):
            entries[practitioner].append(entry)
        people = [
            Drawn(number, practitioner, tuple(entries[practitioner]))
            for number, practitioner in enumerate(draw(entries, rate, seed), 1)
        ]
        audit(session, store, Act(actor, "sample.drawn"))
        return PeopleSample(chosen, len(entries), tuple(people))


def sample_documents(store: Store, actor: str, rate: float, seed: int) -> DocumentSample:
    """Draw submitted documents in which nothing was found, and put them on the desk to be read."""
    with store.records.write() as session:
        query = (
            select(DocumentRow)
            .join(EntryRow, EntryRow.id == DocumentRow.entry_id)
            .where(
                _is_submitted(),
                DocumentRow.status == DocumentStatus.READY,
                DocumentRow.outcome == Outcome.NOTHING_FOUND,
            )
        )
        found = {row.id: row for row in session.scalars(query)}
        sample, now = new_id(), store.records.now(session)
        session.add(SampleRow(id=sample, made_at=now, made_by=actor, population=len(found)))
        drawn = [found[document] for document in draw(found, rate, seed)]
        session.add_all(_sampled(sample, position, row) for position, row in enumerate(drawn, 1))
        audit(session, store, Act(actor, "sample.drawn"))
        return DocumentSample(sample, len(found), len(drawn))


def estimate(store: Store, sample: str) -> Estimate:
    """Say how many documents hold something after all, with limits, from those read so far.

    Raises:
        RequestRefusedError: If there is no such sample.
    """
    with store.records.read() as session:
        row = session.get(SampleRow, sample)
        if row is None:
            raise not_found()
        misses = _misses(session, sample)
    read = [missed for missed in misses if missed is not None]
    missing = sum(missed > 0 for missed in read)
    low, high = limits_of(missing, len(read))
    return Estimate(row.population, len(misses), len(read), missing, sum(read), low, high)


def limits_of(count: int, of: int) -> tuple[float, float]:
    """Return the limits of a share (Clopper and Pearson 1934): exact, so never too narrow.

    Nothing read tells nothing: the limits are 0 and 1.
    """
    tail = (1 - SURE) / 2
    low = 0.0 if count == 0 else _share_where(lambda p: 1 - _at_most(count - 1, of, p) >= tail)
    high = 1.0 if count == of else _share_where(lambda p: _at_most(count, of, p) <= tail)
    return low, high


def _share_where(is_past: Callable[[float], bool]) -> float:
    """Find by halving the least share from which on something holds."""
    below, above = 0.0, 1.0
    for _ in range(50):
        middle = (below + above) / 2
        below, above = (below, middle) if is_past(middle) else (middle, above)
    return above


def _at_most(count: int, of: int, share: float) -> float:
    """Return how likely at most so many of some are, each with the same chance."""
    return sum(math.comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(count + 1))


def _is_submitted() -> ColumnElement[bool]:
    return EntryRow.status == EntryStatus.SUBMITTED


def _sampled(sample: str, position: int, row: DocumentRow) -> SampledRow:
    return SampledRow(
        sample_id=sample, document_id=row.id, entry_id=row.entry_id, version=row.version, position=position
    )


def _misses(session: Session, sample: str) -> list[int | None]:
    return list(session.scalars(select(SampledRow.missed).where(SampledRow.sample_id == sample)))
