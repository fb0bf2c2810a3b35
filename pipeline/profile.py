"""Profile: the dated list, the selected evidence and the statements, of redacted words only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from models.document import Segment
from models.profile import Activity, Passage, Profile, Statement
from models.results import Results
from models.standards import Standard
from pipeline.sentences import count_words
from rules.templates import ProfileTemplate

_TITLES = ("title", "type")
"""Questions whose answer names a piece of CPD, the best first."""

_LONGEST_TITLE = 200
"""Characters of a title that a list shows."""


def build_profile(
    template: ProfileTemplate,
    standard: Standard,
    span: tuple[date, date],
    activities: Sequence[Activity],
    statements: Mapping[str, Sequence[Passage]],
) -> Profile:
    """Build a profile of what was recorded from one day to another.

    It says what is missing; it does not say whether a regulator would accept it.
    """
    start, end = span
    listed = tuple(sorted(activities, key=lambda a: (a.day is None, a.day or end)))
    written = tuple(_statements(template, statements))
    return Profile(
        name=template.name,
        standard=f"{standard.regulator}: {standard.title}",
        source=template.source,
        start=start,
        end=end,
        activities=listed,
        statements=written,
        notes=tuple(_notes(template, span, listed, written)),
    )


def passages_of(results: Results) -> tuple[Passage, ...]:
    """Return the redacted words of a document, segment by segment."""
    labels: dict[str, list[tuple[int, int, str]]] = {}
    for replacement in results.redaction.replacements:
        edges = (replacement.span.start, replacement.span.end, replacement.label)
        labels.setdefault(replacement.segment, []).append(edges)
    body = results.document.body
    return tuple(Passage(s.place.name, _redacted(s, labels.get(s.id, []))) for s in body if s.text.strip())


def title_of(results: Results) -> str | None:
    """Return what an entry is called, of the results of its answers."""
    questions = [s.place.part for s in results.document.body if s.text.strip()]
    said = dict(zip(questions, passages_of(results), strict=True))
    title = next((" ".join(said[q].text.split()) for q in _TITLES if q in said), None)
    return title if title is None or len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE]}\u2026"


def _redacted(segment: Segment, labels: list[tuple[int, int, str]]) -> str:
    pieces, at = [], 0
    for start, end, label in sorted(labels):
        pieces += [segment.text[at:start], label]
        at = end
    return "".join([*pieces, segment.text[at:]])


def _statements(template: ProfileTemplate, given: Mapping[str, Sequence[Passage]]) -> Iterator[Statement]:
    for section in template.sections:
        if text := "\n\n".join(passage.text for passage in given.get(section.id, ())):
            yield Statement(section.id, section.name, section.words, text)


def _notes(
    template: ProfileTemplate,
    span: tuple[date, date],
    activities: Sequence[Activity],
    statements: Sequence[Statement],
) -> Iterator[str]:
    yield from _gaps(template, span, [a.day for a in activities if a.day])
    if unread := sum(a.title is None for a in activities):
        yield f"{unread} of the activities listed: the text is not checked yet, so it is left out."
    if undated := sum(a.day is None for a in activities):
        yield f"{undated} of the activities listed: no date that we could read."
    there = {s.section for s in statements}
    yield from (f"{s.name}: not written yet. {s.prompt}" for s in template.sections if s.id not in there)
    for statement in statements:
        words = count_words(statement.text)
        if statement.words_asked and words > statement.words_asked:
            yield f"{statement.name}: {words} words. About {statement.words_asked} are asked for."


def _gaps(template: ProfileTemplate, span: tuple[date, date], days: Sequence[date]) -> Iterator[str]:
    """Say where nothing was recorded for so long that the regulator wants to know why."""
    if template.gap_days is None:
        return
    edges = [span[0] - timedelta(days=1), *sorted(days), span[1] + timedelta(days=1)]
    for before, after in pairwise(edges):
        if (after - before).days > template.gap_days:
            first, last = before + timedelta(days=1), after - timedelta(days=1)
            yield f"Nothing is recorded from {_day(first)} to {_day(last)}. {template.gap_note or ''}".strip()


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
