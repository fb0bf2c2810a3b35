"""Jigsaw: facts that together point to one person although none of them does alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from models.document import Document
from models.findings import EntityType, Judgement, Verdict
from models.results import Fact
from models.warnings import Grade, Warning  # noqa: A004  (the domain's word)
from pipeline.jigsaw_facts import PIECES, JigsawFact, gather, grouped
from pipeline.warn import where
from rules.wording import Wording, WordingTable

PASSAGE = 400
"""Characters between two facts up to which a reader takes them together: about a paragraph."""

RARE = frozenset({EntityType.EVENT, EntityType.OCCUPATION, EntityType.FAMILY})
ANCHORS = frozenset({EntityType.LOCATION, EntityType.ORGANISATION, EntityType.DATE})
RARE_REASONS: dict[EntityType, str] = {
    EntityType.EVENT: "People remember an event",
    EntityType.OCCUPATION: "Few people do such work in one area",
    EntityType.FAMILY: "Few families are made up like this",
    EntityType.HEALTH: "Few people live with such a condition",
    EntityType.DEMOGRAPHIC: "Few people there share such a background",
}
ANCHOR_REASONS: dict[EntityType, str] = {
    EntityType.LOCATION: "the place says where to look",
    EntityType.ORGANISATION: "the organisation says where to look",
    EntityType.DATE: "the date can be matched with diaries and local news",
}
_LEAST = 3
"""Kinds of fact that make a jigsaw. Two are everywhere."""


def jigsaws(document: Document, judgements: Sequence[Judgement], wording: WordingTable) -> list[Warning]:
    """Warn where facts about one household or worker come together.

    High: four kinds in one passage, or a rare fact with a place or date. Medium: three
    kinds in one passage. Low: three kinds spread over the document. One warning for each
    household or worker that the text tells apart, about the gravest passage; the grade is
    a word and no probability.
    """
    warnings = []
    for facts in grouped(gather(document, judgements)):
        passages = [p for p in _passages(facts) if _grade(p)]
        if passages:
            gravest = max(passages, key=lambda p: (_grade(p) is Grade.HIGH, len(_kinds(p))))
            grade = _grade(gravest) or Grade.LOW
            warnings.append(_warning(document, gravest, passages, grade, wording))
        elif len(_kinds(facts)) >= _LEAST:
            warnings.append(_warning(document, facts, [facts], Grade.LOW, wording))
    return warnings


def facts_of(document: Document, judgements: Sequence[Judgement]) -> tuple[Fact, ...]:
    """List the kinds of fact that a document tells, for the entry's other documents.

    An ordinary job or family says too little to be told of.
    """
    facts = (f for f in gather(document, judgements) if f.is_rare or f.kind not in RARE)
    return tuple(sorted({Fact(fact.subject, kind) for fact in facts for kind in fact.kinds}))


def entry_jigsaws(
    document: Document, judgements: Sequence[Judgement], elsewhere: Sequence[Fact], table: WordingTable
) -> list[Warning]:
    """Warn where facts come together over the documents of an entry, though in none alone.

    That takes four kinds, or a rare fact in one document and a place or date in another.
    A document that makes a jigsaw by itself is warned of already, and once more only where
    another document adds the rare fact.
    """
    warnings = []
    gathered = gather(document, judgements)
    for subject in dict.fromkeys(fact.subject for fact in gathered):
        facts = [f for f in gathered if f.subject == subject and (f.is_rare or f.kind not in RARE)]
        here = _kinds(facts)
        there = {fact.kind for fact in elsewhere if fact.subject == subject} - here
        is_rare_there = bool(there & RARE and here & ANCHORS)
        together = is_rare_there or (len(here) < _LEAST and _joins(here, there))
        if facts and there and together and not any(_grade(p) is Grade.HIGH for p in _passages(facts)):
            warnings.append(_entry_warning(document, facts, there, table.by_code["jigsaw_entry"]))
    return warnings


def _joins(here: frozenset[EntityType], there: set[EntityType]) -> bool:
    """Tell whether kinds of fact of several documents point to somebody together."""
    both = here | there
    return len(both) > _LEAST or bool(both & RARE and both & ANCHORS)


def _entry_warning(
    document: Document, facts: Sequence[JigsawFact], there: Iterable[EntityType], wording: Wording
) -> Warning:
    places = [(f.judgement.finding.segment, f.judgement.finding.span) for f in facts]
    return Warning(
        code=wording.code,
        title=wording.title,
        where=where(document, places),
        why=wording.why.format(pieces=_listed(_told(facts)), others=_listed(sorted(there))),
        instead=wording.instead,
        findings=tuple(sorted(fact.index for fact in facts)),
        grade=wording.grade,
        verdict=Verdict.WARN,
    )


def _told(facts: Iterable[JigsawFact]) -> list[EntityType]:
    """List the kinds that facts tell, in reading order: a place inside an event after the event."""
    return [k for f in facts for k in (f.kind, *(f.kinds - {f.kind}))]


def _listed(kinds: Iterable[EntityType]) -> str:
    """Name kinds of fact in a sentence, each once."""
    *first, last = dict.fromkeys(PIECES[kind] for kind in kinds)
    return f"{', '.join(first)} and {last}" if first else last


def _passages(facts: Sequence[JigsawFact]) -> list[list[JigsawFact]]:
    """Divide facts wherever the next one stands too far off."""
    passages: list[list[JigsawFact]] = []
    for fact in facts:
        if passages and fact.place - passages[-1][-1].place <= PASSAGE:
            passages[-1].append(fact)
        else:
            passages.append([fact])
    return passages


def _kinds(facts: Iterable[JigsawFact]) -> frozenset[EntityType]:
    return frozenset(kind for fact in facts for kind in fact.kinds)


def _grade(facts: Sequence[JigsawFact]) -> Grade | None:
    kinds = _kinds(facts)
    if len(kinds) > _LEAST or (kinds & ANCHORS and any(fact.is_rare for fact in facts)):
        return Grade.HIGH
    return Grade.MEDIUM if len(kinds) == _LEAST else None


def _reason(facts: Sequence[JigsawFact]) -> str:
    """Say what makes these facts lead to somebody: what few share, and what says where or when."""
    rare = next((RARE_REASONS[f.kind] for f in facts if f.is_rare), None)
    kinds = _kinds(facts)
    anchor = next((reason for kind, reason in ANCHOR_REASONS.items() if kind in kinds), None)
    if rare and anchor:
        return f" {rare}, and {anchor}."
    told = rare or (anchor and f"{anchor[0].upper()}{anchor[1:]}, and the other facts say for whom")
    return f" {told}." if told else ""


def _warning(
    document: Document,
    gravest: Sequence[JigsawFact],
    passages: Sequence[Sequence[JigsawFact]],
    grade: Grade,
    table: WordingTable,
) -> Warning:
    wording = table.by_code[f"jigsaw_{grade}"]
    order = [gravest, *(p for p in passages if p is not gravest)]
    firsts = [p[0].judgement.finding for p in order]
    return Warning(
        code=wording.code,
        title=wording.title,
        where=where(document, [(f.segment, f.span) for f in firsts]),
        why=wording.why.format(pieces=_listed(_told(gravest))) + _reason(gravest),
        instead=wording.instead,
        findings=tuple(sorted(fact.index for p in passages for fact in p)),
        grade=grade,
        verdict=Verdict.WARN,
    )
