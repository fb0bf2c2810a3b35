"""The recognizer around our token classifier."""

from __future__ import annotations

from typing import Any, Protocol

from presidio_analyzer import LocalRecognizer, RecognizerResult

from models.findings import EntityType, LookAlike, Role
from pipeline.claims import SURE, WEAK, Claim
from pipeline.recognizers.engine import entity_names, result_of
from pipeline.tagger import Mark, Tagging

_TAKEN_FOR = {
    LookAlike.THEORIST: EntityType.PERSON,
    LookAlike.INQUIRY: EntityType.PERSON,
    LookAlike.PSEUDONYM: EntityType.PERSON,
    LookAlike.WORD: EntityType.PERSON,
    LookAlike.LAW: EntityType.CASE_REFERENCE,
    LookAlike.TOOL: EntityType.ORGANISATION,
    LookAlike.PUBLIC_BODY: EntityType.ORGANISATION,
    LookAlike.COURSE: EntityType.ORGANISATION,
    LookAlike.GENERIC: EntityType.PERSON,
}
"""What a look-alike would be taken for."""

_LOOK_ALIKES = frozenset(LookAlike)


class Reader(Protocol):
    """Reads a text and marks what identifies somebody: the classifier, or a record of one."""

    def read(self, text: str) -> Tagging:
        """Mark a text."""
        ...


class TaggerRecognizer(LocalRecognizer):
    """Reports what the token classifier marks, the doubtful marks under a name of their own."""

    def __init__(self, tagger: Reader) -> None:
        """Take a classifier that is ready for use."""
        self._tagger = tagger
        super().__init__(entity_names(EntityType), name=SURE)

    def load(self) -> None:
        """Load nothing more: the classifier is given ready."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:  # noqa: ARG002
        """Mark a text, whatever entities are asked for."""
        tagging = self._tagger.read(text)
        sure = [result_of(claim_of(mark, SURE), self) for mark in tagging.sure]
        return sure + [result_of(claim_of(mark, WEAK), self) for mark in tagging.weak]


def claim_of(mark: Mark, recognizer: str) -> Claim:
    """Write a mark of the classifier as a claim."""
    reason = LookAlike(mark.label) if mark.label in _LOOK_ALIKES else None
    kind = _TAKEN_FOR[reason] if reason else EntityType(mark.label)
    if reason:
        return Claim(mark.start, mark.end, kind, mark.score, recognizer, reason)
    others = tuple((Role(role), score) for role, score in mark.other_roles)
    return Claim(
        mark.start, mark.end, kind, mark.score, recognizer, None, Role(mark.role), mark.role_score, others
    )
