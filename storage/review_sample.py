"""Samples on the desk: what was drawn, what has been read, and what had been missed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.entry import Step
from pipeline.gate import effective
from storage.audit import Act, audit
from storage.refusals import not_found
from storage.review_standing import decisions_on
from storage.samples import Estimate, estimate
from storage.schema import DocumentRow
from storage.schema_review import SampledRow, SampleRow
from storage.store import Store


@dataclass(frozen=True, slots=True)
class SampledDocument:
    """One drawn document.

    Attributes:
        is_there: Whether it still is what was drawn.
        missed: Places that were missed; None until somebody has read it.
    """

    entry: str
    document: str
    position: int
    is_there: bool
    missed: int | None
    read_by: str | None
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class SampleView:
    """A sample with what reading it came to so far."""

    id: str
    made_at: datetime
    estimate: Estimate
    documents: tuple[SampledDocument, ...] = ()


def list_samples(store: Store, most: int = 20) -> list[SampleView]:
    """List the newest samples."""
    with store.records.read() as session:
        rows = list(session.scalars(select(SampleRow).order_by(SampleRow.made_at.desc()).limit(most)))
    return [SampleView(row.id, row.made_at, estimate(store, row.id)) for row in rows]


def view_sample(store: Store, sample: str) -> SampleView:
    """Read a sample with its documents.

    Raises:
        RequestRefusedError: If there is no such sample.
    """
    counted = estimate(store, sample)
    with store.records.read() as session:
        row = session.get(SampleRow, sample)
        if row is None:
            raise not_found()
        query = select(SampledRow).where(SampledRow.sample_id == sample).order_by(SampledRow.position)
        documents = tuple(_document(session, drawn) for drawn in session.scalars(query))
    return SampleView(row.id, row.made_at, counted, documents)


def read_in_full(store: Store, sample: str, document: str, reader: str) -> int:
    """Note that somebody has read a drawn document, and return how many places the system had missed.

    Those are the places that reviewers added to what was found, and that still hold.

    Raises:
        RequestRefusedError: If the document is not of the sample, is gone, or is another version now.
    """
    with store.records.write() as session:
        drawn, row = session.get(SampledRow, (sample, document)), session.get(DocumentRow, document)
        if drawn is None or row is None or row.version != drawn.version:
            raise not_found()
        drawn.missed, drawn.read_by, drawn.read_at = _added(session, row), reader, store.records.now(session)
        audit(session, store, Act(reader, "sample.read", drawn.entry_id, document))
        return drawn.missed


def _added(session: Session, row: DocumentRow) -> int:
    steps: dict[str | None, list[Step]] = {}
    decisions = decisions_on(session, row)
    for finding in {d.finding for d in decisions}:
        steps[finding] = [d.step for d in effective(d for d in decisions if d.finding == finding)]
    return sum(Step.ADD in held for held in steps.values())


def _document(session: Session, drawn: SampledRow) -> SampledDocument:
    query = select(func.count()).where(
        DocumentRow.id == drawn.document_id, DocumentRow.version == drawn.version
    )
    return SampledDocument(
        entry=drawn.entry_id,
        document=drawn.document_id,
        position=drawn.position,
        is_there=bool(session.scalars(query).one()),
        missed=drawn.missed,
        read_by=drawn.read_by,
        read_at=drawn.read_at,
    )
