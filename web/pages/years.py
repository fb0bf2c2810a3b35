"""The registration year that a practitioner is shown: the current one first, others beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.requirements import Glance
from rules.regimes import Regime, load_regimes, regime_of_year, regime_on
from rules.standards import load_standards
from storage.practitioners import Own, years_of
from storage.requirements import view_glance
from storage.store import Store

STANDARD = "swe-4"
"""The standard of those who have no record yet, and of records that are opened here."""

NEAR = 30
"""Days before its end from which the end of a year is near."""


@dataclass(frozen=True, slots=True)
class OtherYear:
    """A year that can be looked at instead.

    Attributes:
        when: When it is, where that is worth saying.
    """

    standard: str
    year: str
    label: str
    when: str


@dataclass(frozen=True, slots=True)
class Year:
    """A registration year as the list of records shows it.

    Attributes:
        left: How much time is left, in words.
        is_near: Whether that is little.
    """

    glance: Glance
    left: str
    is_near: bool
    others: tuple[OtherYear, ...]


def year_of(store: Store, own: Own, asked: tuple[str, str]) -> Year | None:
    """Return the year that was asked for, else the current one; None where no rule of it is known.

    Args:
        store: Where the records are.
        own: Whose they are.
        asked: A standard and a year as the address gives them, or empty texts.
    """
    today = today_of(store)
    known = _known(store, own.id, today)
    if own.reference is None or not known:
        return None
    shown = next((r for r in known if (r.standard, r.year) == asked), known[0])
    glance = view_glance(store, own.portal, own.reference, shown.standard, shown.year)
    is_mixed = len({r.standard for r in known}) > 1
    return Year(
        glance=glance,
        left=left_of(shown, today),
        is_near=shown.covers(today) and (shown.end - today).days <= NEAR,
        others=tuple(_other(r, today, is_mixed=is_mixed) for r in known if r is not shown),
    )


def left_of(regime: Regime, today: date) -> str:
    """Say how much of a year is left, in words."""
    if today < regime.start:
        return f"It begins on {written(regime.start)}."
    days = (regime.end - today).days
    if days < 0:
        return f"It ended on {written(regime.end)}."
    if days == 0:
        return f"Today, {written(regime.end)}, is its last day."
    return f"{days} {'day' if days == 1 else 'days'} left: it ends on {written(regime.end)}."


def written(day: date) -> str:
    """Write a date as people do in England."""
    return f"{day.day} {day:%B %Y}"


def this_year(store: Store) -> str:
    """Return the registration year that today lies in, as records name it."""
    return _year_on(STANDARD, today_of(store))


def today_of(store: Store) -> date:
    """Return today's date by the clock of the records."""
    with store.records.read() as session:
        return store.records.now(session).date()


def _year_on(standard: str, today: date) -> str:
    """Name the year of a day; of a standard without years of its own, as of the one that has them."""
    regimes = load_regimes()
    found = regime_on(standard, today, regimes) or regime_on(STANDARD, today, regimes)
    return (found or [r for r in regimes if r.standard == STANDARD][-1]).year


def _known(store: Store, practitioner: str, today: date) -> list[Regime]:
    """List the years that matter to somebody: the current one first, then theirs, the newest first."""
    mine = years_of(store, practitioner)
    standards = dict.fromkeys([standard for standard, _ in mine] or [STANDARD])
    now = [(standard, _year_on(standard, today)) for standard in standards]
    rest = sorted(set(mine) - set(now), key=lambda pair: pair[1], reverse=True)
    found = [regime_of_year(standard, year, load_regimes()) for standard, year in (*now, *rest)]
    return [regime for regime in found if regime is not None]


def _other(regime: Regime, today: date, *, is_mixed: bool) -> OtherYear:
    label = regime.label
    if is_mixed:
        label = f"{label} ({load_standards()[regime.standard].regulator})"
    return OtherYear(regime.standard, regime.year, label, _when(regime, today))


def _when(regime: Regime, today: date) -> str:
    if regime.covers(today):
        return "now"
    return f"begins on {written(regime.start)}" if today < regime.start else ""
