"""A document's text with its findings marked, and its warnings linked to the marks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from models.document import Document, Segment, SegmentKind
from models.findings import Verdict
from models.results import Results
from models.warnings import Spot, Warning, spot_of  # noqa: A004  (the domain's word)
from pipeline.marks import Mark, merged, side_by_side
from rules.display import Display

LONGEST = 80
"""Characters of one place that are shown beside a warning: a whole passage can be in another language."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a segment: plain text, or text with a mark.

    Attributes:
        ids: Ids of the findings and warnings' words that stand here, as links name them; none in plain text.
        verdict: The gravest verdict among them.
        label: What it is and whose, in words; empty where words of a warning go on behind a finding.
        warning: Id of the warning that tells of it, or None.
    """

    text: str
    ids: tuple[str, ...] = ()
    verdict: Verdict = Verdict.ALLOW
    label: str = ""
    warning: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A segment as shown.

    Attributes:
        part: The inner name of its place: of a form's answer, the question's id.
        gap: What stands before it in the document text.
        is_page: Whether its place is worth a heading of its own.
    """

    place: str
    part: str | None
    gap: str
    is_page: bool
    is_body: bool
    stretches: tuple[Stretch, ...]

    @property
    def is_marked(self) -> bool:
        """Tell whether something was found in it."""
        return any(s.ids for s in self.stretches)

    @property
    def marks(self) -> frozenset[str]:
        """The ids of the findings that are marked in it."""
        return frozenset(i for s in self.stretches for i in s.ids)

    @property
    def begins_line(self) -> bool:
        """Tell whether it stands on a line of its own and not beside the one before, as cells do."""
        return not self.gap or "\n" in self.gap


@dataclass(frozen=True, slots=True)
class ShownWarning:
    """A warning with the words that it is about, each with the ids of its marks."""

    id: str
    warning: Warning
    found: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """Words that look like personal data and are not."""

    words: str
    place: str
    why: str


def words_at(document: Document, spot: Spot) -> str:
    """Return the words at a place on one line, cut where they are many."""
    words = " ".join(document.by_id[spot.segment].text[spot.span.start : spot.span.end].split())
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rsplit(' ', 1)[0]} …"


def spots_of(results: Results, warning: Warning) -> list[Spot]:
    """List the places that a warning is about: of its findings, then its other words."""
    return [*(spot_of(results.judgements[i]) for i in warning.findings), *warning.spots]


def words_found(results: Results, warning: Warning) -> dict[str, list[int]]:
    """Return the different words that a warning is about, each with the numbers of its places, from 0."""
    found: dict[str, list[int]] = {}
    for number, spot in enumerate(spots_of(results, warning)):
        found.setdefault(words_at(results.document, spot), []).append(number)
    return found


def left_alone(results: Results) -> tuple[LeftAlone, ...]:
    """Return what was deliberately not flagged, each thing once."""
    once: dict[tuple[str, str], LeftAlone] = {}
    for judgement in results.allowed:
        words = words_at(results.document, spot_of(judgement))
        place = results.document.by_id[judgement.finding.segment].place.name
        once.setdefault((words, judgement.why), LeftAlone(words, place, judgement.why))
    return tuple(once.values())


class Marked:
    """Everything that is shown of one checked document.

    Attributes:
        id: What the ids of its marks and warnings begin with, so that several fit in one page.
    """

    def __init__(self, marks_id: str, results: Results, display: Display) -> None:
        self.id = marks_id
        self.results = results
        self._display = display

    @cached_property
    def warnings(self) -> tuple[ShownWarning, ...]:
        """The warnings, each with the words it is about and links to them."""
        shown = []
        for number, warning in enumerate(self.results.warnings):
            ids = [*map(self.mark_id, warning.findings), *self._spot_ids(number)]
            found = words_found(self.results, warning).items()
            links = tuple((words, tuple(ids[i] for i in places)) for words, places in found)
            shown.append(ShownWarning(self._warning_id(number), warning, links))
        return tuple(shown)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every segment with its marks, in reading order."""
        return tuple(map(self._passage, self.results.document.segments))

    @cached_property
    def lines(self) -> tuple[tuple[Passage, ...], ...]:
        """The document text, line by line: passages that stand beside each other are together."""
        lines: list[list[Passage]] = []
        for passage in self.passages:
            if passage.is_body and (passage.begins_line or not lines):
                lines.append([passage])
            elif passage.is_body:
                lines[-1].append(passage)
        return tuple(map(tuple, lines))

    @cached_property
    def beside(self) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
        """What stands beside the text: passages in which something was found, and the others."""
        outside = [p for p in self.passages if not p.is_body]
        return tuple(p for p in outside if p.is_marked), tuple(p for p in outside if not p.is_marked)

    @cached_property
    def left_alone(self) -> tuple[LeftAlone, ...]:
        """What was deliberately not flagged."""
        return left_alone(self.results)

    def mark_id(self, index: int) -> str:
        """Name the mark of a judgement by its index in the results."""
        return f"{self.id}-m{index + 1}"

    @cached_property
    def _warning_of(self) -> dict[int, str]:
        """The first warning that tells of each finding."""
        numbered = enumerate(self.results.warnings)
        pairs = [(i, self._warning_id(n)) for n, w in numbered for i in w.findings]
        return dict(reversed(pairs))

    def _warning_id(self, number: int) -> str:
        return f"{self.id}-w{number + 1}"

    def _spot_ids(self, number: int) -> list[str]:
        """Name the marks of a warning's words that no finding marks."""
        return [
            f"{self._warning_id(number)}-{n + 1}" for n in range(len(self.results.warnings[number].spots))
        ]

    @cached_property
    def _found(self) -> dict[str, list[Mark]]:
        """What the findings mark, by segment, where they overlap as one mark."""
        marks = defaultdict(list)
        for index, judgement in enumerate(self.results.judgements):
            finding, warning = judgement.finding, self._warning_of.get(index)
            label = self._display.label(finding)
            mark = Mark(finding.span, (self.mark_id(index),), judgement.verdict, (label,), warning)
            marks[finding.segment].append(mark)
        return {segment: merged(found) for segment, found in marks.items()}

    @cached_property
    def _told(self) -> dict[str, list[Mark]]:
        """What warnings mark besides, by segment, where they overlap as one mark."""
        marks = defaultdict(list)
        for number, warning in enumerate(self.results.warnings):
            label, to = self._display.matters.get(warning.code, warning.title), self._warning_id(number)
            for spot, mark_id in zip(warning.spots, self._spot_ids(number), strict=True):
                marks[spot.segment].append(Mark(spot.span, (mark_id,), warning.verdict, (label,), to))
        return {segment: merged(told) for segment, told in marks.items()}

    def _passage(self, segment: Segment) -> Passage:
        marks = side_by_side(segment.text, self._found.get(segment.id, []), self._told.get(segment.id, []))
        return Passage(
            place=segment.place.name,
            part=segment.place.part,
            gap=segment.gap if segment.start else "",
            is_page=segment.kind is SegmentKind.PAGE,
            is_body=segment.start is not None,
            stretches=tuple(_stretches(segment.text, marks)),
        )


def _stretches(text: str, marks: Iterable[Mark]) -> Iterator[Stretch]:
    """Cut a text into plain stretches and marks."""
    at = 0
    for mark in marks:
        if mark.span.start > at:
            yield Stretch(text[at : mark.span.start])
        at = mark.span.end
        yield Stretch(
            text[mark.span.start : at], mark.ids, mark.verdict, "; ".join(mark.labels), mark.warning
        )
    if at < len(text):
        yield Stretch(text[at:])
