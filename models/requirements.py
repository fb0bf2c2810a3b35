"""Requirements at a glance: where a practitioner stands in a registration year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Light(StrEnum):
    """How far something has come. Always shown with its words, never as a colour alone."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many there are of something that the year asks for.

    Attributes:
        have: Submitted and dated in the year.
        needed: Asked for, or None where that is not known.
        words: The same in a sentence for the practitioner.
    """

    have: int
    needed: int | None
    light: Light
    words: str


@dataclass(frozen=True, slots=True)
class PartCover:
    """One part of the standard over the year: in which entries it was chosen."""

    part: str
    name: str
    submitted: int
    drafts: int
    light: Light
    words: str


@dataclass(frozen=True, slots=True)
class DraftLack:
    """What one draft still lacks, in sentences. Empty: nothing that we can tell."""

    entry: str
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Glance:
    """Where a practitioner stands in a registration year.

    Attributes:
        days_left: Days to the end of the year, the last day counted; 0 once it is over.
        notes: What is not known, what was assumed, what looks odd, in sentences.
    """

    standard: str
    year: str
    start: date
    end: date
    days_left: int
    pieces: Tally
    peer: Tally
    parts: tuple[PartCover, ...]
    drafts: tuple[DraftLack, ...]
    notes: tuple[str, ...]
