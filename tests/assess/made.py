"""Made-up documents and findings for the tests of assess and redact."""

from __future__ import annotations

import re
from dataclasses import replace

from models.document import Document, Found, Place, SegmentKind, assemble
from models.findings import EntityType, Finding, Judgement, LookAlike, Person, Role
from models.results import Assessment, Context
from models.text import Span
from pipeline.assess import assess
from pipeline.people import Cast
from rules.policy import load_policy

POLICY = load_policy()
MARK = re.compile(
    r"\[\[(?P<type>[A-Z_]+)/(?P<role>[a-z]+)\|(?P<text>[^\]]+)\]\]|\{\{(?P<why>[a-z_]+)\|(?P<words>[^}]+)\}\}"
)


def document(*marked: str) -> tuple[Document, tuple[Finding, ...]]:
    """Make a document of paragraphs written with the corpus's marks, and its findings.

    A mark `[[PERSON/family|Gail]]` is a finding with the tagger sure of its role;
    `{{theorist|Kolb}}` is a look-alike.
    """
    found, findings = [], []
    for paragraph in marked:
        plain, marks = _plain(paragraph)
        name = f"paragraph {len(found) + 1}"
        found.append(Found(SegmentKind.PARAGRAPH, Place(name), plain, body=True))
        findings += [_finding(f"s{len(found)}", *mark) for mark in marks]
    made = assemble(found)
    return made, _numbered(made, findings)


def assessed(*marked: str, own_name: str | None = "Rowan Ashby") -> Assessment:
    """Assess a made-up document."""
    made, findings = document(*marked)
    return assess(made, findings, Context(own_name=own_name), POLICY)


def judged(*marked: str) -> tuple[Document, Assessment]:
    """Judge a made-up document with the roles of its marks: the children and mothers of one story."""
    made, findings = document(*marked)
    assessment = assess(made, (), Context(), POLICY)
    rules = [(f, POLICY.rule_for(f, _circumstances(f))) for f in findings]
    flagged = tuple(Judgement(f, r.verdict, r.id, r.why, r.hide) for f, r in rules)
    roles = {f.person: f.role for f in findings if f.person is not None}
    child = next((n for n, role in roles.items() if role is Role.SUPPORTED), None)
    people = tuple(_person(n, role, child) for n, role in roles.items())
    return made, replace(assessment, judgements=flagged, people=people)


def _circumstances(finding: Finding) -> frozenset[str]:
    if finding.look_alike:
        return frozenset({finding.look_alike})
    is_own = finding.role is Role.SELF and finding.entity_type.is_direct
    return frozenset({"own"} if is_own else ())


def _person(number: int, role: Role, child: int | None) -> Person:
    if role is Role.FAMILY:
        return Person(number, role, kin="mother", kin_of=child)
    return Person(number, role, stage="child" if role is Role.SUPPORTED else None)


def _plain(marked: str) -> tuple[str, list[tuple[Span, re.Match[str]]]]:
    pieces, marks, at, length = [], [], 0, 0
    for mark in MARK.finditer(marked):
        words = mark["text"] or mark["words"]
        pieces += [marked[at : mark.start()], words]
        length += mark.start() - at
        marks.append((Span(length, length + len(words)), mark))
        at, length = mark.end(), length + len(words)
    return "".join(pieces) + marked[at:], marks


def _finding(segment: str, span: Span, mark: re.Match[str]) -> Finding:
    if mark["why"]:
        return Finding(segment, span, EntityType.PERSON, 0.9, "made", look_alike=LookAlike(mark["why"]))
    return Finding(segment, span, EntityType(mark["type"]), 0.9, "made", Role(mark["role"]), role_score=0.9)


def _numbered(made: Document, findings: list[Finding]) -> tuple[Finding, ...]:

    def text(finding: Finding) -> str:
        return made.by_id[finding.segment].text[finding.span.start : finding.span.end]

    cast = Cast()
    people = [f for f in findings if f.entity_type is EntityType.PERSON and f.look_alike is None]
    cast.meet(text(f) for f in people)
    return tuple(replace(f, person=cast.number(text(f))) if f in people else f for f in findings)
