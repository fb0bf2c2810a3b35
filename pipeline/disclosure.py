"""Disclosure: personal or professional matters of someone who need not be named for it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from models.document import Document, Segment
from models.findings import EntityType, Judgement, Role, Verdict
from models.text import Span
from models.warnings import Spot
from pipeline.spoken_of import Mention, Reading, mention
from rules.disclosure import Disclosure, DisclosureTable

_DENIED = re.compile(r"(?:\b(?:not|never|no|nor|without)\b|n['’]t\b)(?: \w+)?\s*$", re.IGNORECASE)
_JOINT = re.compile(r"(?: [a-z]{1,5})? ")
"""What may stand between two words for one matter: a space, a small word."""

_DENIAL = 40
"""Characters before a matter in which it can be denied."""


def disclosures(
    document: Document, judgements: Sequence[Judgement], table: DisclosureTable
) -> dict[str, list[Spot]]:
    """Find the words that tell a matter of someone else, by the code of its wording, in reading order."""
    names: dict[str, list[Mention]] = defaultdict(list)
    for judgement in judgements:
        finding = judgement.finding
        if finding.entity_type is EntityType.PERSON:
            names[finding.segment].append(mention(finding.span, _role(judgement)))
    spots: dict[str, list[Spot]] = defaultdict(list)
    for segment in document.segments:
        for code, span in disclosed(segment, table, names[segment.id]):
            spots[code].append(Spot(segment.id, span))
    return spots


def _role(judgement: Judgement) -> Role:
    """Return whose a name is. Who is likely the practitioner, whose name nobody told, may be a colleague."""
    role = judgement.finding.role
    return Role.COLLEAGUE if role is Role.SELF and judgement.verdict is Verdict.WARN else role


def disclosed(
    segment: Segment, table: DisclosureTable, names: Sequence[Mention] = ()
) -> Iterator[tuple[str, Span]]:
    """Find the words that tell a matter of someone else, in reading order.

    Of several people before the matter in its sentence the last one counts, so that what
    practitioners tell of themselves is theirs to tell.

    Yields:
        The code of the wording and the place, no two of one code overlapping.
    """
    reading = Reading(segment.text, table, names)
    found = sorted(
        (Span(*matter.span()), disclosure.code)
        for disclosure, pattern in table.matters
        for matter in pattern.finditer(segment.text)
        if _is_told(matter, disclosure, reading, table)
    )
    yield from sorted(_one_breath(found, segment.text), key=lambda told: told[1])


def _one_breath(found: Sequence[tuple[Span, str]], text: str) -> Iterator[tuple[str, Span]]:
    """Put words of one matter that follow each other at once into one place: "dismissed for falsifying"."""
    last: dict[str, Span] = {}
    for span, code in found:
        before = last.get(code)
        if before and (span.start < before.end or _JOINT.fullmatch(text, before.end, span.start)):
            last[code] = Span(before.start, max(before.end, span.end))
            continue
        if before:
            yield code, before
        last[code] = span
    yield from last.items()


def _is_told(matter: re.Match[str], disclosure: Disclosure, reading: Reading, table: DisclosureTable) -> bool:
    """Tell whether a matter is told of somebody of whom it may not be."""
    span = Span(*matter.span())
    owners = reading.owners(span, about=matter["about"] is not None)
    if not any(whose in disclosure.told_of for whose in owners):
        return False
    sentence = reading.sentence(span.start)
    before = reading.text[max(sentence.start, span.start - _DENIAL) : span.start]
    in_general = table.in_general.search(reading.text, sentence.start, sentence.end)
    return not (_DENIED.search(before) or in_general)
