"""An entry - one CPD record -, its documents, the decisions taken on it, and its gate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from models.errors import Reason
from models.results import Outcome


class EntryStatus(StrEnum):
    """Where an entry stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"


class DocumentStatus(StrEnum):
    """Where a document stands on the line."""

    RECEIVED = "received"
    READING = "reading"
    CHECKING = "checking"
    READY = "ready"
    REFUSED = "refused"
    FAILED = "failed"

    @property
    def is_final(self) -> bool:
        """Tell whether no worker will touch the document again by itself."""
        return self in (DocumentStatus.READY, DocumentStatus.REFUSED, DocumentStatus.FAILED)


ENTRY_FOLLOWS: dict[EntryStatus, frozenset[EntryStatus]] = {
    EntryStatus.DRAFT: frozenset({EntryStatus.SUBMITTED}),
    EntryStatus.SUBMITTED: frozenset({EntryStatus.WITHDRAWN, EntryStatus.DRAFT}),
    EntryStatus.WITHDRAWN: frozenset({EntryStatus.DRAFT}),
}
"""Which status of an entry may follow which."""

DOCUMENT_FOLLOWS: dict[DocumentStatus, frozenset[DocumentStatus]] = {
    DocumentStatus.RECEIVED: frozenset({DocumentStatus.READING, DocumentStatus.FAILED}),
    DocumentStatus.READING: frozenset(
        {DocumentStatus.CHECKING, DocumentStatus.REFUSED, DocumentStatus.FAILED, DocumentStatus.RECEIVED}
    ),
    DocumentStatus.CHECKING: frozenset(
        {DocumentStatus.READY, DocumentStatus.REFUSED, DocumentStatus.FAILED, DocumentStatus.RECEIVED}
    ),
    DocumentStatus.READY: frozenset({DocumentStatus.RECEIVED, DocumentStatus.CHECKING}),
    DocumentStatus.REFUSED: frozenset({DocumentStatus.RECEIVED}),
    DocumentStatus.FAILED: frozenset({DocumentStatus.RECEIVED}),
}
"""Which status of a document may follow which.

Back to `received` means read and checked again (a refused document too: limits and readers
change); from `ready` back to `checking` means
checked again with its text as read, because the entry around it has changed.
"""


def follow(now: DocumentStatus, then: DocumentStatus) -> DocumentStatus:
    """Return the next status of a document.

    Raises:
        ValueError: If the one may not follow the other.
    """
    if then not in DOCUMENT_FOLLOWS[now]:
        raise ValueError(f"{then} may not follow {now}")
    return then


class FormKind(StrEnum):
    """The regulator's forms: which questions an entry answers."""

    STRUCTURED = "structured"
    UNSTRUCTURED = "unstructured"
    SINGLE = "single"


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form.

    Attributes:
        word_limit: Words over which the regulator's form cannot be saved, or None.
    """

    id: str
    label: str
    hint: str
    is_required: bool
    word_limit: int | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its questions in order, and where they are known from.

    Attributes:
        asks_parts: Whether the practitioner must say which parts of the standard the
            record demonstrates.
        unknown: What is not known of the regulator's form, in plain words.
    """

    kind: FormKind
    source: str
    questions: tuple[Question, ...]
    asks_parts: bool = False
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a practitioner wrote under one question. Never changed by the system."""

    question: str
    text: str


class DocumentRole(StrEnum):
    """Whether a document was uploaded as a file or is the form's own text."""

    UPLOAD = "upload"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class EntryDocument:
    """One document of an entry, as the gate sees it.

    Attributes:
        version: Counted from 1; each upload or saved text is a new version.
        blocking: Ids of the findings that policy blocks, in the newest results.
        direct: Those of `blocking` that identify someone on their own.
        is_fully_read: Whether the ledger has nothing unread or doubtful; None while that
            is not known, which the gate takes for no.
    """

    id: str
    role: DocumentRole
    version: int
    status: DocumentStatus
    outcome: Outcome | None = None
    reason: Reason | None = None
    blocking: tuple[str, ...] = ()
    direct: tuple[str, ...] = ()
    is_fully_read: bool | None = None


class Step(StrEnum):
    """What a person did with a finding or a document.

    Only staff change the kind or person of a finding, add one that was missed, or release
    what still identifies someone: one asks for that, and another one does it.
    """

    NOT_PERSONAL = "not_personal"
    ASK_REVIEW = "ask_review"
    CONFIRM = "confirm"
    DISMISS = "dismiss"
    CHANGE = "change"
    ADD = "add"
    ASK_RELEASE = "ask_release"
    RELEASE = "release"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Decision:
    """One step of one person, never removed: a later step takes its place.

    Attributes:
        finding: Id of the finding, or None where the step is about the document.
        version: The document version that was looked at.
        by_reviewer: Whether data-protection staff took it.
        actor: A random id of the person, not a name.
        reason: A reason code; free text is kept sealed elsewhere.
    """

    document: str
    version: int
    finding: str | None
    step: Step
    by_reviewer: bool
    actor: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One CPD record with everything the gate needs to know."""

    id: str
    status: EntryStatus
    form: Form
    answers: tuple[Answer, ...]
    documents: tuple[EntryDocument, ...]
    decisions: tuple[Decision, ...]
    chosen_parts: tuple[str, ...] = ()


class NeedKind(StrEnum):
    """Whose turn it is. Only what needs the practitioner stops submission."""

    NEEDS_YOU = "needs_you"
    WITH_US = "with_us"


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that is still needed.

    Attributes:
        code: Id of the need, as in `docs/codes.md`.
        document: The document it is about, or None.
        question: The question it is about, or None.
    """

    kind: NeedKind
    code: str
    message: str
    document: str | None = None
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a practitioner is told before they submit. It stops nothing.

    Attributes:
        code: Id of the note, as in `docs/codes.md`.
        document: The document it is about, or None.
    """

    code: str
    message: str
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """What stands between an entry and its assessors. No need at all means open."""

    needs: tuple[Need, ...]
    notes: tuple[Note, ...] = ()

    @property
    def is_open(self) -> bool:
        """Tell whether nothing is needed of anybody."""
        return not self.needs

    @property
    def may_submit(self) -> bool:
        """Tell whether nothing is needed of the practitioner."""
        return all(n.kind is not NeedKind.NEEDS_YOU for n in self.needs)
