"""What assessors get of an entry: copies in which nobody is named, the practitioner included."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.document import Document
from models.entry import DocumentRole, FormKind
from models.findings import Person
from models.redaction import Redaction
from models.results import Assessment, Results
from models.upload import Upload
from pipeline.gate import gate
from pipeline.redact import redact
from rules.labels import load_labels
from storage.documents import documents_of, file_name_of
from storage.entries import open_details
from storage.schema import DocumentRow, EntryRow
from storage.sealed import Details
from storage.store import Store
from storage.vault import Vault, open_vault
from storage.views import gate_entry

OWN_IDENTITY = "own_identity"


class WithheldError(Exception):
    """Assessors do not get an entry, for now.

    Attributes:
        codes: Why: the codes of what its gate still needs, or `own_identity` where the
            practitioner's name would still stand in a copy.
    """

    def __init__(self, codes: frozenset[str]) -> None:
        super().__init__(", ".join(sorted(codes)))
        self.codes = codes


@dataclass(frozen=True, slots=True)
class AssessorsDocument:
    """One document of which assessors get a copy.

    Attributes:
        name: What the copy is called: it tells nothing.
        upload: The file of which a copy is to be made; None for the form's own text.
        redaction: Hides everybody, the practitioner too; counts in the segments of `document`.
    """

    name: str
    upload: Upload | None
    document: Document
    redaction: Redaction


@dataclass(frozen=True, slots=True)
class AssessorsEntry:
    """An entry as assessors get it: what was asked and said, not by whom."""

    form: FormKind
    standard: str
    year: str
    chosen_parts: tuple[str, ...]
    documents: tuple[AssessorsDocument, ...]


def open_for_assessors(store: Store, entry: str) -> AssessorsEntry:
    """Open an entry for assessors.

    Raises:
        WithheldError: If its gate is not open, or a copy would still name the practitioner.
    """
    with store.records.read() as session:
        row = session.get_one(EntryRow, entry)
        needs = gate(gate_entry(session, store, row)).needs
        documents = documents_of(session, entry)
    if needs:
        raise WithheldError(frozenset(need.code for need in needs))
    vault = open_vault(store.masters, row)
    details = open_details(vault, row)
    opened = tuple(_open(store, vault, document) for document in documents)
    if any(_names_writer(d.redaction.text, details) for d in opened):
        raise WithheldError(frozenset({OWN_IDENTITY}))
    return AssessorsEntry(row.form, row.standard, row.year, tuple(row.chosen_parts), opened)


def practitioner_of(store: Store, entry: str) -> tuple[str, str]:
    """Return whose an entry is: the portal, and its reference of the practitioner."""
    with store.records.read() as session:
        row = session.get_one(EntryRow, entry)
    return row.portal, open_details(open_vault(store.masters, row), row).practitioner


def _open(store: Store, vault: Vault, row: DocumentRow) -> AssessorsDocument:
    results = vault.get(store.objects, str(row.results), Results)
    upload = None
    if row.original is not None:
        upload = Upload(file_name_of(vault, row), vault.get_bytes(store.objects, row.original))
    name = "answers" if row.role is DocumentRole.ANSWERS else f"document-{row.position}"
    return AssessorsDocument(name, upload, results.document, _redaction(results))


def _redaction(results: Results) -> Redaction:
    """Redact once more, with the entry's own labels; what its writer may say of themselves goes too."""
    people = {
        j.finding.person: Person(j.finding.person, j.finding.role)
        for j in results.judgements
        if j.finding.person is not None
    }
    assessment = Assessment(results.judgements, results.allowed, results.warnings, tuple(people.values()))
    redaction, _ = redact(results.document, assessment, results.labels, load_labels(), for_assessor=True)
    return redaction


def _names_writer(text: str, details: Details) -> bool:
    """Tell whether the practitioner's name or reference, as the portal told them, stands in a text."""
    told = [r"\s+".join(map(re.escape, t.split())) for t in (details.own_name or "", details.practitioner)]
    return any(t and re.search(rf"(?<!\w){t}(?!\w)", text, re.IGNORECASE) for t in told)
