"""Made-up entries for the gate's tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from models.entry import (
    Answer,
    Decision,
    DocumentRole,
    DocumentStatus,
    Entry,
    EntryDocument,
    EntryStatus,
    Form,
    FormKind,
    Question,
    Step,
)
from models.results import Outcome

START = datetime(2026, 11, 1, 9, tzinfo=UTC)

FORM = Form(
    FormKind.SINGLE,
    "made up",
    (
        Question("title", "Title", "", is_required=True),
        Question("what", "What did you do?", "", is_required=True, word_limit=5),
        Question("peer", "Peer", "", is_required=False),
    ),
)
ANSWERS = (Answer("title", "A day of learning"), Answer("what", "I read and reflected"))


def ready(document: str = "d1", **changes: object) -> EntryDocument:
    """Make a checked document in which nothing was found."""
    plain = EntryDocument(
        document,
        DocumentRole.UPLOAD,
        1,
        DocumentStatus.READY,
        Outcome.NOTHING_FOUND,
        is_fully_read=True,
    )
    return replace(plain, **changes)


def blocked(*, direct: bool = True, **changes: object) -> EntryDocument:
    """Make a checked document with one blocking finding, "f1"."""
    return ready(outcome=Outcome.BLOCKED, blocking=("f1",), direct=("f1",) if direct else (), **changes)


def entry(*documents: EntryDocument, decisions: tuple[Decision, ...] = (), **changes: object) -> Entry:
    """Make an entry with all answers given and checked, and these documents."""
    answers = ready("answers", role=DocumentRole.ANSWERS)
    made = Entry("e1", EntryStatus.DRAFT, FORM, ANSWERS, (answers, *documents), decisions)
    return replace(made, **changes)


def took(
    step: Step,
    *,
    minute: int = 0,
    reviewer: bool = False,
    finding: str | None = "f1",
    version: int = 1,
    document: str = "d1",
) -> Decision:
    """Make a decision taken some minutes after the start."""
    actor = "reviewer" if reviewer else "practitioner"
    at = START + timedelta(minutes=minute)
    return Decision(document, version, finding, step, reviewer, actor, at, "code")
