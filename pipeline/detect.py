"""Detect: find personal data in every segment of a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from presidio_analyzer import AnalyzerEngine

from models.document import Document, Segment
from models.findings import EntityType, Finding, Role
from models.results import Context
from models.text import Span
from pipeline.claims import Claim, Places, settle
from pipeline.memory import Memory
from pipeline.normalise import Normal, normalise
from pipeline.people import Cast
from pipeline.recognizers.engine import build_engine, claims_in
from pipeline.recognizers.table import TableRecognizer
from pipeline.recognizers.tagged import WEAK, Reader, TaggerRecognizer
from pipeline.tagger import Tagger, Tagging
from rules.lists.lists import load_list
from rules.recognizers.table import tables

TAGGER = Path(__file__).parent.parent / "rules" / "tagger"


@dataclass(frozen=True, slots=True)
class Detector:
    """Everything that detection needs besides the document, loaded once per process."""

    engine: AnalyzerEngine
    ordinary: frozenset[str]
    acronyms: frozenset[str]


def load_detector() -> Detector:
    """Load the tables, the lists and the token classifier.

    Raises:
        FileNotFoundError: The classifier's files are missing.
    """
    return build_detector(Tagger.load(TAGGER) if (TAGGER / "model.onnx").exists() else _Silent())


class _Silent:
    """Stands in until the first trained classifier lies in `rules/tagger`."""

    def read(self, text: str) -> Tagging:  # noqa: ARG002
        """Mark nothing."""
        return Tagging((), ())


def build_detector(tagger: Reader) -> Detector:
    """Put a detector together around a classifier, or around a record of one."""
    recognizers = [*(TableRecognizer(table) for table in tables()), TaggerRecognizer(tagger)]
    return Detector(build_engine(recognizers), load_list("words"), load_list("acronyms"))


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A text that is checked as one: the document text, or a segment outside it."""

    normal: Normal
    segments: tuple[Segment, ...]
    offset: int


def detect(document: Document, context: Context, detector: Detector) -> tuple[Finding, ...]:
    """Find personal data in every segment of a document.

    Where two findings overlap the surer one is kept, and of two equally sure the
    longer, so that no character is claimed twice. What only looks like personal data
    is among the findings, with the reason it is allowed.

    Returns:
        Findings in reading order. Empty when nothing was found, which is not proof
        that nothing is there: a person still reads the document.
    """
    sheets = tuple(_sheets(document))
    claimed = [_settled(sheet, detector) for sheet in sheets]
    memory = _memory(sheets, claimed, context, detector)
    claimed = [_remembered(sheet, claims, memory) for sheet, claims in zip(sheets, claimed, strict=True)]
    named = _number(sheets, claimed, context)
    return tuple(f for sheet, claims in zip(sheets, named, strict=True) for f in _findings(sheet, claims))


def _sheets(document: Document) -> Iterator[_Sheet]:
    """Lay out the texts to check: the document text first, then each segment outside it."""
    if document.body:
        yield _Sheet(normalise(document.text), document.body, 0)
    for segment in document.segments:
        if segment.start is None:
            yield _Sheet(normalise(segment.text), (segment,), 0)


def _settled(sheet: _Sheet, detector: Detector) -> tuple[Claim, ...]:
    """Ask every recognizer about a sheet, and let the surer stand."""
    return settle(c for c in claims_in(sheet.normal.text, detector.engine) if c.recognizer != WEAK)


def _memory(
    sheets: Sequence[_Sheet], claimed: Sequence[tuple[Claim, ...]], context: Context, detector: Detector
) -> Memory:
    """Learn the names found in the document and in the entry's other documents."""
    memory = Memory(detector.ordinary, detector.acronyms)
    memory.learn(context.names)
    if context.own_name:
        memory.learn((context.own_name,))
    for sheet, claims in zip(sheets, claimed, strict=True):
        memory.learn(_names(sheet, claims))
    return memory


def _names(sheet: _Sheet, claims: Iterable[Claim]) -> Iterator[str]:
    """Give the names that were found, as they are written."""
    return (sheet.normal.text[c.start : c.end] for c in claims if _is_name(c))


def _is_name(claim: Claim) -> bool:
    return claim.entity_type is EntityType.PERSON and claim.look_alike is None


def _remembered(sheet: _Sheet, claims: tuple[Claim, ...], memory: Memory) -> tuple[Claim, ...]:
    """Add what memory finds where nothing was found."""
    return settle((*claims, *memory.recall(sheet.normal.text, Places(claims))))


def _number(
    sheets: Sequence[_Sheet], claimed: Sequence[tuple[Claim, ...]], context: Context
) -> list[list[Claim]]:
    """Give every mention of one person one number, and the practitioner's own the role `self`."""
    cast = Cast()
    for sheet, claims in zip(sheets, claimed, strict=True):
        cast.meet(_names(sheet, claims))
    own = cast.number(context.own_name) if context.own_name else None
    return [
        [_numbered(sheet, c, cast, own) for c in claims]
        for sheet, claims in zip(sheets, claimed, strict=True)
    ]


def _numbered(sheet: _Sheet, claim: Claim, cast: Cast, own: int | None) -> Claim:
    """Say whom one claim names."""
    if not _is_name(claim):
        return claim
    number = cast.number(sheet.normal.text[claim.start : claim.end])
    role = Role.SELF if own is not None and number == own else claim.role
    return replace(claim, person=number, role=role)


def _findings(sheet: _Sheet, claims: Iterable[Claim]) -> Iterator[Finding]:
    """Bring claims back to the raw text of the segments they stand in."""
    for claim in claims:
        raw = sheet.normal.raw(claim.start, claim.end)
        for segment in sheet.segments:
            first = segment.start or 0
            start, end = max(raw.start, first), min(raw.end, first + len(segment.text))
            if start < end:
                yield Finding(
                    segment.id, Span(start - first, end - first), claim.entity_type, claim.score, claim.recognizer,
                    claim.role, claim.person, claim.look_alike,
                )  # fmt: skip
