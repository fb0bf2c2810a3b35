"""Jigsaw: facts that together point to one person although none of them does alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.document import Document
from models.findings import EntityType, Judgement, Role, Verdict
from models.warnings import Grade, Warning  # noqa: A004  (the domain's word)
from pipeline.warn import where
from rules.wording import WordingTable

PASSAGE = 400
"""Characters between two facts up to which a reader takes them together: about a paragraph."""

RARE = frozenset({EntityType.EVENT, EntityType.OCCUPATION, EntityType.FAMILY})
ANCHORS = frozenset({EntityType.LOCATION, EntityType.ORGANISATION, EntityType.DATE})
PIECES: dict[EntityType, str] = {
    EntityType.LOCATION: "a place",
    EntityType.ORGANISATION: "an organisation",
    EntityType.DATE: "a date",
    EntityType.AGE: "an age",
    EntityType.DEMOGRAPHIC: "background",
    EntityType.HEALTH: "health",
    EntityType.FAMILY: "the family's make-up",
    EntityType.OCCUPATION: "a line of work",
    EntityType.EVENT: "an event",
}
_SUBJECTS: dict[Role, str] = {
    Role.SUPPORTED: "household",
    Role.FAMILY: "household",
    Role.UNKNOWN: "household",
    Role.COLLEAGUE: "colleague",
    Role.MANAGER: "colleague",
    Role.STUDENT: "colleague",
    Role.PROFESSIONAL: "worker",
}
"""Whom a fact helps to find. A relative's facts lead to the person supported. Of the practitioner's
own facts and the employer no jigsaw is made."""

_LEAST = 3
"""Kinds of fact that make a jigsaw. Two are everywhere."""


@dataclass(frozen=True, slots=True)
class _Fact:
    index: int
    place: int
    judgement: Judgement

    @property
    def kind(self) -> EntityType:
        return self.judgement.finding.entity_type


def jigsaws(document: Document, judgements: Sequence[Judgement], wording: WordingTable) -> list[Warning]:
    """Warn where facts about one household or worker come together.

    High: four kinds in one passage, or a rare fact with a place or date. Medium: three
    kinds in one passage. Low: three kinds spread over the document. One warning for each
    subject, about its gravest passage; the grade is a word and no probability.
    """
    warnings = []
    for facts in _by_subject(document, judgements):
        passages = [p for p in _passages(facts) if _grade(p)]
        if passages:
            gravest = max(passages, key=lambda p: (_grade(p) is Grade.HIGH, len({f.kind for f in p})))
            warnings.append(_warning(document, gravest, passages, _grade(gravest) or Grade.LOW, wording))
        elif len({f.kind for f in facts}) >= _LEAST:
            warnings.append(_warning(document, facts, [facts], Grade.LOW, wording))
    return warnings


def _by_subject(document: Document, judgements: Sequence[Judgement]) -> Iterator[list[_Fact]]:
    """Gather the facts that policy warns of, by whom they help to find, in reading order."""
    facts: dict[str, list[_Fact]] = defaultdict(list)
    for index, judgement in enumerate(judgements):
        finding = judgement.finding
        subject = _SUBJECTS.get(finding.role)
        span = document.in_text(finding.segment, finding.span)
        if subject and span and judgement.verdict is Verdict.WARN and finding.entity_type in PIECES:
            facts[subject].append(_Fact(index, span.start, judgement))
    yield from (sorted(found, key=lambda f: f.place) for found in facts.values())


def _passages(facts: Sequence[_Fact]) -> list[list[_Fact]]:
    """Divide facts wherever the next one stands too far off."""
    passages: list[list[_Fact]] = []
    for fact in facts:
        if passages and fact.place - passages[-1][-1].place <= PASSAGE:
            passages[-1].append(fact)
        else:
            passages.append([fact])
    return passages


def _grade(passage: Sequence[_Fact]) -> Grade | None:
    kinds = {fact.kind for fact in passage}
    if len(kinds) > _LEAST or (kinds & RARE and kinds & ANCHORS):
        return Grade.HIGH
    return Grade.MEDIUM if len(kinds) == _LEAST else None


def _warning(
    document: Document,
    gravest: Sequence[_Fact],
    passages: Sequence[Sequence[_Fact]],
    grade: Grade,
    table: WordingTable,
) -> Warning:
    wording = table.by_code[f"jigsaw_{grade}"]
    order = [gravest, *(p for p in passages if p is not gravest)]
    firsts = [p[0].judgement.finding for p in order]
    kinds = list(dict.fromkeys(PIECES[fact.kind] for fact in gravest))
    return Warning(
        code=wording.code,
        title=wording.title,
        where=where(document, [(f.segment, f.span) for f in firsts]),
        why=wording.why.format(pieces=", ".join(kinds[:-1]) + " and " + kinds[-1]),
        instead=wording.instead,
        findings=tuple(sorted(fact.index for p in passages for fact in p)),
        grade=grade,
        verdict=Verdict.WARN,
    )
