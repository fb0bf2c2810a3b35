"""Jigsaw: facts that together point to one person although none of them does alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.document import Document
from models.findings import EntityType, Judgement, Role, Verdict
from models.results import Fact
from models.warnings import Grade, Warning  # noqa: A004  (the domain's word)
from pipeline.warn import where
from rules.wording import Wording, WordingTable

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
    for facts in _by_subject(document, judgements).values():
        passages = [p for p in _passages(facts) if _grade(_kinds(p))]
        if passages:
            gravest = max(passages, key=lambda p: (_grade(_kinds(p)) is Grade.HIGH, len(_kinds(p))))
            grade = _grade(_kinds(gravest)) or Grade.LOW
            warnings.append(_warning(document, gravest, passages, grade, wording))
        elif len(_kinds(facts)) >= _LEAST:
            warnings.append(_warning(document, facts, [facts], Grade.LOW, wording))
    return warnings


def facts_of(document: Document, judgements: Sequence[Judgement]) -> tuple[Fact, ...]:
    """List the kinds of fact that a document tells, for the entry's other documents."""
    found = _by_subject(document, judgements).items()
    return tuple(sorted({Fact(subject, fact.kind) for subject, facts in found for fact in facts}))


def entry_jigsaws(
    document: Document, judgements: Sequence[Judgement], elsewhere: Sequence[Fact], table: WordingTable
) -> list[Warning]:
    """Warn where facts come together over the documents of an entry, though in none alone.

    That takes four kinds, or a rare fact in one document and a place or date in another.
    A document that makes a jigsaw by itself is warned of already.
    """
    warnings = []
    for subject, facts in _by_subject(document, judgements).items():
        here = {fact.kind for fact in facts}
        there = {fact.kind for fact in elsewhere if fact.subject == subject} - here
        if there and len(here) < _LEAST and _grade(here) is None and _grade(here | there) is Grade.HIGH:
            warnings.append(_entry_warning(document, facts, there, table.by_code["jigsaw_entry"]))
    return warnings


def _entry_warning(
    document: Document, facts: Sequence[_Fact], there: Iterable[EntityType], wording: Wording
) -> Warning:
    places = [(f.judgement.finding.segment, f.judgement.finding.span) for f in facts]
    return Warning(
        code=wording.code,
        title=wording.title,
        where=where(document, places),
        why=wording.why.format(pieces=_listed(f.kind for f in facts), others=_listed(sorted(there))),
        instead=wording.instead,
        findings=tuple(sorted(fact.index for fact in facts)),
        grade=wording.grade,
        verdict=Verdict.WARN,
    )


def _listed(kinds: Iterable[EntityType]) -> str:
    """Name kinds of fact in a sentence, each once."""
    *first, last = dict.fromkeys(PIECES[kind] for kind in kinds)
    return f"{', '.join(first)} and {last}" if first else last


def _by_subject(document: Document, judgements: Sequence[Judgement]) -> dict[str, list[_Fact]]:
    """Gather the facts that policy warns of, by whom they help to find, in reading order."""
    facts: dict[str, list[_Fact]] = defaultdict(list)
    for index, judgement in enumerate(judgements):
        finding = judgement.finding
        subject = _SUBJECTS.get(finding.role)
        span = document.in_text(finding.segment, finding.span)
        if subject and span and judgement.verdict is Verdict.WARN and finding.entity_type in PIECES:
            facts[subject].append(_Fact(index, span.start, judgement))
    return {subject: sorted(found, key=lambda f: f.place) for subject, found in facts.items()}


def _passages(facts: Sequence[_Fact]) -> list[list[_Fact]]:
    """Divide facts wherever the next one stands too far off."""
    passages: list[list[_Fact]] = []
    for fact in facts:
        if passages and fact.place - passages[-1][-1].place <= PASSAGE:
            passages[-1].append(fact)
        else:
            passages.append([fact])
    return passages


def _kinds(facts: Iterable[_Fact]) -> set[EntityType]:
    return {fact.kind for fact in facts}


def _grade(kinds: set[EntityType]) -> Grade | None:
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
    return Warning(
        code=wording.code,
        title=wording.title,
        where=where(document, [(f.segment, f.span) for f in firsts]),
        why=wording.why.format(pieces=_listed(fact.kind for fact in gravest)),
        instead=wording.instead,
        findings=tuple(sorted(fact.index for p in passages for fact in p)),
        grade=grade,
        verdict=Verdict.WARN,
    )
