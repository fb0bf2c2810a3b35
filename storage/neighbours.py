"""Neighbours: the other documents of an entry, in which a name just found may stand too."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from models.entry import DocumentStatus, follow
from storage.claims import Claim
from storage.documents import documents_of
from storage.entries import open_memory
from storage.events import tell_document
from storage.schema import DocumentRow, EntryRow
from storage.store import Store
from storage.vault import Vault, open_vault
from storage.work import text_of

_WORD = re.compile(r"[^\W\d_]{2,}")
SHORTEST_FOUND = 3
"""Letters of a word that a check found from which on it is looked for elsewhere; two may be a title."""

SHORTEST_GIVEN = 2
"""Letters of a word of a name that a reviewer vouches for: "Jo" is one."""


def stale_neighbours(store: Store, held: Claim, names: Iterable[str]) -> dict[str, int]:
    """Find the checked documents of an entry in which a word of a new name stands.

    Returns:
        Their ids and versions. A word that the entry knew before makes none stale, so that
        documents do not send each other back for ever.
    """
    with store.records.read() as session:
        entry = session.get(EntryRow, held.entry)
        others = [
            row
            for row in documents_of(session, held.entry)
            if row.id != held.job.document and row.status is DocumentStatus.READY
        ]
    if entry is None or not others:
        return {}
    vault = open_vault(store.masters, entry)
    known = {n for found in open_memory(vault, entry).names.values() for n in found}
    new = words_in(names, SHORTEST_FOUND) - words_in(known, SHORTEST_FOUND)
    if not new:
        return {}
    return {row.id: row.version for row in others if not new.isdisjoint(words_of(store, vault, entry, row))}


def check_again(session: Session, stale: dict[str, int], now: datetime) -> None:
    """Send documents back to be checked, those of them that are still what they were."""
    for document, version in stale.items():
        row = session.get(DocumentRow, document)
        if row is not None and row.version == version and row.status is DocumentStatus.READY:
            row.status = follow(row.status, DocumentStatus.CHECKING)
            row.attempts = 0
            row.queued_at = now
            tell_document(session, row, "document.checking", now)


def stop_checks(rows: Iterable[DocumentRow], now: datetime) -> list[str]:
    """Take documents from the workers that check them with a memory that holds no more.

    Returns:
        Their ids. Nothing of what those workers make is saved; each is to be checked anew.
    """
    held = [row for row in rows if row.status is DocumentStatus.CHECKING and row.lease_id is not None]
    for row in held:
        row.lease_id = row.lease_until = None
        row.attempts = 0
        row.queued_at = now
    return [row.id for row in held]


def words_in(texts: Iterable[str], shortest: int = SHORTEST_GIVEN) -> set[str]:
    """Return the words of texts of so many letters and more, folded, each letter in its composed form."""
    composed = (unicodedata.normalize("NFC", text) for text in texts)
    return {w.casefold() for text in composed for w in _WORD.findall(text) if len(w) >= shortest}


def words_of(store: Store, vault: Vault, entry: EntryRow, row: DocumentRow) -> set[str]:
    """Return the words of a checked document."""
    return words_in(segment.text for segment in text_of(store, vault, entry, row).document.segments)
