"""What became of one file that was given to the command."""

from __future__ import annotations

from dataclasses import dataclass

from models.entry import DocumentStatus
from models.errors import Reason
from models.results import Results
from models.upload import FileKind

FAILED_CODE = "failed"
FAILED_MESSAGE = "This file could not be checked. The fault is ours, not the file's."
FAILED_REMEDY = "Try again. If it happens again, report it with the line that the command wrote about it."


@dataclass(frozen=True, slots=True)
class Checked:
    """One file with its results, or with why there are none.

    Attributes:
        file: The path as it was given.
        status: `ready`, `refused` or `failed`.
        reason: Why the file was refused, else None.
        fault: What went wrong and where in the program, when it failed; never text of
            the document.
        kind: What kind of file it is, where it could be read.
    """

    file: str
    status: DocumentStatus
    results: Results | None = None
    reason: Reason | None = None
    fault: str | None = None
    kind: FileKind | None = None
