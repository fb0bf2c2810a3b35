"""Facts of a jigsaw: whom each helps to find, of which case it is told, and how rare it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from models.document import Document
from models.findings import EntityType, Judgement, Role, Verdict
from pipeline.rarity import is_rare, names_place
from rules.kin import NEAR

PIECES: dict[EntityType, str] = {
    EntityType.LOCATION: "a place",
    EntityType.ORGANISATION: "an organisation",
    EntityType.DATE: "a date",
    EntityType.AGE: "an age",
    EntityType.DEMOGRAPHIC: "background (such as ethnicity, faith or language)",
    EntityType.HEALTH: "health",
    EntityType.FAMILY: "the family's make-up",
    EntityType.OCCUPATION: "a line of work",
    EntityType.EVENT: "an event",
}
HOUSEHOLD, COLLEAGUE, WORKER = "household", "colleague", "worker"
_SUBJECTS: dict[Role, str] = {
    Role.SUPPORTED: HOUSEHOLD,
    Role.FAMILY: HOUSEHOLD,
    Role.UNKNOWN: HOUSEHOLD,
    Role.COLLEAGUE: COLLEAGUE,
    Role.MANAGER: COLLEAGUE,
    Role.STUDENT: COLLEAGUE,
    Role.PROFESSIONAL: WORKER,
}
"""Whom a fact helps to find. A relative's facts lead to the person supported. Of the practitioner's
own facts and the employer no jigsaw is made."""

_REACH = 600
"""Characters before a fact in which it is read of whom the text speaks."""

_CASE = re.compile(
    r"\b(?P<label>(?i:family|household|case(?: study)?|vignette|scenario)\s+[A-HJ-Z]"
    r"|(?i:(?:case(?: study)?|vignette|scenario)\s+(?:\d{1,2}|one|two|three)"
    r"|(?:another|(?:a|the|my) (?:second|third|different|next)) (?:case|family)))\b"
    r"(?! (?:members?|group|court|meeting|conference|law|worker|support))"
)
"""Where a text turns from one case to the next."""

_COLLEAGUE = re.compile(
    r"\b(?:(?:my|our|a|another|the) (?:\w+ )?(?:colleague|manager|supervisor|student|team leader|assessor"
    r"|practice educator)|(?:a|another|the) (?:newly qualified )?social worker in (?:my|our) team)\b",
    re.IGNORECASE,
)
_WORKER = re.compile(
    r"\b(?:health visitor|school nurse|district nurse|nurse|gp|doctor|paediatrician|consultant|psychiatrist"
    r"|psychologist|therapist|midwife|paramedic|dentist|(?:head ?)?teacher|police officer|probation officer"
    r"|youth worker|solicitor|judge|guardian|reviewing officer|advocate|interpreter|housing officer"
    r"|care home manager|key worker|support worker|imam|vicar|priest)\b",
    re.IGNORECASE,
)
_HOUSEHOLD = re.compile(
    rf"\b(?:{NEAR}|families|(?:wo)?m[ae]n|lady|couple|residents?|patients?|clients?|service users?"
    r"|person i support)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class JigsawFact:
    """A fact that policy warns of.

    Attributes:
        index: Of the judgement.
        place: Where it begins in the document's text.
        subject: Whom it helps to find: "household", "colleague" or "worker".
        whose: What tells it from others of that subject: the case's label or the worker's job.
    """

    index: int
    place: int
    judgement: Judgement
    subject: str
    whose: str
    text: str

    @property
    def kind(self) -> EntityType:
        """What it tells."""
        return self.judgement.finding.entity_type

    @cached_property
    def kinds(self) -> frozenset[EntityType]:
        """What it tells, with the place that stands inside it."""
        named = names_place(self.kind, self.text)
        return frozenset({self.kind, EntityType.LOCATION} if named else {self.kind})

    @cached_property
    def is_rare(self) -> bool:
        """Whether few people share it."""
        return is_rare(self.kind, self.text)


def gather(document: Document, judgements: Sequence[Judgement]) -> list[JigsawFact]:
    """List the facts that policy warns of in reading order, with whom each helps to find."""
    turns = ((m.start(), " ".join(m["label"].casefold().split())) for m in _CASE.finditer(document.text))
    cases = [(-1, ""), *turns]
    facts = []
    for index, judgement in enumerate(judgements):
        finding = judgement.finding
        span = document.in_text(finding.segment, finding.span)
        if span is None or judgement.verdict is not Verdict.WARN or finding.entity_type not in PIECES:
            continue
        text = document.by_id[finding.segment].text
        before = text[max(0, finding.span.start - _REACH) : finding.span.start]
        subject, job = _subject(finding.role, before)
        case = cases[bisect_right(cases, span.start, key=itemgetter(0)) - 1][1]
        words = text[finding.span.start : finding.span.end]
        if subject:
            facts.append(JigsawFact(index, span.start, judgement, subject, job or case, words))
    return sorted(facts, key=lambda fact: fact.place)


def grouped(facts: Iterable[JigsawFact]) -> list[list[JigsawFact]]:
    """Put together the facts of one household or worker, as far as the text tells them apart."""
    groups: dict[tuple[str, str], list[JigsawFact]] = defaultdict(list)
    for fact in facts:
        groups[fact.subject, fact.whose].append(fact)
    return list(groups.values())


def _subject(role: Role, before: str) -> tuple[str | None, str]:
    """Say whom a fact helps to find, and for a worker the job.

    Whether a worker is a colleague is told by the last of them that was spoken of. A fact of
    which the role is not known stays the household's, unless only a colleague was spoken of.
    """
    subject = _SUBJECTS.get(role)
    paragraph = before[before.rfind("\n\n") + 1 :]
    if role is Role.UNKNOWN:
        is_colleague = _COLLEAGUE.search(paragraph) and not _HOUSEHOLD.search(paragraph)
        return (COLLEAGUE if is_colleague else HOUSEHOLD), ""
    if subject not in (COLLEAGUE, WORKER):
        return subject, ""
    colleague, worker = _last(_COLLEAGUE, paragraph), _last(_WORKER, paragraph)
    if colleague and (not worker or colleague.start() > worker.start()):
        return COLLEAGUE, ""
    return subject, worker.group().casefold() if worker and subject == WORKER else ""


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return max(pattern.finditer(text), key=lambda m: m.start(), default=None)
