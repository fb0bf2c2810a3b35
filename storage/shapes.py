"""Shapes: an entry and its documents as the portal reads them. They need no database to be imported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.entry import Answer, DocumentRole, DocumentStatus, EntryStatus, FormKind
from models.errors import Reason
from models.findings import EntityType, Role, Verdict
from models.results import Outcome


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document as the portal reads it.

    Attributes:
        is_redacted: Whether this version is the redacted copy of the one before.
        scan: Whether the upload was looked at for malware; None before, and for answers.
    """

    id: str
    role: DocumentRole
    version: int
    status: DocumentStatus
    outcome: Outcome | None
    reason: Reason | None
    file_name: str
    size: int
    is_redacted: bool
    scan: str | None
    attempts: int
    received_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry as the portal reads it.

    Attributes:
        revision: Sent back in If-Match by whoever edits what is shown here.
    """

    id: str
    revision: int
    status: EntryStatus
    practitioner: str
    own_name: str | None
    form: FormKind
    standard: str
    year: str
    answers: tuple[Answer, ...]
    chosen_parts: tuple[str, ...]
    documents: tuple[DocumentView, ...]
    created_at: datetime
    updated_at: datetime
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class EntrySummary:
    """An entry in a list."""

    id: str
    revision: int
    status: EntryStatus
    form: FormKind
    standard: str
    year: str
    created_at: datetime
    updated_at: datetime
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding as the records hold it: where and what, never its text.

    Attributes:
        start: In the segment's raw text, in code points.
        end: The same, half-open.
    """

    id: str
    segment: str
    start: int
    end: int
    entity_type: EntityType
    role: Role
    verdict: Verdict
    rule: str
    is_direct: bool
