"""Jigsaw: facts that together point to one person although none of them does alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from models.document import Document
from models.findings import EntityType, Judgement, Verdict
from models.results import Fact
from models.warnings import Grade, Warning, spot_of  # noqa: A004  (the domain's word)
from pipeline.jigsaw_facts import PIECES, JigsawFact, gather, grouped
from pipeline.warn import where
from rules.wording import Wording, WordingTable

PASSAGE, LONGEST = 400, 1_000
"""Characters between two facts up to which a reader takes them together, about a paragraph; and over
which a passage may reach: in a text full of facts each is near the next, the last far from the first."""

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
            apart = _apart(sorted(passages, key=_gravity))
            warnings.append(_warning(document, apart, _grade(apart[0]) or Grade.LOW, wording))
        elif len(_kinds(facts)) >= _LEAST:
            warnings.append(_warning(document, [facts], Grade.LOW, wording))
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

    Low: three kinds. Medium: four, or a rare fact in one document and a place or date in
    another. A document that makes a jigsaw by itself is warned of already, and once more
    only where another document adds the rare fact.
    """
    warnings = []
    gathered = gather(document, judgements)
    for subject in dict.fromkeys(fact.subject for fact in gathered):
        facts = [f for f in gathered if f.subject == subject and (f.is_rare or f.kind not in RARE)]
        here = _kinds(facts)
        there = {fact.kind for fact in elsewhere if fact.subject == subject} - here
        code = _joined(here, there)
        if code and not any(_grade(p) is Grade.HIGH for p in _passages(facts)):
            warnings.append(_entry_warning(document, facts, there, table.by_code[code]))
    return warnings


def _joined(here: frozenset[EntityType], there: set[EntityType]) -> str | None:
    """Return the wording for facts that point to somebody together with those of other documents."""
    both = here | there
    if not (here and there):
        return None
    if len(here) >= _LEAST:
        return "jigsaw_entry" if there & RARE and here & ANCHORS else None
    if len(both) > _LEAST or (both & RARE and both & ANCHORS):
        return "jigsaw_entry"
    return "jigsaw_entry_low" if len(both) == _LEAST else None


def _entry_warning(
    document: Document, facts: Sequence[JigsawFact], there: Iterable[EntityType], wording: Wording
) -> Warning:
    return Warning(
        code=wording.code,
        title=wording.title,
        where=where(document, [spot_of(f.judgement) for f in facts]),
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


def _passages(facts: Sequence[JigsawFact]) -> list[Sequence[JigsawFact]]:
    """List what can be read together: from each fact on, as far as the next is near and the first not far.

    Passages overlap where a text is full of facts; none lies within another.
    """
    passages = []
    last = 0
    for first, fact in enumerate(facts):
        end = max(last, first + 1)
        while end < len(facts) and _is_near(facts[end], facts[end - 1], fact):
            end += 1
        if end > last:
            passages.append(facts[first:end])
        last = end
    return passages


def _is_near(fact: JigsawFact, before: JigsawFact, first: JigsawFact) -> bool:
    return fact.place - before.place <= PASSAGE and fact.place - first.place <= LONGEST


def _gravity(passage: Sequence[JigsawFact]) -> tuple[bool, int]:
    """Sort the gravest passage first: the highest grade, then the most kinds."""
    return _grade(passage) is not Grade.HIGH, -len(_kinds(passage))


def _apart(passages: Iterable[Sequence[JigsawFact]]) -> list[Sequence[JigsawFact]]:
    """Leave out passages that share facts with one before."""
    apart: list[Sequence[JigsawFact]] = []
    taken: set[int] = set()
    for passage in passages:
        indexes = {fact.index for fact in passage}
        if taken.isdisjoint(indexes):
            apart.append(passage)
            taken |= indexes
    return apart


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
    document: Document, passages: Sequence[Sequence[JigsawFact]], grade: Grade, table: WordingTable
) -> Warning:
    """Tell of passages, the gravest of them first."""
    wording = table.by_code[f"jigsaw_{grade}"]
    gravest = passages[0]
    return Warning(
        code=wording.code,
        title=wording.title,
        where=where(document, [spot_of(p[0].judgement) for p in passages]),
        why=wording.why.format(pieces=_listed(_told(gravest))) + _reason(gravest),
        instead=wording.instead,
        findings=tuple(sorted(fact.index for p in passages for fact in p)),
        grade=grade,
        verdict=Verdict.WARN,
    )
