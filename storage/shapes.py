"""Shapes: an entry and its documents as the portal reads them. They need no database to be imported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from models.entry import Answer, DocumentRole, DocumentStatus, EntryStatus, FormKind, Step
from models.errors import Reason
from models.findings import EntityType, Role, Verdict
from models.results import Outcome
from models.standards import PartScore


class CopyState(StrEnum):
    """Where the redacted copy of a document stands."""

    NOT_CHECKED = "not_checked"
    NOT_ASKED_FOR = "not_asked_for"
    WANTED = "wanted"
    BEING_MADE = "being_made"
    READY = "ready"
    NOTHING_TO_HIDE = "nothing_to_hide"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class CopyView:
    """Where the redacted copy stands that follows a document's newest results.

    Attributes:
        code: Why there is none and will be none, as a request for it would be refused; else None.
        told: The same in a plain sentence.
        ending: How its name ends (".docx") when it is ready, which need not be as the original's does.
    """

    state: CopyState
    code: str | None = None
    told: str | None = None
    ending: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document as the portal reads it.

    Attributes:
        is_redacted: Whether this version is the redacted copy of the one before.
        scan: Whether the upload was looked at for malware; None before, and for answers.
        copy: Where its redacted copy stands; None for the form's own text, which is no file.
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
    copy: CopyView | None
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


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision as those may read it who may read the entry."""

    id: int
    document: str
    version: int
    finding: str | None
    step: Step
    by_reviewer: bool
    actor: str
    at: datetime
    reason: str
    note: str | None
    batch: str | None = None
    rules_version: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One event, as the portal sees it.

    Attributes:
        id: Grows with time; a reader asks for what came after the last it saw.
    """

    id: int
    at: datetime
    code: str
    entry: str
    document: str | None
    version: int | None
    status: str | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """That an entry was deleted. It names ids, counts and times, and no hash of anything.

    Attributes:
        cause: "request" or "retention".
        is_last: Whether it was the practitioner's last entry: what finds them again by their reference
            is deleted with it, or when they are signed out.
        backups_until: From then on no backup can hold the key that opened the entry.
    """

    id: str
    entry: str
    cause: str
    documents: int
    objects: int
    is_last: bool
    deleted_at: datetime
    backups_until: datetime


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where a portal is told of events."""

    id: str
    url: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event on its way to one webhook, and what became of it."""

    id: int
    code: str
    entry: str
    document: str | None
    version: int | None
    status: str | None
    at: datetime
    attempts: int
    next_at: datetime | None
    status_code: int | None
    delivered_at: datetime | None


class PartStep(StrEnum):
    """What a practitioner did with a part."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class PartDecisionView:
    """What was done with one part, with the score it had then. No text."""

    step: PartStep
    score: PartScore
    versions: tuple[str, str]
    at: datetime


@dataclass(frozen=True, slots=True)
class NewWebhook:
    """A webhook that was added, with the secret that signs what is sent to it. It is shown this once."""

    webhook: Webhook
    secret: str


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link for a practitioner. It is shown this once."""

    url: str
    expires_at: datetime
