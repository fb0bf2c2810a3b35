"""Whose name is this: one role for every person, the same at all mentions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from models.document import Document
from models.findings import EntityType, Finding, Person, Role
from models.results import Context
from pipeline.names import fold, name_words
from rules.roles import RoleTable

REACH = 60
"""Characters on each side of a name in which a cue counts."""

TAGGER_WEIGHT = 1.0
CUE_WEIGHT = 2.0


@dataclass(frozen=True, slots=True)
class Cast:
    """The findings with one role a person, and the persons themselves."""

    findings: tuple[Finding, ...]
    people: tuple[Person, ...]


def cast(document: Document, findings: Sequence[Finding], context: Context, table: RoleTable) -> Cast:
    """Give every finding a role that is the same for all mentions of one person.

    What the tagger says of each mention, the words beside it and the practitioner's own
    name are weighed together. A name nothing speaks for keeps the role `unknown`, which
    policy treats like the name of someone supported.
    """
    numbered = number_persons(document, findings)
    mentions: dict[int, list[Finding]] = defaultdict(list)
    for finding in numbered:
        if finding.person is not None:
            mentions[finding.person].append(finding)
    people = {n: _person(document, n, met, context, table) for n, met in mentions.items()}
    roles = tuple(replace(f, role=people[f.person].role) if f.person in people else f for f in numbered)
    return Cast(roles, tuple(people.values()))


def number_persons(document: Document, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Give each name without a person's number the number of the same name, or a new one."""
    known: dict[str, int] = {}
    for finding in findings:
        if finding.person is not None and _is_name(finding):
            known.setdefault(fold(text_of(document, finding)), finding.person)
    after = max(known.values(), default=-1) + 1
    numbered = []
    for finding in findings:
        if finding.person is None and _is_name(finding):
            name = fold(text_of(document, finding))
            if name not in known:
                known[name] = after
                after += 1
            finding = replace(finding, person=known[name])  # noqa: PLW2901  (the same finding, numbered)
        numbered.append(finding)
    return tuple(numbered)


def text_of(document: Document, finding: Finding) -> str:
    """Return the words of a finding."""
    return document.by_id[finding.segment].text[finding.span.start : finding.span.end]


def is_own_name(text: str, context: Context, table: RoleTable) -> bool:
    """Tell whether a name is the practitioner's own: all of it, a part, or its initials."""
    if not context.own_name:
        return False
    titles = frozenset(table.titles)
    own = name_words(context.own_name, titles)
    words = name_words(text, titles)
    pool = [*own, *(w[0] for w in own)]
    return bool(words) and (all(w in pool for w in words) or "".join(words) == "".join(w[0] for w in own))


def _is_name(finding: Finding) -> bool:
    return finding.entity_type is EntityType.PERSON and finding.look_alike is None


def _person(
    document: Document, number: int, met: list[Finding], context: Context, table: RoleTable
) -> Person:
    """Weigh what is said of one person at all mentions."""
    if any(is_own_name(text_of(document, f), context, table) for f in met):
        return Person(number, Role.SELF)
    votes: dict[Role, float] = defaultdict(float)
    for finding in met:
        if finding.role is not Role.UNKNOWN:
            votes[finding.role] += TAGGER_WEIGHT * finding.score
        for role in _cues(document, finding, table):
            votes[role] += CUE_WEIGHT
    return Person(number, _strongest(votes.items()))


def _strongest(votes: Iterable[tuple[Role, float]]) -> Role:
    return max(votes, key=lambda vote: vote[1], default=(Role.UNKNOWN, 0.0))[0]


def _cues(document: Document, finding: Finding, table: RoleTable) -> list[Role]:
    """Return the roles that the words beside a name speak for."""
    text = document.by_id[finding.segment].text
    start, end = finding.span.start, finding.span.end
    sides = {
        "before": text[max(0, start - REACH) : start],
        "after": text[end : end + REACH],
        "title": text[start:end],
    }
    return [cue.role for cue in table.cues if cue.pattern.search(sides[cue.side])]
