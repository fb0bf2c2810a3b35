"""Warnings: what a practitioner is told, in plain English."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.findings import Verdict


class Grade(StrEnum):
    """How grave a warning is, in words that promise no probability."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


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
    """

    code: str
    title: str
    where: str
    why: str
    instead: str
    findings: tuple[int, ...]
    grade: Grade
    verdict: Verdict
