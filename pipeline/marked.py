"""A document's text with its findings marked, and its warnings linked to the marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from models.document import Document, Segment, SegmentKind
from models.findings import Judgement, Verdict
from models.results import Results
from models.text import Span
from models.warnings import Warning  # noqa: A004  (the domain's word)
from rules.display import Display

GRAVEST_FIRST = tuple(Verdict)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a segment: plain text, or text with a mark.

    Attributes:
        ids: Ids of the findings that stand here, as links name them; none in plain text.
        verdict: The gravest verdict among them.
        label: What it is and whose, in words.
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


def words_of(document: Document, judgement: Judgement) -> str:
    """Return the words that a finding covers, on one line."""
    span = judgement.finding.span
    return " ".join(document.by_id[judgement.finding.segment].text[span.start : span.end].split())


def words_found(results: Results, warning: Warning) -> dict[str, list[int]]:
    """Return the different words that a warning is about, in order, each with its findings' indexes."""
    found: dict[str, list[int]] = {}
    for index in warning.findings:
        found.setdefault(words_of(results.document, results.judgements[index]), []).append(index)
    return found


def left_alone(results: Results) -> tuple[LeftAlone, ...]:
    """Return what was deliberately not flagged, each thing once."""
    once: dict[tuple[str, str], LeftAlone] = {}
    for judgement in results.allowed:
        words = words_of(results.document, judgement)
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
        for number, warning in enumerate(self.results.warnings, 1):
            found = words_found(self.results, warning)
            links = tuple((words, tuple(self.mark_id(i) for i in places)) for words, places in found.items())
            shown.append(ShownWarning(f"{self.id}-w{number}", warning, links))
        return tuple(shown)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every segment with its marks, in reading order."""
        found: dict[str, list[int]] = {}
        for index, judgement in enumerate(self.results.judgements):
            found.setdefault(judgement.finding.segment, []).append(index)
        return tuple(self._passage(s, found.get(s.id, [])) for s in self.results.document.segments)

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
        numbered = enumerate(self.results.warnings, 1)
        pairs = [(i, f"{self.id}-w{n}") for n, w in numbered for i in w.findings]
        return dict(reversed(pairs))

    def _passage(self, segment: Segment, found: Sequence[int]) -> Passage:
        return Passage(
            place=segment.place.name,
            part=segment.place.part,
            gap=segment.gap if segment.start else "",
            is_page=segment.kind is SegmentKind.PAGE,
            is_body=segment.start is not None,
            stretches=tuple(self._stretches(segment.text, found)),
        )

    def _stretches(self, text: str, found: Sequence[int]) -> Iterator[Stretch]:
        at = 0
        for span, members in self._merged(found):
            if span.start > at:
                yield Stretch(text[at : span.start])
            yield self._mark(text[span.start : span.end], members)
            at = span.end
        if at < len(text):
            yield Stretch(text[at:])

    def _merged(self, found: Sequence[int]) -> list[tuple[Span, list[int]]]:
        """Put findings that overlap into one mark, in reading order."""
        merged: list[tuple[Span, list[int]]] = []
        for index in sorted(found, key=lambda i: self.results.judgements[i].finding.span):
            span = self.results.judgements[index].finding.span
            if merged and merged[-1][0].overlaps(span):
                before, members = merged.pop()
                span, members = Span(before.start, max(before.end, span.end)), [*members, index]
            else:
                members = [index]
            merged.append((span, members))
        return merged

    def _mark(self, text: str, members: Sequence[int]) -> Stretch:
        judgements = [self.results.judgements[i] for i in members]
        return Stretch(
            text=text,
            ids=tuple(self.mark_id(i) for i in members),
            verdict=min((j.verdict for j in judgements), key=GRAVEST_FIRST.index),
            label="; ".join(dict.fromkeys(self._display.label(j.finding) for j in judgements)),
            warning=next((self._warning_of[i] for i in members if i in self._warning_of), None),
        )
