"""One page of a document's warnings, with the text that they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.entry import Step
from models.findings import Verdict, finding_id
from models.ledger import LedgerLine, LedgerState
from models.results import Results
from pipeline.gate import Standing
from pipeline.marked import LeftAlone, Marked, Passage, ShownWarning, spots_of
from rules.display import load_display
from rules.reasons import reasons_for
from storage.checked import CheckedDocument
from storage.suggestions import labels_for
from web.pages.excerpt import excerpt

AT_ONCE = 20
"""Warnings on one page."""

WHOLE = 20_000
"""Characters up to which a text is shown in full beside its warnings, where these fit on one page."""

STOPS = (Standing.OPEN, Standing.CONFIRMED)
"""Where a finding stands while it keeps a record from being submitted."""


@dataclass(frozen=True, slots=True)
class Told:
    """A warning, where it stands, and what can be done about it.

    Attributes:
        number: Counted from 1 over the whole document.
        standing: The gravest among its findings, or None where nothing must be done about them.
        own: What the practitioner did about all of it, with the reason in words, or None.
        findings: Ids of its findings.
        labels: What can be written in place of its words.
        question: The question whose answer it stands in.
    """

    number: int
    shown: ShownWarning
    standing: Standing | None
    own: tuple[Step, str] | None
    findings: tuple[str, ...]
    labels: tuple[str, ...]
    question: str | None

    @property
    def page(self) -> int:
        """The page that it stands on."""
        return page_of(self.number)

    @property
    def is_done(self) -> bool:
        """Tell whether it is settled, so far as its practitioner can settle it."""
        return self.standing is Standing.SETTLED or (self.own is not None and self.standing is None)

    @property
    def is_open(self) -> bool:
        """Tell whether its practitioner still has something to do or to say about it."""
        if self.standing is not None:
            return self.standing in STOPS
        return self.own is None and self.shown.warning.verdict is not Verdict.INFORM


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of warnings.

    Attributes:
        told: The warnings on this page.
        counts: How many there are in the whole document, by their verdict.
        stopping: How many of them keep the record from being submitted.
        after: The open warning after each on this page, by id: where to go on when it is settled.
        elsewhere: The pages of the warnings that are not on this one, by their ids.
        lines: The text, or what of it stands around the marks of this page.
        is_whole: Whether it is the whole text.
        beside: Passages beside the text in which something is marked.
        unread: What could not be read, or not well.
    """

    page: int
    pages: int
    told: tuple[Told, ...]
    counts: dict[Verdict, int]
    stopping: int
    after: dict[str, Told]
    elsewhere: dict[str, int]
    lines: tuple[tuple[Passage, ...], ...]
    is_whole: bool
    beside: tuple[Passage, ...]
    left_alone: tuple[LeftAlone, ...]
    unread: tuple[LedgerLine, ...]


def page_of(number: int) -> int:
    """Return the page on which a warning stands, by its number."""
    return (number - 1) // AT_ONCE + 1


def sheet_of(checked: CheckedDocument, results: Results, page: int) -> Sheet:
    """Lay out one page of a document's warnings; where there is no such page, the nearest."""
    marked = Marked("d", results, load_display())
    told = _told(checked, results, marked)
    pages = page_of(max(1, len(told)))
    page = min(max(1, page), pages)
    here = [t for t in told if t.page == page]
    is_whole = pages == 1 and len(results.document.text) <= WHOLE
    marks = {mark for t in here for _, ids in t.shown.found for mark in ids}
    return Sheet(
        page=page,
        pages=pages,
        told=tuple(here),
        counts={verdict: sum(t.shown.warning.verdict is verdict for t in told) for verdict in Verdict},
        stopping=sum(t.standing in STOPS for t in told),
        after=_after(told, here),
        elsewhere={t.shown.id: t.page for t in told if t.page != page},
        lines=marked.lines if is_whole else excerpt(marked.lines, marks),
        is_whole=is_whole,
        beside=tuple(p for p in marked.beside[0] if pages == 1 or p.marks & marks),
        left_alone=marked.left_alone,
        unread=tuple(line for line in results.ledger.lines if line.state in _UNREAD),
    )


_UNREAD = (LedgerState.NOT_READ, LedgerState.LOW_CONFIDENCE)
_GRAVEST_FIRST = (*STOPS, Standing.WAITING, Standing.SETTLED)


def _after(told: Sequence[Told], here: Sequence[Told]) -> dict[str, Told]:
    """Return the next warning that is still open after each of some; the first of all after the last."""
    waiting = [t for t in told if t.is_open]
    after = {}
    for one in here:
        others = [t for t in waiting if t is not one]
        found = next((t for t in others if t.number > one.number), next(iter(others), None))
        if found is not None:
            after[one.shown.id] = found
    return after


def _told(checked: CheckedDocument, results: Results, marked: Marked) -> list[Told]:
    """List the warnings, each with where it stands after all decisions."""
    labels = labels_for(results)
    told = []
    for number, shown in enumerate(marked.warnings, 1):
        judgements = [results.judgements[i] for i in shown.warning.findings]
        ids = tuple(dict.fromkeys(finding_id(j.finding) for j in judgements))
        parts = {results.document.by_id[s.segment].place.part for s in spots_of(results, shown.warning)}
        told.append(
            Told(
                number,
                shown,
                _gravest([checked.standings[i] for i in ids if i in checked.standings]),
                _own_step(checked, ids),
                ids,
                tuple(dict.fromkeys(label for i in ids for label in labels.get(i, ()))),
                parts.pop() if len(parts) == 1 else None,
            )
        )
    return told


def _gravest(standings: Sequence[Standing]) -> Standing | None:
    return min(standings, key=_GRAVEST_FIRST.index, default=None)


def _own_step(checked: CheckedDocument, ids: Sequence[str]) -> tuple[Step, str] | None:
    """Return what the practitioner did about every one of some findings, or None."""
    steps = [checked.own.get(i) for i in ids]
    if not steps or steps[0] is None or any(step != steps[0] for step in steps):
        return None
    step, reason = steps[0]
    return step, reasons_for(step).get(reason, reason)
