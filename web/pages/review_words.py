"""What codes of the desk are called on its pages."""

from __future__ import annotations

from models.entry import DocumentStatus, Step
from pipeline.gate import Standing
from rules.display import Sentence
from storage.review_queue import Which

STANDINGS: dict[Standing | None, str] = {
    Standing.OPEN: "Open",
    Standing.WAITING: "Waits for you",
    Standing.CONFIRMED: "To be hidden",
    Standing.SETTLED: "Settled",
    None: "Writer was told",
}

_KEPT = "Look again in a moment. What was decided on this version is kept."

UNDER_WAY: dict[DocumentStatus, Sentence] = {
    DocumentStatus.RECEIVED: Sentence("Waits to be read", _KEPT),
    DocumentStatus.READING: Sentence("Being read", _KEPT),
    DocumentStatus.CHECKING: Sentence("Being checked", _KEPT),
}
"""What is told of a document while workers have it."""

LISTS: dict[Which, str] = {
    Which.WAITING: "Everything that waits",
    Which.RELEASE: "Second person asked",
    Which.ASKED: "Asked about",
    Which.UNREAD: "Not read in full",
    Which.FAILED: "Failed",
    Which.REFUSED: "Could not be read",
    Which.ALL: "All documents",
}

_OTHERS = "The record\u2019s other documents in which the name stands are being checked again."

SAID: dict[str, str] = {
    Step.CONFIRM: "To be hidden.",
    Step.DISMISS: "Not personal data.",
    Step.CHANGE: "Changed.",
    Step.ADD: "Added wherever it stands.",
    Step.ASK_RELEASE: "A second person has been asked to release this document.",
    Step.RELEASE: "Released.",
    Step.UNDO: "Taken back.",
    f"{Step.ADD}_again": f"Added wherever it stands. {_OTHERS}",
    f"{Step.CHANGE}_again": f"Changed. {_OTHERS}",
    f"{Step.UNDO}_again": f"Taken back. {_OTHERS}",
    "released": "Released.",
    "rejected": "Sent back to its writer.",
    "revealed": "The words are open to you for 30 minutes. It has been noted.",
    "masked": "Everything is masked again.",
    "taken": "The document is yours for 20 minutes after each step.",
    "let_go": "The document is free for others.",
    "assigned": "Noted whose document this is.",
    "retried": "Sent to be read and checked again.",
    "read": "Noted that you have read the document in full.",
    "drawn": "The documents have been drawn.",
    "adopted": "The word is on the list now. It acts on every check from now on.",
    "removed": "The word is off the list.",
}
"""What was just done, by the code in the address."""

HAPPENED: dict[str, str] = {
    "document.received": "Received",
    "document.reading": "Reading began",
    "document.checking": "Sent to be checked",
    "document.ready": "Checked",
    "document.refused": "Could not be read",
    "document.failed": "Failed",
    "document.retried": "Sent down the line again",
    "document.copy_made": "Redacted copy made",
    "document.copy_not_made": "No redacted copy could be made",
    "document.revealed": "Opened all masked words",
    "finding.revealed": "Opened the words of one finding",
    "review.taken_over": "Took the document over",
    "review.assigned": "Assigned it",
    "review.unassigned": "Took the assignment back",
    "review.checked_again": "Sent to be checked again: a name was added or taken back in another document",
    Step.NOT_PERSONAL: "Said it is not personal data",
    Step.ASK_REVIEW: "Asked for a review",
    Step.CONFIRM: "Confirmed",
    Step.DISMISS: "Dismissed or released",
    Step.CHANGE: "Changed what it is",
    Step.ADD: "Added what was missed",
    Step.ASK_RELEASE: "Asked a second person to release",
    Step.RELEASE: "Released as the second person",
    Step.UNDO: "Took the last step back",
}
