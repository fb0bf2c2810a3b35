"""Jobs: what is to be done for which document. Ids and numbers only, as queues carry them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.entry import DocumentRole, DocumentStatus

LONG_CHARACTERS = 30_000
"""Length of a text from which its check waits in a line of its own, where it holds up no short one."""


class Stage(StrEnum):
    """A stage of the line that waits in a queue of its own."""

    READ = "read"
    CHECK = "check"
    CHECK_LONG = "check_long"
    CHECK_ANSWERS = "check_answers"
    SCAN = "scan"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Job:
    """One stage for one version of one document.

    Attributes:
        page: For a page of a scan its number, counted from 1; else 0.
    """

    stage: Stage
    document: str
    version: int
    page: int = 0


def stage_of(role: DocumentRole, status: DocumentStatus, characters: int) -> Stage:
    """Say which stage a document waits for or stands at."""
    if status in (DocumentStatus.RECEIVED, DocumentStatus.READING):
        return Stage.READ
    if role is DocumentRole.ANSWERS:
        return Stage.CHECK_ANSWERS
    return Stage.CHECK_LONG if characters > LONG_CHARACTERS else Stage.CHECK
