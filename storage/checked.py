"""A checked document as its practitioner sees it: results, decisions, and where each finding stands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from models.entry import DocumentRole, DocumentStatus, EntryStatus, Step
from models.errors import Reason
from models.results import Results
from pipeline.gate import Standing
from storage.documents import documents_of, file_name_of, get_document, reason_of
from storage.entries import get_entry
from storage.repeats import with_warning
from storage.review_standing import decisions_on, own_steps, standings_on
from storage.schema import DocumentRow
from storage.store import Store
from storage.vault import open_vault


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """One document with everything that is said of it.

    Attributes:
        revision: Of the entry, to be sent back by whoever changes an answer here.
        results: None while there are none: being checked, refused or failed.
        standings: Of the findings that policy blocks or somebody has decided on, by their ids.
        own: The practitioner's last step that still holds on each finding, with its reason's code.
        whole: The same on the document as a whole, or None.
    """

    entry: str
    status: EntryStatus
    revision: int
    document: str
    version: int
    role: DocumentRole
    stage: DocumentStatus
    file_name: str
    is_redacted: bool
    reason: Reason | None
    results: Results | None
    standings: dict[str, Standing]
    own: dict[str, tuple[Step, str]]
    whole: tuple[Step, str] | None

    @property
    def is_editable(self) -> bool:
        """Tell whether the practitioner may change it now."""
        return self.status is EntryStatus.DRAFT


def view_checked(store: Store, portal: str, entry: str, document: str) -> CheckedDocument:
    """Read a document with its newest results and the decisions on them."""
    with store.records.read() as session:
        row = get_entry(session, portal, entry)
        found = get_document(session, entry, document)
        vault = open_vault(store.masters, row)
        is_ready = found.status is DocumentStatus.READY and found.results is not None
        own = own_steps(decisions_on(session, found))
        checked = CheckedDocument(
            entry=entry,
            status=row.status,
            revision=row.revision,
            document=document,
            version=found.version,
            role=found.role,
            stage=found.status,
            file_name=file_name_of(vault, found),
            is_redacted=found.is_redacted,
            reason=reason_of(vault, found),
            results=vault.get(store.objects, str(found.results), Results) if is_ready else None,
            standings=standings_on(session, found) if is_ready else {},
            own={finding: step for finding, step in own.items() if finding is not None},
            whole=own.get(None),
        )
    if checked.results is None:
        return checked
    return replace(checked, results=with_warning(store, portal, entry, document, checked.results))


def results_of(store: Store, portal: str, entry: str) -> list[tuple[str, Results]]:
    """Return the results of each document of an entry that has any, with the document's id."""
    with store.records.read() as session:
        row = get_entry(session, portal, entry)
        ready = _ready(session, entry)
    vault = open_vault(store.masters, row)
    return [(d.id, vault.get(store.objects, str(d.results), Results)) for d in ready]


def _ready(session: Session, entry: str) -> list[DocumentRow]:
    return [d for d in documents_of(session, entry) if d.status is DocumentStatus.READY and d.results]
