"""Redact: put a neutral label in place of every finding that policy hides."""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Protocol

from models.document import Document, Segment
from models.findings import Hide, Judgement
from models.redaction import LabelBook, Redaction, Replacement
from models.results import Assessment
from models.text import Span
from pipeline.label import Labeller
from rules.labels import LabelTable

BATCH = 64
"""Findings given to the engine at once: its time grows with text times findings."""


class Replaces(Protocol):
    """What puts labels in place of spans of a text."""

    def replace(self, text: str, labelled: Sequence[tuple[Span, str]]) -> str:
        """Return the text with each span replaced by its label."""


@cache
def _load_replacer() -> Replaces:
    """Load Presidio's engine with the first redaction: who only reads and answers needs none of it."""
    found: Replaces = importlib.import_module("pipeline.replacing").Replacer()
    return found


def redact(
    document: Document,
    assessment: Assessment,
    labels: LabelBook,
    table: LabelTable,
    *,
    for_assessor: bool = False,
) -> tuple[Redaction, LabelBook]:
    """Replace what policy hides by neutral labels that stay the same over the entry.

    The labels given out in the entry so far go on being used. Only the assessor's copy
    hides the practitioner's own identity too.

    Returns:
        The redacted document text with every replacement, those outside the body
        included, and the labels given out after this document.
    """
    hidden = (Hide.ALWAYS, Hide.FOR_ASSESSOR) if for_assessor else (Hide.ALWAYS,)
    labeller = Labeller(document, assessment.judgements, assessment.people, labels, table)
    found = [j for j in assessment.judgements if j.hide in hidden]
    replacements = _replacements(document, found, labeller)
    return Redaction(_redacted_text(document, replacements), replacements), labeller.book()


def _replacements(
    document: Document, judgements: Sequence[Judgement], labeller: Labeller
) -> tuple[Replacement, ...]:
    """Label every finding; where some overlap, one label covers them all."""
    order = {segment.id: n for n, segment in enumerate(document.segments)}
    merged: list[Replacement] = []
    for judgement in sorted(judgements, key=lambda j: (order[j.finding.segment], j.finding.span)):
        finding = judgement.finding
        last = merged[-1] if merged else None
        if last and last.segment == finding.segment and last.span.overlaps(finding.span):
            span = Span(last.span.start, max(last.span.end, finding.span.end))
            merged[-1] = Replacement(last.segment, span, last.label)
        else:
            merged.append(Replacement(finding.segment, finding.span, labeller.label(judgement)))
    return tuple(merged)


def _redacted_text(document: Document, replacements: Sequence[Replacement]) -> str:
    by_segment: dict[str, list[Replacement]] = defaultdict(list)
    for replacement in replacements:
        by_segment[replacement.segment].append(replacement)
    pieces = []
    for segment in document.body:
        pieces.append(segment.gap if segment.start else "")
        pieces.append(_redacted_segment(segment, by_segment[segment.id]))
    return "".join(pieces)


def _redacted_segment(segment: Segment, replacements: Sequence[Replacement]) -> str:
    """Redact a segment batch by batch, so that the time grows with its length only."""
    pieces, at = [], 0
    ordered = sorted(replacements, key=lambda r: r.span)
    for first in range(0, len(ordered), BATCH):
        batch = ordered[first : first + BATCH]
        end = batch[-1].span.end
        labelled = [(r.span.shifted(-at), r.label) for r in batch]
        pieces.append(_load_replacer().replace(segment.text[at:end], labelled))
        at = end
    return "".join(pieces) + segment.text[at:]
