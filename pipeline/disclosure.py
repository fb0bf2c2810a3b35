"""Disclosure: personal or professional matters of someone who need not be named for it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from models.document import Document, Segment
from models.findings import EntityType, Judgement
from models.text import Span
from models.warnings import Spot
from pipeline.spoken_of import Mention, Reading, mention
from rules.disclosure import Disclosure, DisclosureTable

_DENIED = re.compile(r"(?:\b(?:not|never|no|nor|without)\b|n['’]t\b)(?: \w+)?\s*$", re.IGNORECASE)
_DENIAL = 40
"""Characters before a matter in which it can be denied."""


def disclosures(
    document: Document, judgements: Sequence[Judgement], table: DisclosureTable
) -> dict[str, list[Spot]]:
    """Find the words that tell a matter of someone else, by the code of its wording, in reading order."""
    names: dict[str, list[Mention]] = defaultdict(list)
    for finding in (j.finding for j in judgements):
        if finding.entity_type is EntityType.PERSON:
            names[finding.segment].append(mention(finding.span, finding.role))
    spots: dict[str, list[Spot]] = defaultdict(list)
    for segment in document.segments:
        for code, span in disclosed(segment, table, names[segment.id]):
            spots[code].append(Spot(segment.id, span))
    return spots


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
    ends: dict[str, int] = {}
    for span, code in found:
        if span.start >= ends.get(code, 0):
            ends[code] = span.end
            yield code, span


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
