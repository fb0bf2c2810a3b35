"""Disclosure: personal or professional matters of someone who is not named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.document import Document, Segment
from models.text import Span
from models.warnings import Warning  # noqa: A004  (the domain's word)
from pipeline.warn import warning_about
from rules.disclosure import Disclosure
from rules.policy import Policy

REACH = 90
"""Characters between a person and the matter told of them."""

_END = re.compile(r"[.!?;\n]")
_DENIED = re.compile(r"(?:\b(?:not|never|no)\b|n['’]t\b)(?: \w+)?\s*$", re.IGNORECASE)


def disclosures(document: Document, policy: Policy) -> list[Warning]:
    """Warn of each matter once, with all its places."""
    warnings = []
    for disclosure in policy.disclosures:
        places = [(s.id, span) for s in document.segments for span in disclosed(s, disclosure)]
        if places:
            warnings.append(warning_about(document, policy.wording.by_code[disclosure.code], places))
    return warnings


def disclosed(segment: Segment, disclosure: Disclosure) -> Iterator[Span]:
    """Find the words that tell the matter of someone else.

    Of several people before the matter in its sentence the last one counts, so that what
    practitioners tell of themselves is theirs to tell.
    """
    for matter in disclosure.matters.finditer(segment.text):
        before = segment.text[max(0, matter.start() - REACH) : matter.start()]
        sentence = _END.split(before)[-1]
        people = list(disclosure.subjects.finditer(sentence))
        if people and people[-1]["own"] is None and not _DENIED.search(sentence):
            yield Span(matter.start(), matter.end())
