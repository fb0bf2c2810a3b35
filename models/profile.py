"""A profile: what a practitioner keeps, or shows an auditor, of their CPD over some time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Passage:
    """Some redacted words of an entry, under what they answer or where they stand."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Activity:
    """One piece of CPD in a profile. All words are as redacted.

    Attributes:
        entry: Id of the entry.
        day: As the entry gives it, or None where that cannot be read.
        title: What it is called; None where its text is not checked yet.
        parts: Those that the practitioner chose.
        evidence: Its words, where it was selected; empty where it is only listed.
    """

    entry: str
    day: date | None
    title: str | None
    parts: tuple[str, ...]
    evidence: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One text that the practitioner wrote for the profile, as redacted.

    Attributes:
        words_asked: About how many the regulator asks for, or None.
    """

    section: str
    name: str
    words_asked: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile. It holds redacted words only, so that it may leave the account.

    Attributes:
        source: Who asks for such a profile, or that nobody does.
        start: First day that it covers.
        end: Last day that it covers.
        activities: By date; those without one last.
        notes: Gaps to explain, what is left out and why, in sentences.
    """

    name: str
    standard: str
    source: str
    start: date
    end: date
    activities: tuple[Activity, ...]
    statements: tuple[Statement, ...]
    notes: tuple[str, ...]
