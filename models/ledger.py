"""The ledger: every place in a file that can hold words, each with its state."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.document import SegmentKind


class LedgerState(StrEnum):
    """Whether a place was read."""

    READ = "read"
    EMPTY = "read_and_empty"
    LOW_CONFIDENCE = "low_confidence"
    NOT_READ = "not_read"


class ObjectKind(StrEnum):
    """A thing in a file that may hold words but is not text itself."""

    IMAGE = "image"
    EMBEDDED_FILE = "embedded_file"
    MACRO = "macro"
    SIGNATURE = "signature"
    DRAWING = "drawing"
    REVISION = "revision"
    UNKNOWN_PART = "unknown_part"


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line of the ledger.

    Attributes:
        kind: The kind of place, or the kind of object ("image", "attachment").
        place: Where, in plain words; never text of the document.
        count: How many places of this kind the line speaks for.
        reason: Why a place was not read or is of low confidence, else None.
        page: Page number counted from 1, where the place is on one page.
    """

    kind: SegmentKind | ObjectKind
    place: str
    count: int
    state: LedgerState
    reason: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every place in a file that can hold words, in the order met."""

    lines: tuple[LedgerLine, ...]

    @property
    def is_fully_read(self) -> bool:
        """Tell whether nothing is left unread or doubtful."""
        return all(line.state in (LedgerState.READ, LedgerState.EMPTY) for line in self.lines)
