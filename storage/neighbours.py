"""Neighbours: the other documents of an entry, in which a name just found may stand too."""

from __future__ import annotations

import re
from collections.abc import Iterable

from models.document import Document
from models.entry import DocumentStatus
from storage.claims import Claim
from storage.documents import documents_of
from storage.entries import open_memory
from storage.schema import EntryRow
from storage.store import Store
from storage.vault import open_vault
from storage.work import text_of

_WORD = re.compile(r"[^\W\d_]{3,}")


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
    new = _words(names) - _words(known)
    if not new:
        return {}
    return {
        row.id: row.version
        for row in others
        if not new.isdisjoint(_words_of(text_of(store, vault, entry, row).document))
    }


def _words_of(document: Document) -> set[str]:
    return _words(segment.text for segment in document.segments)


def _words(texts: Iterable[str]) -> set[str]:
    return {word.casefold() for text in texts for word in _WORD.findall(text)}
