"""What a worker loads for a claimed document: its bytes, or its text and what the entry brings."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from models.entry import Form, FormKind
from models.results import Context, Results
from models.upload import Extraction, Upload
from pipeline.answers import read_answers
from pipeline.scan import add_scans
from rules.forms import load_forms
from storage.claims import Claim
from storage.documents import file_name_of, get_document
from storage.entries import open_answers, open_details, open_memory
from storage.pieces import scans_of
from storage.refusals import not_found
from storage.review_lists import listed_words
from storage.schema import DocumentRow, EntryRow
from storage.store import Store
from storage.vault import Vault, open_vault


def load_upload(store: Store, held: Claim) -> Upload:
    """Load an upload as it was received."""
    with store.records.read() as session:
        _, document, vault = _open(session, store, held)
    if document.original is None:
        raise not_found()
    return Upload(file_name_of(vault, document), vault.get_bytes(store.objects, document.original))


def load_text(store: Store, held: Claim) -> tuple[Extraction, Context]:
    """Load a document's text as read, and the context that its entry brings."""
    with store.records.read() as session:
        entry, document, vault = _open(session, store, held)
    context = open_memory(vault, entry).context(document.id, open_details(vault, entry), entry.standard)
    return text_of(store, vault, entry, document), replace(context, lists=listed_words(store))


def load_results(store: Store, held: Claim) -> Results:
    """Load a document's newest results."""
    with store.records.read() as session:
        _, document, vault = _open(session, store, held)
    if document.results is None:
        raise not_found()
    return vault.get(store.objects, document.results, Results)


def text_of(store: Store, vault: Vault, entry: EntryRow, document: DocumentRow) -> Extraction:
    """Return a document's text as read, that in its pictures too; the form's own text is laid out anew."""
    if document.extraction is None:
        return read_answers(form_of(entry.form), open_answers(vault, entry).answers)
    with store.records.read() as session:
        scans = scans_of(session, store, vault, document)
    return add_scans(vault.get(store.objects, document.extraction, Extraction), scans)


def form_of(kind: FormKind) -> Form:
    """Return a form by its kind."""
    return load_forms()[kind]


def _open(session: Session, store: Store, held: Claim) -> tuple[EntryRow, DocumentRow, Vault]:
    entry = session.get(EntryRow, held.entry)
    if entry is None:
        raise not_found()
    return entry, get_document(session, held.entry, held.job.document), open_vault(store.masters, entry)
