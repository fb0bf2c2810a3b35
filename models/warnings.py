"""Warnings: what a practitioner is told, in plain English."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.findings import Judgement, Verdict
from models.text import Span


class Grade(StrEnum):
    """How grave a warning is, in words that promise no probability."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """Words of a document that a warning is about and no finding marks. Never the words themselves.

    Attributes:
        segment: Id of the segment they stand in.
        span: Their place in the segment's raw text.
    """

    segment: str
    span: Span


@dataclass(frozen=True, slots=True)
class Warning:  # noqa: A001  (the domain's word; the builtin is not used here)
    """A finding, or several that belong together, told to the practitioner.

    Attributes:
        code: Id of the wording ("name_supported", "jigsaw" ...), as in the wording table.
        title: What was found.
        where: The place in the document, in plain words.
        why: Why it matters.
        instead: What to write instead. The checker itself does not flag it.
        findings: Indexes into the results' judgements, in reading order.
        grade: How grave it is.
        verdict: Whether it must be settled (block), should be (warn), or only informs.
        spots: Words that it is about besides its findings, in reading order.
    """

    code: str
    title: str
    where: str
    why: str
    instead: str
    findings: tuple[int, ...]
    grade: Grade
    verdict: Verdict
    spots: tuple[Spot, ...] = ()


def spot_of(judgement: Judgement) -> Spot:
    """Return where a finding stands."""
    return Spot(judgement.finding.segment, judgement.finding.span)
