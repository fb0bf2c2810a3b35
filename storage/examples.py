"""Example entries of made-up people, so that a first look is not at an empty house."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from models.entry import Answer, FormKind
from models.serialize import from_json
from models.upload import Upload
from storage.documents import add_document
from storage.entries import NewEntry, create_entry, find_practitioner, save_answers
from storage.jobs import Job
from storage.schema_service import ReceiptRow
from storage.store import Store

EXAMPLES = Path(__file__).with_name("examples.json")
EXAMPLE_PORTAL = "embedded"
"""The portal whose entries they are where everything runs on one machine. The receipt of the last
deletion of anybody in it never expires, for it tells that they are not to be added again."""

STANDARD, YEAR = "swe-4", "2025-26"


@dataclass(frozen=True, slots=True)
class ExampleFile:
    """A text file of an example entry."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Example:
    """One example entry."""

    practitioner: str
    own_name: str
    form: FormKind
    answers: tuple[Answer, ...]
    files: tuple[ExampleFile, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    examples: tuple[Example, ...]


def load_examples() -> tuple[Example, ...]:
    """Load the examples."""
    return from_json(_Table, json.loads(EXAMPLES.read_text(encoding="utf-8"))).examples


def add_examples(store: Store, portal: str) -> list[Job]:
    """Add the examples as entries of a portal, and return what is to be done for them.

    Those of a practitioner whom the portal knows are left out: they were added before. And where
    everything of somebody was deleted, which the receipt says, none are added: that was somebody's
    decision.
    """
    jobs: list[Job | None] = []
    for example in _new_to(store, portal):
        new = NewEntry(example.practitioner, example.own_name, example.form, STANDARD, YEAR)
        entry = create_entry(store, portal, new)
        answers = {a.question: a.text for a in example.answers}
        jobs.append(save_answers(store, portal, entry, answers, expected_revision=1)[1])
        uploads = (Upload(file.name, file.text.encode()) for file in example.files)
        jobs.extend(add_document(store, portal, entry, upload).job for upload in uploads)
    return [job for job in jobs if job is not None]


def _new_to(store: Store, portal: str) -> list[Example]:
    """Return the examples of whom a portal does not know, if it never deleted the last of anybody."""
    was_deleted = select(ReceiptRow.id).where(ReceiptRow.portal == portal, ReceiptRow.is_last).limit(1)
    with store.records.read() as session:
        if session.scalars(was_deleted).first() is not None:
            return []
        return [
            example
            for example in load_examples()
            if find_practitioner(session, store, portal, example.practitioner) is None
        ]
