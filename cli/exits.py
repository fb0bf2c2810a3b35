"""What the exit code tells. 1 and 2 stay what every command means by them: a crash, a wrong call."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from cli.checked import Checked
from models.entry import DocumentStatus
from models.results import Outcome


class Exit(IntEnum):
    """Exit codes of the commands that check files. The highest of several files wins."""

    NOTHING_FOUND = 0
    WARNINGS = 10
    STOPPED = 20
    NOT_CHECKED = 30


_BY_OUTCOME = {
    Outcome.NOTHING_FOUND: Exit.NOTHING_FOUND,
    Outcome.WARNINGS: Exit.WARNINGS,
    Outcome.NOT_FULLY_READ: Exit.STOPPED,
    Outcome.BLOCKED: Exit.STOPPED,
}


def exit_code(checked: Checked) -> Exit:
    """Tell what one file's check came to as an exit code."""
    if checked.status is not DocumentStatus.READY or checked.results is None:
        return Exit.NOT_CHECKED
    return _BY_OUTCOME[checked.results.outcome]


def gravest(codes: Iterable[Exit]) -> Exit:
    """Return the highest of several exit codes."""
    return max(codes, default=Exit.NOTHING_FOUND)
