"""Put judgements into warnings: one for each person, and one for each kind of other data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from models.document import Document
from models.findings import EntityType, Judgement, Verdict
from models.text import Span
from models.warnings import Warning  # noqa: A004  (the domain's word)
from pipeline.roles import text_of
from rules.policy import Policy
from rules.wording import Wording

GRAVEST_FIRST = tuple(Verdict)


def warn(document: Document, judgements: Sequence[Judgement], policy: Policy) -> list[Warning]:
    """Tell what was found: all mentions of one person together, all phone numbers together.

    Warnings hold places only, never text of the document.
    """
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    wordings: dict[tuple[object, ...], tuple[int, Wording]] = {}
    for index, judgement in enumerate(judgements):
        wording = _wording(document, judgement, policy)
        finding = judgement.finding
        key = (finding.person,) if finding.entity_type is EntityType.PERSON else (wording.code,)
        groups[key].append(index)
        gravity = GRAVEST_FIRST.index(judgement.verdict)
        if key not in wordings or gravity < wordings[key][0]:
            wordings[key] = (gravity, wording)
    return [_warning(document, judgements, tuple(groups[key]), wordings[key][1]) for key in groups]


def where(document: Document, places: Sequence[tuple[str, Span]]) -> str:
    """Name the first place and count the others."""
    segment, span = places[0]
    first = place_name(document, segment, span)
    others = len(places) - 1
    if not others:
        return first
    return f"{first} and {others} more place{'s' if others > 1 else ''}"


def warning_about(document: Document, wording: Wording, places: Sequence[tuple[str, Span]]) -> Warning:
    """Warn once of several places of one kind in which no finding stands."""
    return Warning(
        code=wording.code,
        title=counted(wording.title, len(places)),
        where=where(document, places),
        why=wording.why,
        instead=wording.instead,
        findings=(),
        grade=wording.grade,
        verdict=Verdict.WARN,
    )


def counted(title: str, places: int) -> str:
    """Add to a title how many places it is about, where there are several."""
    return title if places == 1 else f"{title}: {places} places"


def place_name(document: Document, segment: str, span: Span) -> str:
    """Name a place in plain words, with the line where a text has several."""
    found = document.by_id[segment]
    if "\n" not in found.text:
        return found.place.name
    return f"{found.place.name}, line {found.text.count(chr(10), 0, span.start) + 1}"


def _wording(document: Document, judgement: Judgement, policy: Policy) -> Wording:
    finding = judgement.finding
    kind = policy.kinds.kind_of(finding.entity_type, text_of(document, finding))
    return policy.wording.wording_for(finding.entity_type, finding.role, kind, judgement.verdict)


def _warning(
    document: Document, judgements: Sequence[Judgement], indexes: tuple[int, ...], wording: Wording
) -> Warning:
    found = [judgements[i] for i in indexes]
    return Warning(
        code=wording.code,
        title=counted(wording.title, len(found)),
        where=where(document, [(j.finding.segment, j.finding.span) for j in found]),
        why=wording.why,
        instead=wording.instead,
        findings=indexes,
        grade=wording.grade,
        verdict=min((j.verdict for j in found), key=GRAVEST_FIRST.index),
    )
