"""Put judgements into warnings: one for each person, and one for each kind of other data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from models.document import Document, Segment
from models.findings import EntityType, Judgement, Verdict
from models.text import Span
from models.warnings import Warning  # noqa: A004  (the domain's word)
from pipeline.roles import text_of
from rules.policy import Policy
from rules.wording import Wording

GRAVEST_FIRST = tuple(Verdict)
MOST_PLACES = 6
"""Places, and lines of one place, that a warning names one by one."""


def warn(document: Document, judgements: Sequence[Judgement], policy: Policy) -> list[Warning]:
    """Tell what was found: all mentions of one person together, all phone numbers together.

    Warnings hold places only, never text of the document.
    """
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    wordings: dict[tuple[object, ...], tuple[int, Wording]] = {}
    for index, judgement in enumerate(judgements):
        wording = _wording(document, judgement, policy)
        finding = judgement.finding
        key = (finding.person,) if finding.entity_type is EntityType.PERSON else (wording.code,)
        groups[key].append(index)
        gravity = GRAVEST_FIRST.index(judgement.verdict)
        if key not in wordings or gravity < wordings[key][0]:
            wordings[key] = (gravity, wording)
    return [_warning(document, judgements, tuple(groups[key]), wordings[key][1]) for key in groups]


def where(document: Document, places: Sequence[tuple[str, Span]]) -> str:
    """Name the first place and count the others."""
    segment, span = places[0]
    first = place_name(document, segment, span)
    others = len(places) - 1
    if not others:
        return first
    return f"{first} and {others} more place{'s' if others > 1 else ''}"


def everywhere(document: Document, places: Sequence[tuple[str, Span]]) -> str:
    """Name the places one by one, for nothing marks them in the text; count those after a handful."""
    named: dict[str, list[int]] = defaultdict(list)
    for segment, span in places:
        found = document.by_id[segment]
        lines = named[found.place.name]
        line = _line(found, span)
        if line is not None and line not in lines:
            lines.append(line)
    told = [_with_lines(name, lines) for name, lines in named.items()]
    others = len(told) - MOST_PLACES
    more = [f"{others} more place{'s' if others > 1 else ''}"] if others > 0 else []
    return "; ".join((*told[:MOST_PLACES], *more))


def warning_about(document: Document, wording: Wording, places: Sequence[tuple[str, Span]]) -> Warning:
    """Warn once of several places of one kind in which no finding stands."""
    return Warning(
        code=wording.code,
        title=counted(wording.title, len(places)),
        where=everywhere(document, places),
        why=wording.why,
        instead=wording.instead,
        findings=(),
        grade=wording.grade,
        verdict=Verdict.WARN,
    )


def counted(title: str, places: int) -> str:
    """Add to a title how many places it is about, where there are several."""
    return title if places == 1 else f"{title}: {places} places"


def place_name(document: Document, segment: str, span: Span) -> str:
    """Name a place in plain words, with the line where a text has several."""
    found = document.by_id[segment]
    line = _line(found, span)
    return found.place.name if line is None else f"{found.place.name}, line {line}"


def _line(segment: Segment, span: Span) -> int | None:
    """Return the line in which a place begins, where its text has several."""
    if "\n" not in segment.text:
        return None
    return segment.text.count("\n", 0, span.start) + 1


def _with_lines(name: str, lines: Sequence[int]) -> str:
    """Name a place with its lines: "page 2, lines 1, 4 and 9"."""
    if not lines:
        return name
    *first, last = (str(line) for line in lines[:MOST_PLACES])
    more = len(lines) - MOST_PLACES
    if more > 0:
        first, last = [*first, last], f"{more} more"
    return f"{name}, line{'s' if first else ''} {', '.join(first)}{' and ' if first else ''}{last}"


def _wording(document: Document, judgement: Judgement, policy: Policy) -> Wording:
    finding = judgement.finding
    kind = policy.kinds.kind_of(finding.entity_type, text_of(document, finding))
    return policy.wording.wording_for(finding.entity_type, finding.role, kind, judgement.verdict)


def _warning(
    document: Document, judgements: Sequence[Judgement], indexes: tuple[int, ...], wording: Wording
) -> Warning:
    found = [judgements[i] for i in indexes]
    return Warning(
        code=wording.code,
        title=counted(wording.title, len(found)),
        where=where(document, [(j.finding.segment, j.finding.span) for j in found]),
        why=wording.why,
        instead=wording.instead,
        findings=indexes,
        grade=wording.grade,
        verdict=min((j.verdict for j in found), key=GRAVEST_FIRST.index),
    )
