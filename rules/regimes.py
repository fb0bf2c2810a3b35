"""Regimes: what each registration year asks for. What is not known is None, never a guess."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

from models.entry import FormKind
from models.serialize import from_json, read_json

TABLE = Path(__file__).with_name("regimes.json")
_YEAR = re.compile(r"20\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Regime:
    """What one regulator asks for in one registration year. None means: not known.

    Attributes:
        start: First day of the year; a piece counts when its date lies in the year.
        end: Last day of the year.
        pieces: Different pieces of CPD that must be recorded.
        peer_pieces: How many of them must hold a reflection with a peer.
        drafts: Whether the regulator's form saved drafts.
        word_limit: Words over which the regulator's form could not be saved.
        grace_days: Days after the end in which a missing record could be made good.
        like: The year whose rules are shown while this year's are not known.
        unknown: What is not known, in sentences.
        advice: What the regulator called good practice, beyond what it required.
        asks: What it asks for that is no number of pieces, in sentences.
        every_part: Whether the year's pieces must cover every part of the standard.
    """

    standard: str
    label: str
    start: date
    end: date
    pieces: int | None
    peer_pieces: int | None
    forms: tuple[FormKind, ...] | None
    drafts: bool | None
    word_limit: int | None
    grace_days: int | None
    sources: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    like: str | None = None
    advice: str | None = None
    asks: tuple[str, ...] = ()
    every_part: bool | None = None

    @property
    def year(self) -> str:
        """The year as entries name it: "2026-27"."""
        return f"{self.start.year}-{self.end.year % 100:02}"

    def covers(self, day: date) -> bool:
        """Tell whether a day lies in the registration year."""
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class Standing:
    """What a regulator asks for that has no registration year of its own, or one for each person."""

    standard: str
    every_part: bool | None
    asks: tuple[str, ...]
    unknown: tuple[str, ...]
    sources: tuple[str, ...]

    def in_year(self, first: int) -> Regime:
        """Return the same as a regime of the year that begins in a December. No number is known."""
        return Regime(
            standard=self.standard,
            label=f"{first} to {first + 1}",
            start=date(first, 12, 1),
            end=date(first + 1, 11, 30),
            pieces=None,
            peer_pieces=None,
            forms=None,
            drafts=None,
            word_limit=None,
            grace_days=None,
            sources=self.sources,
            unknown=self.unknown,
            asks=self.asks,
            every_part=self.every_part,
        )


@dataclass(frozen=True, slots=True)
class _Table:
    regimes: tuple[Regime, ...]
    standing: tuple[Standing, ...] = ()


def read_regimes(untrusted: str) -> tuple[Regime, ...]:
    """Read a table of regimes, oldest first.

    Raises:
        ValueError: If it is malformed, years of one standard overlap or leave a gap, or
            a year is said to be like one that is not in the table.
    """
    regimes = from_json(_Table, json.loads(untrusted)).regimes
    labels = {(r.standard, r.label) for r in regimes}
    for regime in regimes:
        if regime.end <= regime.start:
            raise ValueError(f"{regime.label}: ends before it begins")
        if regime.like and (regime.standard, regime.like) not in labels:
            raise ValueError(f"{regime.label}: like a year that is not in the table")
    for standard in {r.standard for r in regimes}:
        years = [r for r in regimes if r.standard == standard]
        for before, after in pairwise(years):
            if after.start - before.end != timedelta(days=1):
                raise ValueError(f"{after.label}: does not follow on from {before.label}")
    return regimes


@cache
def load_standing() -> dict[str, Standing]:
    """Load what regulators ask for without a year of their own, by standard."""
    return {standing.standard: standing for standing in read_json(_Table, TABLE).standing}


@cache
def load_regimes() -> tuple[Regime, ...]:
    """Load the regimes of every standard, oldest first."""
    return read_regimes(TABLE.read_text(encoding="utf-8"))


def regime_on(standard: str, day: date, regimes: Sequence[Regime]) -> Regime | None:
    """Return the regime of a standard on a day, or None where no yearly rule is known."""
    return next((r for r in regimes if r.standard == standard and r.covers(day)), None)


def regime_of_year(standard: str, year: str, regimes: Sequence[Regime]) -> Regime | None:
    """Return the regime of a standard in a registration year as entries name it ("2026-27").

    Where the standard has none of its own, what it asks for at any time stands for it.
    """
    found = next((r for r in regimes if (r.standard, r.year) == (standard, year)), None)
    standing = load_standing().get(standard)
    if found or standing is None or not _YEAR.fullmatch(year):
        return found
    anew = standing.in_year(int(year[:4]))
    return anew if anew.year == year else None


def shown_for(regime: Regime, regimes: Sequence[Regime]) -> Regime:
    """Return the regime whose numbers to show: its own, or the year it is said to be like."""
    if regime.like is None:
        return regime
    return next(r for r in regimes if (r.standard, r.label) == (regime.standard, regime.like))
