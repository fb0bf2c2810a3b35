"""What follows a reviewer's step: the document's results, what the entry remembers, its other documents."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace

from sqlalchemy import select

from models.entry import DocumentStatus, Step
from models.findings import EntityType
from pipeline.attach import facts_in, names_in
from storage.audit import Act, audit
from storage.documents import documents_of
from storage.entries import get_entry, open_memory, save_memory
from storage.jobs import Job, stage_of
from storage.neighbours import check_again, stop_checks, words_in, words_of
from storage.objects import NoSuchObjectError
from storage.review_corrections import renew_results
from storage.review_step import Desk, ReviewStep
from storage.schema import DocumentRow
from storage.sealed import Memory
from storage.store import Store
from storage.vault import open_vault

CHECKED_AGAIN = "review.checked_again"
"""In the audit: a document was sent to be checked because of a step on another of its entry."""


def read_others(store: Store, portal: str, entry: str, step: ReviewStep) -> dict[tuple[str, int], set[str]]:
    """Read an entry's other checked documents before a step with which a name may come or go.

    That takes its time, and on SQLite nobody could write meanwhile if it were done with the step.

    Returns:
        Their words, by id and version. One that is missing is read with the step.
    """
    if not _may_move_names(step):
        return {}
    with store.records.read() as session:
        row = get_entry(session, portal, entry)
        others = [d for d in documents_of(session, entry) if d.id != step.document]
    vault, read = open_vault(store.masters, row), {}
    for other in others:
        if other.status is DocumentStatus.READY:
            with suppress(NoSuchObjectError):  # it was replaced just now
                read[other.id, other.version] = words_of(store, vault, row, other)
    return read


def _may_move_names(step: ReviewStep) -> bool:
    if step.step is Step.ADD:
        return step.kind is EntityType.PERSON
    return step.step in (Step.CHANGE, Step.UNDO)


def follow(desk: Desk) -> tuple[str, ...]:
    """Let results and the entry's memory follow a step.

    A name that a reviewer adds to one document is looked for in the entry's others too, and
    one that is taken back is no longer: those in which it stands are checked again. One that a
    worker is checking is checked anew, for the worker knows the memory as it was.

    Returns:
        The ids of these other documents.
    """
    results = renew_results(desk.session, desk.store, desk.vault, desk.row)
    if results is None:
        return ()
    memory = open_memory(desk.vault, desk.entry)
    learned = memory.learn(desk.row.id, names_in(results), results.labels, facts_in(results))
    before, now = _words(memory, desk.row.id), _words(learned, desk.row.id)
    gone, come = before - now, now - _words(memory)
    others = [row for row in documents_of(desk.session, desk.entry.id) if row.id != desk.row.id]
    again = _check_others(desk, others, gone | come)
    learned = _without(learned, {row.id for row in others if row.status is DocumentStatus.CHECKING}, gone)
    if learned != memory:
        save_memory(desk.vault, desk.entry, learned)
        again += stop_checks(others, desk.now)
    for document in again:
        audit(desk.session, desk.store, Act(desk.reviewer, CHECKED_AGAIN, desk.entry.id, document))
    return tuple(again)


def jobs_again(store: Store, documents: Sequence[str]) -> list[Job]:
    """Return the jobs of documents that are to be checked again, to be sent once the step is saved."""
    if not documents:
        return []
    query = select(DocumentRow).where(
        DocumentRow.id.in_(documents), DocumentRow.status == DocumentStatus.CHECKING
    )
    with store.records.read() as session:
        rows = list(session.scalars(query))
    return [Job(stage_of(row.role, row.status, row.characters), row.id, row.version) for row in rows]


def _check_others(desk: Desk, others: Iterable[DocumentRow], words: set[str]) -> list[str]:
    """Send those of the entry's other documents in which one of some words stands to be checked again."""
    if not words:
        return []
    checked = [row for row in others if row.status is DocumentStatus.READY]
    stale = {row.id: row.version for row in checked if not words.isdisjoint(_words_of(desk, row))}
    check_again(desk.session, stale, desk.now)
    return list(stale)


def _words_of(desk: Desk, row: DocumentRow) -> set[str]:
    """Return the words of another document, as read before the step where they were."""
    read = desk.others.get((row.id, row.version))
    return words_of(desk.store, desk.vault, desk.entry, row) if read is None else read


def _without(memory: Memory, documents: Container[str], gone: set[str]) -> Memory:
    """Let documents that are to be checked forget names of words that are gone.

    Each would else go on telling the others what it found only because they told it.
    """
    kept = {
        document: tuple(n for n in names if document not in documents or gone.isdisjoint(words_in([n])))
        for document, names in memory.names.items()
    }
    return replace(memory, names=kept)


def _words(memory: Memory, document: str | None = None) -> set[str]:
    """Return the words of the names of one document, or of all."""
    told = memory.names.values() if document is None else [memory.names.get(document, ())]
    return words_in(name for names in told for name in names)
