"""Put judgements into warnings: one for each person, and one for each kind of other data."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from models.document import Document, Segment
from models.findings import GRAVEST_FIRST, EntityType, Finding, Judgement, Verdict
from models.text import Span
from models.warnings import Spot, Warning, spot_of  # noqa: A004  (the domain's word)
from pipeline.roles import text_of
from rules.policy import Policy
from rules.wording import Wording

MOST_PLACES = 6
"""Places, and lines of one place, that a warning names one by one."""

_OF_A_MATTER = frozenset(
    {EntityType.HEALTH, EntityType.DEMOGRAPHIC, EntityType.FAMILY, EntityType.OCCUPATION, EntityType.EVENT}
)
"""Facts that are told with the matter in whose words they stand: who reads of a colleague's illness
need not read of somebody's health too. A place, a date and an age are blurred in their own way."""

Matters = Mapping[str, Sequence[Spot]]
"""Matters of somebody who need not be named: the words of each by its wording's code, in reading order."""


@dataclass
class _Group:
    """What one warning tells of."""

    wording: Wording
    indexes: list[int] = field(default_factory=list)
    gravity: int = len(GRAVEST_FIRST)


def warn(
    document: Document, judgements: Sequence[Judgement], matters: Matters, policy: Policy
) -> list[Warning]:
    """Tell what was found: all mentions of one person together, all phone numbers together.

    A matter is told once, with the facts in its words. Warnings hold places only, never text
    of the document.
    """
    told = _Told(matters)
    groups: dict[object, _Group] = {}
    for index, judgement in enumerate(judgements):
        code = told.matter_of(judgement)
        wording = policy.wording.by_code[code] if code else _wording(document, judgement, policy)
        is_person = judgement.finding.entity_type is EntityType.PERSON
        group = groups.setdefault(judgement.finding.person if is_person else wording.code, _Group(wording))
        group.indexes.append(index)
        gravity = GRAVEST_FIRST.index(judgement.verdict)
        if gravity < group.gravity:
            group.gravity, group.wording = gravity, wording
    return [
        *(_warning(document, judgements, g, told.left(g.wording.code)) for g in groups.values()),
        *(
            warning_about(document, policy.wording.by_code[c], s)
            for c, s in matters.items()
            if c not in groups
        ),
    ]


class _Told:
    """Which facts stand in the words of a matter, and which of these words no fact marks."""

    def __init__(self, matters: Matters) -> None:
        self._matters = matters
        self._by_segment: dict[tuple[str, str], list[Spot]] = defaultdict(list)
        for code, spots in matters.items():
            for spot in spots:
                self._by_segment[code, spot.segment].append(spot)
        self._marked: set[Spot] = set()

    def matter_of(self, judgement: Judgement) -> str | None:
        """Return the code of the matter in whose words a fact stands, and hold these for marked."""
        finding = judgement.finding
        if judgement.verdict is not Verdict.WARN or finding.entity_type not in _OF_A_MATTER:
            return None
        return next((code for code in self._matters if self._mark(code, finding)), None)

    def left(self, code: str) -> tuple[Spot, ...]:
        """Return the words of a matter that no fact marks."""
        return tuple(spot for spot in self._matters.get(code, ()) if spot not in self._marked)

    def _mark(self, code: str, finding: Finding) -> bool:
        spots = self._by_segment.get((code, finding.segment), [])
        first = bisect_left(spots, finding.span.start + 1, key=lambda spot: spot.span.end)
        last = bisect_left(spots, finding.span.end, key=lambda spot: spot.span.start)
        self._marked.update(spots[first:last])
        return first < last


def where(document: Document, places: Sequence[Spot]) -> str:
    """Name the first place and count the others."""
    first = place_name(document, places[0])
    others = len(places) - 1
    if not others:
        return first
    return f"{first} and {others} more place{'s' if others > 1 else ''}"


def everywhere(document: Document, places: Sequence[Spot]) -> str:
    """Name the places one by one with their lines; count those after a handful."""
    named: dict[str, list[int]] = defaultdict(list)
    for spot in places:
        found = document.by_id[spot.segment]
        lines = named[found.place.name]
        line = _line(found, spot.span)
        if line is not None and line not in lines:
            lines.append(line)
    told = [_with_lines(name, lines) for name, lines in named.items()]
    others = len(told) - MOST_PLACES
    more = [f"{others} more place{'s' if others > 1 else ''}"] if others > 0 else []
    return "; ".join((*told[:MOST_PLACES], *more))


def warning_about(document: Document, wording: Wording, spots: Sequence[Spot]) -> Warning:
    """Warn once of several places of one kind in which no finding stands."""
    return Warning(
        code=wording.code,
        title=counted(wording.title, len(spots)),
        where=everywhere(document, spots),
        why=wording.why,
        instead=wording.instead,
        findings=(),
        grade=wording.grade,
        verdict=Verdict.WARN,
        spots=tuple(spots),
    )


def counted(title: str, places: int) -> str:
    """Add to a title how many places it is about, where there are several."""
    return title if places == 1 else f"{title}: {places} places"


def place_name(document: Document, spot: Spot) -> str:
    """Name a place in plain words, with the line where a text has several."""
    found = document.by_id[spot.segment]
    line = _line(found, spot.span)
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
    document: Document, judgements: Sequence[Judgement], group: _Group, spots: tuple[Spot, ...]
) -> Warning:
    found = [judgements[i] for i in group.indexes]
    places = [spot_of(j) for j in found]
    if spots:
        order = {segment.id: number for number, segment in enumerate(document.segments)}
        places = sorted((*places, *spots), key=lambda spot: (order[spot.segment], spot.span))
    return Warning(
        code=group.wording.code,
        title=counted(group.wording.title, len(places)),
        where=everywhere(document, places) if spots else where(document, places),
        why=group.wording.why,
        instead=group.wording.instead,
        findings=tuple(group.indexes),
        grade=group.wording.grade,
        verdict=GRAVEST_FIRST[group.gravity],
        spots=spots,
    )
