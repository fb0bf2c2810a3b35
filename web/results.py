"""Results as the portal reads them: the fields of the command's `--json`, with ids to decide on."""

from __future__ import annotations

from dataclasses import dataclass

from models.document import Document, Segment
from models.findings import EntityType, Judgement, Role, Verdict, finding_id
from models.ledger import LedgerLine
from models.results import Outcome, Results, Versions
from models.standards import Candidate, MappingNote, PartScore
from models.text import Span
from models.warnings import Grade, Spot, Warning, spot_of  # noqa: A004  (the domain's word)


@dataclass(frozen=True, slots=True)
class SegmentView:
    """A place in the document. Offsets are code points in the document text, null outside the body."""

    id: str
    kind: str
    place: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class PlaceView:
    """Where words stand: in their segment, and in the document text, null outside the body."""

    segment: str
    segment_start: int
    segment_end: int
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class FindingView(PlaceView):
    """One finding.

    Attributes:
        id: What a decision names.
        label: What stands in its place in the redacted copy, or null.
    """

    id: str
    entity_type: EntityType
    role: Role
    verdict: Verdict
    score: float
    recognizer: str
    why: str
    label: str | None


@dataclass(frozen=True, slots=True)
class WarningView:
    """What a practitioner is told.

    Attributes:
        findings: Indexes into the list of findings.
        spots: Words that it is about besides these.
    """

    code: str
    title: str
    where: str
    why: str
    instead: str
    findings: tuple[int, ...]
    grade: Grade
    verdict: Verdict
    spots: tuple[PlaceView, ...]


@dataclass(frozen=True, slots=True)
class ResultsView:
    """What the line made of one version of a document."""

    outcome: Outcome
    encoding: str | None
    segments: tuple[SegmentView, ...]
    findings: tuple[FindingView, ...]
    allowed: tuple[FindingView, ...]
    warnings: tuple[WarningView, ...]
    candidates: tuple[Candidate, ...]
    note: MappingNote | None
    scores: tuple[PartScore, ...]
    ledger: tuple[LedgerLine, ...]
    redacted_text: str
    versions: Versions


def show_results(results: Results) -> ResultsView:
    """Lay out results for the portal."""
    labels = {(r.segment, r.span): r.label for r in results.redaction.replacements}
    return ResultsView(
        outcome=results.outcome,
        encoding=results.document.encoding,
        segments=tuple(_segment(s) for s in results.document.segments),
        findings=tuple(_finding(j, results.document, labels) for j in results.judgements),
        allowed=tuple(_finding(j, results.document, {}) for j in results.allowed),
        warnings=tuple(_warning(w, results.document) for w in results.warnings),
        candidates=results.candidates,
        note=results.note,
        scores=results.scores,
        ledger=results.ledger.lines,
        redacted_text=results.redaction.text,
        versions=results.versions,
    )


def _segment(segment: Segment) -> SegmentView:
    end = None if segment.start is None else segment.start + len(segment.text)
    return SegmentView(segment.id, segment.kind.value, segment.place.name, segment.start, end)


def _warning(warning: Warning, document: Document) -> WarningView:
    return WarningView(
        code=warning.code,
        title=warning.title,
        where=warning.where,
        why=warning.why,
        instead=warning.instead,
        findings=warning.findings,
        grade=warning.grade,
        verdict=warning.verdict,
        spots=tuple(PlaceView(*_place(s, document)) for s in warning.spots),
    )


def _place(spot: Spot, document: Document) -> tuple[str, int, int, int | None, int | None]:
    """Give the fields of a `PlaceView`."""
    in_text = document.in_text(spot.segment, spot.span)
    start, end = (in_text.start, in_text.end) if in_text else (None, None)
    return spot.segment, spot.span.start, spot.span.end, start, end


def _finding(judgement: Judgement, document: Document, labels: dict[tuple[str, Span], str]) -> FindingView:
    finding = judgement.finding
    return FindingView(
        *_place(spot_of(judgement), document),
        id=finding_id(finding),
        entity_type=finding.entity_type,
        role=finding.role,
        verdict=judgement.verdict,
        score=finding.score,
        recognizer=finding.recognizer,
        why=judgement.why,
        label=labels.get((finding.segment, finding.span)),
    )
