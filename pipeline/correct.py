"""Correct: put what reviewers decided into a document's results. The text itself never changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from models.document import Document
from models.findings import EntityType, Finding, Hide, Judgement, Person, Role, Verdict, finding_id
from models.redaction import LabelBook, Redaction
from models.results import Assessment, Fact, Results, outcome_of
from models.standards import Candidate
from models.text import Span
from pipeline.assess import warnings_of
from pipeline.names import fold
from pipeline.normalise import normalise
from pipeline.redact import redact
from pipeline.roles import text_of
from rules.labels import LabelTable
from rules.policy import Policy

REVIEWER = "reviewer"
"""What stands as recognizer of a finding that a person added."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a reviewer says a finding is, and whom it is about."""

    entity_type: EntityType
    role: Role


@dataclass(frozen=True, slots=True)
class Corrections:
    """What reviewers decided on the findings of one version of a document.

    Attributes:
        added: What was missed, by segment and span.
        changed: What findings are instead, by their id.
        dismissed: Ids of findings that are not personal data: the copy shows their words.
        elsewhere: Kinds of fact that the entry's other documents tell, for warnings made anew.
    """

    added: Mapping[tuple[str, Span], Kind] = field(default_factory=dict)
    changed: Mapping[str, Kind] = field(default_factory=dict)
    dismissed: frozenset[str] = frozenset()
    elsewhere: tuple[Fact, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is corrected."""
        return not (self.added or self.changed or self.dismissed)


def correct(results: Results, corrections: Corrections, policy: Policy, labels: LabelTable) -> Results:
    """Return the results with the corrections of reviewers, the redacted text included.

    Args:
        results: As the line made them.
        corrections: All that hold now. Findings that are not there any more are passed over.
        policy: What to do about what was added or changed.
        labels: The labels to give out.
    """
    if corrections.is_empty:
        return results
    document = results.document
    judgements = _judgements(results, corrections, policy)
    flagged = Assessment(
        judgements, _still_allowed(results, corrections), results.warnings, _people(judgements)
    )
    book = _without(results.labels, document, judgements, corrections)
    redaction, given = redact(document, flagged, book, labels)
    warnings = results.warnings
    if corrections.added or corrections.changed:
        warnings = warnings_of(document, judgements, corrections.elsewhere, policy)
    return replace(
        results,
        judgements=judgements,
        allowed=flagged.allowed,
        warnings=warnings,
        redaction=redaction,
        labels=given,
        candidates=_candidates(results, redaction),
        outcome=outcome_of(judgements, warnings, results.ledger),
    )


def find_words(document: Document, untrusted_words: str) -> list[tuple[str, Span]]:
    """Find every place in a document where words stand, whatever their letter case, spaces and odd letters.

    Words that begin or end with a letter or digit are not found inside a longer word.
    """
    words = normalise(untrusted_words).text.split()
    if not words:
        return []
    pattern = r"\s+".join(re.escape(word) for word in words)
    before = r"(?<!\w)" if words[0][0].isalnum() else ""
    after = r"(?!\w)" if words[-1][-1].isalnum() else ""
    sought = re.compile(before + pattern + after, re.IGNORECASE)
    return [
        (segment.id, normal.raw(*match.span()))
        for segment, normal in ((s, normalise(s.text)) for s in document.segments)
        for match in sought.finditer(normal.text)
    ]


def same_text(results: Results, finding: str) -> list[str]:
    """List the findings of one type that stand on the same words as one of them, itself included."""
    wanted = next((j.finding for j in results.judgements if finding_id(j.finding) == finding), None)
    if wanted is None:
        return []
    words = fold(text_of(results.document, wanted))
    return [
        finding_id(j.finding)
        for j in results.judgements
        if j.finding.entity_type is wanted.entity_type and fold(text_of(results.document, j.finding)) == words
    ]


def _judgements(results: Results, corrections: Corrections, policy: Policy) -> tuple[Judgement, ...]:
    """Judge what was added or changed, and keep the rest, in reading order."""
    judged = [_corrected(j, corrections, policy) for j in results.judgements]
    here = {finding_id(j.finding) for j in results.judgements}
    judged += [j for j in _added(results, corrections, policy) if finding_id(j.finding) not in here]
    order = {segment.id: n for n, segment in enumerate(results.document.segments)}
    return tuple(sorted(judged, key=lambda j: (order[j.finding.segment], j.finding.span)))


def _corrected(judgement: Judgement, corrections: Corrections, policy: Policy) -> Judgement:
    finding = judgement.finding
    name = finding_id(finding)
    kind = corrections.changed.get(name)
    if kind is not None:
        was = None if kind.entity_type is finding.entity_type else finding.entity_type
        judgement = _judge(replace(finding, entity_type=kind.entity_type, role=kind.role, was=was), policy)
    return replace(judgement, hide=Hide.NEVER) if name in corrections.dismissed else judgement


def _added(results: Results, corrections: Corrections, policy: Policy) -> Iterator[Judgement]:
    """Judge what was missed; the same name is the same person."""
    number_of = _numbers(results)
    texts = results.document.by_id
    for (segment, span), kind in corrections.added.items():
        person = None
        if kind.entity_type is EntityType.PERSON:
            person = number_of(fold(texts[segment].text[span.start : span.end]))
        judged = _judge(Finding(segment, span, kind.entity_type, 1.0, REVIEWER, kind.role, person), policy)
        is_dismissed = finding_id(judged.finding) in corrections.dismissed
        yield replace(judged, hide=Hide.NEVER) if is_dismissed else judged


def _numbers(results: Results) -> Callable[[str], int]:
    """Return what numbers people by a folded name: those met in the document, then new ones."""
    met = {
        fold(text_of(results.document, j.finding)): j.finding.person
        for j in results.judgements
        if j.finding.person is not None
    }
    free = count(max(met.values(), default=0) + 1)

    def number_of(name: str) -> int:
        if name not in met:
            met[name] = next(free)
        return met[name]

    return number_of


def _judge(finding: Finding, policy: Policy) -> Judgement:
    """Judge a finding that a person vouches for: no circumstance makes it less."""
    rule = policy.rule_for(finding, frozenset())
    hide = rule.hide if rule.verdict is Verdict.INFORM else Hide.ALWAYS
    return Judgement(finding, rule.verdict, rule.id, rule.why, hide)


def _still_allowed(results: Results, corrections: Corrections) -> tuple[Judgement, ...]:
    """Keep what was left alone, but for what a reviewer says is personal data after all."""
    return tuple(
        j
        for j in results.allowed
        if not any(j.finding.segment == s and j.finding.span.overlaps(p) for s, p in corrections.added)
    )


def _people(judgements: Sequence[Judgement]) -> tuple[Person, ...]:
    roles = {j.finding.person: j.finding.role for j in judgements if j.finding.person is not None}
    return tuple(Person(number, role) for number, role in roles.items())


def _without(
    book: LabelBook, document: Document, judgements: Iterable[Judgement], corrections: Corrections
) -> LabelBook:
    """Take the labels of changed findings out of the book, so that they get ones that fit."""
    changed = {
        fold(text_of(document, j.finding)) for j in judgements if finding_id(j.finding) in corrections.changed
    }
    return LabelBook(tuple((k, v) for k, v in book.labels if k.partition(":")[2] not in changed))


def _candidates(results: Results, redaction: Redaction) -> tuple[Candidate, ...]:
    """Keep the quotes in which nothing more is hidden now than when they were made."""
    before = {(r.segment, r.span) for r in results.redaction.replacements}
    new = [
        span
        for r in redaction.replacements
        if (r.segment, r.span) not in before
        and (span := results.document.in_text(r.segment, r.span)) is not None
    ]
    kept = (
        (candidate, tuple(q for q in candidate.quotes if not any(q.span.overlaps(s) for s in new)))
        for candidate in results.candidates
    )
    return tuple(replace(candidate, quotes=quotes) for candidate, quotes in kept if quotes)
