"""Repeats: texts that stand in two records of one practitioner. The regulator asks that none do.

Texts are compared when somebody asks, and nothing of it is kept beside the records: a stored hash
would link entries to whoever holds the records, and outlive what it was made of. What was read
once is remembered by the process that read it, as hashes under a key that ends with the process.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections import OrderedDict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from threading import Lock

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.document import Document
from models.entry import DocumentRole, DocumentStatus, EntryStatus, Gate, Note
from models.findings import Verdict
from models.results import Results
from models.warnings import Warning  # noqa: A004  (the domain's word)
from rules.wording import load_wording
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

MOST = 20_000
"""Texts that a process remembers: some 10 MB."""

_WORD = re.compile(r"\w+")

Said = frozenset[bytes]
"""What a text says: hashes of its parts that are long enough to be compared, or none."""


@dataclass(frozen=True, slots=True)
class _Text:
    """One state of a document's text, without the text.

    Attributes:
        state: Another one for every other text: names of objects that are each written once, and
            for the form's own text the revision of its answers.
    """

    entry: str
    document: str
    role: DocumentRole
    characters: int
    state: tuple[str | None, str | None, int]


class _Memory:
    """What texts say, by their state. The longest unused are forgotten."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._said: OrderedDict[_Text, Said] = OrderedDict()
        self._lock = Lock()

    def recall(self, text: _Text) -> Said | None:
        """Return what a text says, or None where it was not read yet."""
        with self._lock:
            if text in self._said:
                self._said.move_to_end(text)
            return self._said.get(text)

    def remember(self, text: _Text, parts: Sequence[str]) -> Said:
        """Keep what a text says, and return it."""
        said = frozenset(blake2b(part.encode(), key=self._key, digest_size=16).digest() for part in parts)
        with self._lock:
            self._said[text] = said
            if len(self._said) > MOST:
                self._said.popitem(last=False)
        return said


_memory = _Memory()


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
        texts = list(_texts(session, get_entry(session, portal, entry)))
    own = [t for t in texts if t.entry == entry and document in (None, t.document)]
    others = [t for t in texts if t.entry != entry]
    try:
        return [t.document for t in own if _stands_in(store, t, [o for o in others if _is_alike(t, o)])]
    except ObjectsUnavailableError:
        log.warning("texts were not compared: the object store is away")  # advice must not stop an answer
        return []


def _texts(session: Session, row: EntryRow) -> Iterator[_Text]:
    """List what may be compared with an entry: its own texts, and those of its person's other entries."""
    columns = (DocumentRow.entry_id, DocumentRow.id, DocumentRow.role, DocumentRow.characters)
    state = (DocumentRow.extraction, DocumentRow.results, EntryRow.answers_revision)
    query = (
        select(*columns, *state)
        .join(EntryRow, EntryRow.id == DocumentRow.entry_id)
        .where(
            EntryRow.practitioner_id == row.practitioner_id,
            or_(EntryRow.id == row.id, EntryRow.status != EntryStatus.WITHDRAWN),
            DocumentRow.status == DocumentStatus.READY,
        )
        .order_by(DocumentRow.position, DocumentRow.id)
    )
    for entry, document, role, characters, extraction, results, revision in session.execute(query):
        yield _Text(entry, document, role, characters, _state(role, extraction, results, revision))


def _state(
    role: DocumentRole, extraction: str | None, results: str | None, revision: int
) -> tuple[str | None, str | None, int]:
    return extraction, results, revision if role is DocumentRole.ANSWERS else 0


def _stands_in(store: Store, text: _Text, alike: Sequence[_Text]) -> bool:
    said = _said(store, [text]).get(text) if alike else None
    return bool(said) and said in _said(store, alike).values()


def _is_alike(one: _Text, other: _Text) -> bool:
    """Tell whether two documents may hold the same text. It saves opening most."""
    if one.role is not other.role:
        return False
    near = abs(one.characters - other.characters) <= NEARLY * max(one.characters, other.characters)
    return one.role is DocumentRole.ANSWERS or near


def _said(store: Store, texts: Collection[_Text]) -> dict[_Text, Said]:
    """Return what texts say; those that nobody asked about before are opened."""
    known = {text: _memory.recall(text) for text in texts}
    said = {text: held for text, held in known.items() if held is not None}
    if len(said) < len(known):
        said |= _read(store, [text.document for text in known if text not in said])
    return said


def _read(store: Store, documents: Sequence[str]) -> dict[_Text, Said]:
    """Open documents and remember what they say, each under the state in which it was opened."""
    query = (
        select(EntryRow, DocumentRow)
        .join(DocumentRow, EntryRow.id == DocumentRow.entry_id)
        .where(DocumentRow.id.in_(documents), DocumentRow.status == DocumentStatus.READY)
    )
    with store.records.read() as session:
        rows = session.execute(query).all()
    texts = [(_text(entry, document), _parts(store, entry, document)) for entry, document in rows]
    return {text: _memory.remember(text, parts) for text, parts in texts}


def _text(entry: EntryRow, row: DocumentRow) -> _Text:
    state = _state(row.role, row.extraction, row.results, entry.answers_revision)
    return _Text(entry.id, row.id, row.role, row.characters, state)


def _parts(store: Store, entry: EntryRow, document: DocumentRow) -> list[str]:
    """Return what a document says: a file's whole text, or the form's longer answers."""
    read = text_of(store, open_vault(store.masters, entry), entry, document).document
    texts = [read.text] if document.role is DocumentRole.UPLOAD else _answers(read)
    return [" ".join(words) for words in map(_words, texts) if len(words) >= LEAST_WORDS]


def _answers(document: Document) -> list[str]:
    return [segment.text for segment in document.segments]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
