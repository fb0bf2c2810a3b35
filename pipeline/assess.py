"""Assess: settle whose data each finding is, judge it by policy, and put it into plain words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from models.document import Document
from models.findings import GRAVEST_FIRST, EntityType, Finding, Judgement, LookAlike, Role, Verdict
from models.results import Assessment, Context, Fact
from models.text import Span
from models.warnings import Warning  # noqa: A004  (the domain's word)
from pipeline.disclosure import disclosures
from pipeline.jigsaw import entry_jigsaws, jigsaws
from pipeline.language import not_english
from pipeline.names import fold, is_initials
from pipeline.people import TITLES
from pipeline.roles import is_own_form, is_own_name, tell_roles, text_of
from pipeline.warn import warn
from rules.policy import Policy


def assess(document: Document, findings: Sequence[Finding], context: Context, policy: Policy) -> Assessment:
    """Say of every finding what policy says of it, and tell the practitioner in plain words.

    Returns:
        Judgements in reading order; what policy allows stands apart, with the reason.
        Warnings are grouped by person and kind, the gravest first.
    """
    roles = tell_roles(document, findings, context, policy.roles)
    neutral = _neutral_places(document, policy)
    told = (_known(finding, neutral) for finding in roles.findings)
    judged = tuple(_judge(document, finding, context, policy) for finding in told)
    flagged = tuple(j for j in judged if j.verdict is not Verdict.ALLOW)
    return Assessment(
        judgements=flagged,
        allowed=tuple(j for j in judged if j.verdict is Verdict.ALLOW),
        warnings=warnings_of(document, flagged, context.facts, policy),
        people=roles.people,
    )


def warnings_of(
    document: Document, flagged: Sequence[Judgement], elsewhere: Sequence[Fact], policy: Policy
) -> tuple[Warning, ...]:
    """Put what is flagged into warnings, the gravest first.

    Args:
        document: The document.
        flagged: What policy does not allow, in reading order.
        elsewhere: Kinds of fact that the entry's other documents tell.
        policy: The words for it.
    """
    warnings: list[Warning] = [
        *warn(document, flagged, disclosures(document, flagged, policy.disclosures), policy),
        *jigsaws(document, flagged, policy.wording),
        *entry_jigsaws(document, flagged, elsewhere, policy.wording),
        *not_english(document, policy),
    ]
    return tuple(sorted(warnings, key=lambda w: GRAVEST_FIRST.index(w.verdict)))


def _neutral_places(document: Document, policy: Policy) -> dict[str, list[Span]]:
    """Find our own labels and suggested words, so that following our advice is not flagged."""
    return {
        segment.id: [Span(found.start(), found.end()) for found in policy.neutral.finditer(segment.text)]
        for segment in document.segments
    }


def _known(finding: Finding, neutral: Mapping[str, Sequence[Span]]) -> Finding:
    """Take a finding inside neutral words for a placeholder."""
    places = neutral[finding.segment]
    at = bisect_right(places, finding.span) - 1
    near = places[max(at, 0) : at + 2]
    if any(place.contains(finding.span) for place in near):
        return replace(finding, look_alike=LookAlike.PSEUDONYM)
    return finding


def _judge(document: Document, finding: Finding, context: Context, policy: Policy) -> Judgement:
    rule = policy.rule_for(finding, _circumstances(document, finding, context, policy))
    return Judgement(finding, rule.verdict, rule.id, rule.why, rule.hide)


def _circumstances(document: Document, finding: Finding, context: Context, policy: Policy) -> frozenset[str]:
    """Say what else is true of a finding, in the policy table's words."""
    if finding.look_alike is not None:
        return frozenset({finding.look_alike})
    text = text_of(document, finding)
    if finding.entity_type is EntityType.PERSON:
        return frozenset(_of_name(text, finding, context, policy))
    if finding.entity_type is EntityType.EMAIL_ADDRESS:
        is_own = is_own_name(text.split("@")[0], context.own_name)
    else:
        is_own = finding.entity_type is EntityType.REGISTRATION_NUMBER and finding.role is Role.SELF
    return frozenset({"own"} if is_own else ())


def _of_name(text: str, finding: Finding, context: Context, policy: Policy) -> Iterator[str]:
    """Say what else is true of a name."""
    is_own = finding.role in (Role.SELF, Role.AUTHOR) and is_own_name(text, context.own_name)
    if is_own or (finding.role is Role.SELF and is_own_form(text, context.own_name)):
        yield "own"
    if finding.role is Role.SELF and not context.own_name:
        yield "own_likely"
    if is_initials(text, TITLES):
        yield "initials"
    if fold(text) in policy.pet_names:
        yield "nickname"
