"""Requirements at a glance: what the registration year asks for, and what is there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from models.entry import Entry, EntryStatus, NeedKind
from models.requirements import DraftLack, Glance, Light, PartCover, Tally
from models.standards import Standard
from pipeline.gate import gate
from rules.regimes import Regime, shown_for

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905  (reads better)
_ISO = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*")
_NUMBERS = re.compile(r"\s*(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})\s*")
_WORDS = re.compile(r"\s*(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3})[a-z]*,?\s+(\d{4})\s*", re.IGNORECASE)


def at_a_glance(
    entries: Sequence[Entry], regime: Regime, regimes: Sequence[Regime], standard: Standard, today: date
) -> Glance:
    """Say where a practitioner stands in a registration year.

    It counts what was recorded. It does not promise that the regulator accepts it.
    """
    rule = shown_for(regime, regimes)
    submitted = [e for e in entries if e.status is EntryStatus.SUBMITTED and _is_in(e, regime)]
    different = list({_written(entry): entry for entry in reversed(submitted)}.values())
    drafts = [e for e in entries if e.status is EntryStatus.DRAFT]
    with_peer = sum(bool(_answer(entry, "peer")) for entry in different)
    return Glance(
        standard=standard.id,
        year=regime.label,
        start=regime.start,
        end=regime.end,
        days_left=max(0, (regime.end - max(today, regime.start)).days + 1),
        pieces=_tally(len(different), rule.pieces, "piece of CPD", "pieces of CPD"),
        peer=_tally(
            with_peer, rule.peer_pieces, "piece with a peer reflection", "pieces with a peer reflection"
        ),
        parts=tuple(_covers(submitted, drafts, standard, rule)),
        drafts=tuple(DraftLack(e.id, tuple(_lacks(e, regime, today))) for e in drafts),
        notes=tuple(_notes(regime, rule, len(submitted) - len(different), _undated(entries))),
    )


def read_date(written: str) -> date | None:
    """Read a date as people write it in England: 3/4/2026, 3 April 2026, 2026-04-03."""
    if found := _ISO.fullmatch(written):
        year, month, day = map(int, found.groups())
    elif found := _NUMBERS.fullmatch(written):
        day, month, year = map(int, found.groups())
    elif (found := _WORDS.fullmatch(written)) and found[2].lower() in _MONTHS:
        day, month, year = int(found[1]), _MONTHS.index(found[2].lower()) + 1, int(found[3])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def date_of(entry: Entry) -> date | None:
    """Return the date that an entry gives for its CPD, or None."""
    return read_date(_answer(entry, "date"))


def _answer(entry: Entry, question: str) -> str:
    return next((a.text.strip() for a in reversed(entry.answers) if a.question == question), "")


def _is_in(entry: Entry, regime: Regime) -> bool:
    day = date_of(entry)
    return day is not None and regime.covers(day)


def _written(entry: Entry) -> tuple[str, ...]:
    """Return what tells one piece from another: the answers, without date, space and case."""
    texts = {a.question: " ".join(a.text.lower().split()) for a in entry.answers if a.question != "date"}
    return tuple(f"{question}:{texts[question]}" for question in sorted(texts)) or (entry.id,)


def _tally(have: int, needed: int | None, one: str, many: str) -> Tally:
    """Count something against what the year asks for."""
    said = f"{have} {one if have == 1 else many} recorded"
    if needed is None:
        return Tally(have, needed, Light.UNKNOWN, f"{said}. How many this year asks for is not known.")
    if have >= needed:
        asked = f"this year asks for {needed}" if needed else "this year asks for none"
        return Tally(have, needed, Light.GREEN, f"{said}: {asked}.")
    light = Light.AMBER if have else Light.RED
    return Tally(have, needed, light, f"{said} of {needed}: {needed - have} still needed.")


def _covers(
    submitted: Sequence[Entry], drafts: Sequence[Entry], standard: Standard, rule: Regime
) -> Iterator[PartCover]:
    need_not = " You need not cover every part." if rule.every_part is False else ""
    for part in standard.parts:
        done = sum(part.id in e.chosen_parts for e in submitted)
        begun = sum(part.id in e.chosen_parts for e in drafts)
        light = Light.GREEN if done else Light.AMBER if begun else Light.RED
        words = {
            Light.GREEN: "Chosen in what you have submitted.",
            Light.AMBER: "Chosen in a draft only.",
            Light.RED: f"Not chosen yet this year.{need_not}",
        }[light]
        yield PartCover(part.id, part.name, done, begun, light, words)


def _lacks(entry: Entry, regime: Regime, today: date) -> Iterator[str]:
    """Say what a draft lacks: what its gate needs of the practitioner, and a date that counts."""
    yield from (need.message for need in gate(entry).needs if need.kind is NeedKind.NEEDS_YOU)
    written = _answer(entry, "date")
    day = read_date(written)
    if written and day is None:
        yield "Give the date as day, month and year."
    elif day and day > today:
        yield "The date lies in the future."
    elif day and not regime.covers(day):
        yield f"The date lies outside the registration year {regime.label}: it would not count for it."


def _undated(entries: Sequence[Entry]) -> int:
    """Count the submitted entries whose date cannot be read."""
    return sum(e.status is EntryStatus.SUBMITTED and date_of(e) is None for e in entries)


def _notes(regime: Regime, rule: Regime, identical: int, undated: int) -> Iterator[str]:
    if rule is not regime:
        yield f"What {regime.label} asks for is not known yet. The numbers of {rule.label} are shown."
    yield from regime.asks
    yield from regime.unknown
    if rule.advice:
        yield rule.advice
    if identical:
        yield "Two of your submitted entries say the same. They count as one."
    if undated:
        which = "One submitted entry gives" if undated == 1 else f"{undated} submitted entries give"
        yield f"{which} no date that we could read, and is not counted."
