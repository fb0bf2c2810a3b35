"""Repeats: texts that stand in two records of one practitioner. The regulator asks that none do.

Texts are compared when somebody asks, and nothing is kept of it: a stored hash would link
entries to whoever holds the records, and outlive what it was made of.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.document import Document
from models.entry import DocumentRole, DocumentStatus, EntryStatus, Gate, Note
from models.findings import Verdict
from models.results import Results
from models.warnings import Warning  # noqa: A004  (the domain's word)
from rules.wording import load_wording
from storage.documents import documents_of
from storage.entries import get_entry
from storage.objects import ObjectsUnavailableError
from storage.schema import DocumentRow, EntryRow
from storage.store import Store
from storage.vault import open_vault
from storage.work import text_of

log = logging.getLogger(__name__)

CODE = "identical_record"
LEAST_WORDS = 20
"""Words from which on a text is compared: titles, dates and job names are alike in honest records."""

NEARLY = 0.1
"""By how much the lengths of two texts may differ that are opened to be compared."""

_WORD = re.compile(r"\w+")


def with_notes(store: Store, portal: str, entry: str, gate: Gate) -> Gate:
    """Add to an entry's gate which of its documents stand in another record too. It stops nothing."""
    wording = load_wording().by_code[CODE]
    told = f"{wording.title}. {wording.why}"
    notes = tuple(Note(CODE, told, document) for document in repeated(store, portal, entry))
    return replace(gate, notes=notes)


def with_warning(store: Store, portal: str, entry: str, document: str, results: Results) -> Results:
    """Add to a document's results that its text stands in another record too, where it does."""
    if document not in repeated(store, portal, entry, document):
        return results
    wording = load_wording().by_code[CODE]
    warning = Warning(
        code=CODE,
        title=wording.title,
        where="the whole text",
        why=wording.why,
        instead=wording.instead,
        findings=(),
        grade=wording.grade,
        verdict=Verdict.INFORM,
    )
    return replace(results, warnings=(*results.warnings, warning))


def repeated(store: Store, portal: str, entry: str, document: str | None = None) -> list[str]:
    """List the documents of an entry whose text stands in another entry of its practitioner too.

    Only one person's own entries are ever compared. Case, spaces and punctuation count for
    nothing; a text that differs by a word is another text.

    Args:
        store: Where the entries are.
        portal: Whose entry it is.
        entry: Its id.
        document: The one document that is asked about; None for all of the entry's.
    """
    with store.records.read() as session:
        row = get_entry(session, portal, entry)
        own = [d for d in documents_of(session, entry) if _is_ready(d) and document in (None, d.id)]
        others = [(other, d) for other in _others(session, row) for d in documents_of(session, other.id)]
    try:
        return [d.id for d in own if _stands_in(store, row, d, others)]
    except ObjectsUnavailableError:
        log.warning("texts were not compared: the object store is away")  # advice must not stop an answer
        return []


def _others(session: Session, row: EntryRow) -> list[EntryRow]:
    query = select(EntryRow).where(
        EntryRow.practitioner_id == row.practitioner_id,
        EntryRow.id != row.id,
        EntryRow.status != EntryStatus.WITHDRAWN,
    )
    return list(session.scalars(query))


def _stands_in(
    store: Store, row: EntryRow, document: DocumentRow, others: Iterable[tuple[EntryRow, DocumentRow]]
) -> bool:
    alike = [(entry, d) for entry, d in others if _is_ready(d) and _is_alike(document, d)]
    said = _said(store, row, document) if alike else frozenset()
    return bool(said) and any(said == _said(store, entry, d) for entry, d in alike)


def _is_ready(document: DocumentRow) -> bool:
    return document.status is DocumentStatus.READY


def _is_alike(one: DocumentRow, other: DocumentRow) -> bool:
    """Tell whether two documents may hold the same text. It saves opening most."""
    if one.role is not other.role:
        return False
    near = abs(one.characters - other.characters) <= NEARLY * max(one.characters, other.characters)
    return one.role is DocumentRole.ANSWERS or near


def _said(store: Store, entry: EntryRow, document: DocumentRow) -> frozenset[str]:
    """Return what a document says: a file's whole text, or the form's longer answers."""
    read = text_of(store, open_vault(store.masters, entry), entry, document).document
    texts = [read.text] if document.role is DocumentRole.UPLOAD else _answers(read)
    return frozenset(" ".join(words) for words in map(_words, texts) if len(words) >= LEAST_WORDS)


def _answers(document: Document) -> list[str]:
    return [segment.text for segment in document.segments]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
