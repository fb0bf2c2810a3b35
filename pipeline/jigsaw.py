"""Jigsaw: facts that together point to one person although none of them does alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from models.document import Document
from models.findings import EntityType, Judgement, Role, Verdict
from models.warnings import Grade, Warning  # noqa: A004  (the domain's word)
from pipeline.warn import where
from rules.wording import WordingTable

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


def jigsaws(document: Document, judgements: Sequence[Judgement], wording: WordingTable) -> list[Warning]:
    """Warn where three kinds of fact, or a rare fact with a place or date, meet in one passage."""
    passages: dict[tuple[str, int, Role], list[int]] = defaultdict(list)
    for index, judgement in enumerate(judgements):
        finding = judgement.finding
        if judgement.verdict is Verdict.WARN and finding.entity_type in PIECES:
            passage = document.by_id[finding.segment].text.count("\n", 0, finding.span.start)
            passages[finding.segment, passage, finding.role].append(index)
    found = ((indexes, _grade([judgements[i] for i in indexes])) for indexes in passages.values())
    return [_warning(document, judgements, tuple(i), grade, wording) for i, grade in found if grade]


def _grade(pieces: Sequence[Judgement]) -> Grade | None:
    kinds = {j.finding.entity_type for j in pieces}
    if (kinds & RARE and kinds & ANCHORS) or len(kinds) > 3:
        return Grade.HIGH
    return Grade.MEDIUM if len(kinds) == 3 else None


def _warning(
    document: Document,
    judgements: Sequence[Judgement],
    indexes: tuple[int, ...],
    grade: Grade,
    table: WordingTable,
) -> Warning:
    wording = table.by_code[f"jigsaw_{grade}"]
    found = [judgements[i].finding for i in indexes]
    kinds = list(dict.fromkeys(PIECES[f.entity_type] for f in found))
    return Warning(
        code=wording.code,
        title=wording.title,
        where=where(document, [(found[0].segment, found[0].span)]),
        why=wording.why.format(pieces=", ".join(kinds)),
        instead=wording.instead,
        findings=indexes,
        grade=grade,
        verdict=Verdict.WARN,
    )
