"""Words that a page shows for codes: how far a document is, and what is to be done about it."""

from __future__ import annotations

from dataclasses import dataclass

from models.entry import DocumentStatus
from models.results import Outcome
from storage.shapes import DocumentView


@dataclass(frozen=True, slots=True)
class State:
    """How far a document is, as a tag and a sentence.

    Attributes:
        tone: The tag's colour, beside its words.
        is_moving: Whether it changes by itself.
    """

    tag: str
    tone: str
    meaning: str
    is_moving: bool = False


_MOVING = {
    DocumentStatus.RECEIVED: State("Received", "grey", "It is kept. It will be read next.", is_moving=True),
    DocumentStatus.READING: State("Reading", "blue", "Its text is being read.", is_moving=True),
    DocumentStatus.CHECKING: State("Checking", "blue", "Its words are being checked.", is_moving=True),
    DocumentStatus.FAILED: State(
        "Could not check", "orange", "The fault is ours. We have been told; you need do nothing."
    ),
}
_READY = {
    Outcome.BLOCKED: State("Personal data found", "red", "Change what was found before you submit."),
    Outcome.WARNINGS: State("Please look", "yellow", "Some of it could point to a person."),
    Outcome.NOT_FULLY_READ: State(
        "Could not read everything", "orange", "A person will look at it. You can submit meanwhile."
    ),
    Outcome.NOTHING_FOUND: State("Nothing found", "green", "That is not proof. Read it once more yourself."),
}


def state_of(document: DocumentView) -> State:
    """Say how far a document is."""
    if document.status is DocumentStatus.REFUSED:
        said = document.reason
        meaning = f"{said.message} {said.remedy}" if said else "Replace it or take it out."
        return State("Could not read", "red", meaning)
    if document.status is DocumentStatus.READY and document.outcome is not None:
        return _READY[document.outcome]
    return _MOVING[document.status]
