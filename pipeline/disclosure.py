"""Disclosure: personal or professional matters of someone who is not named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.document import Document, Segment
from models.findings import Verdict
from models.text import Span
from models.warnings import Warning  # noqa: A004  (the domain's word)
from pipeline.warn import where
from rules.disclosure import Disclosure
from rules.policy import Policy

_SENTENCE = re.compile(r"[^.!?\n]+")


def disclosures(document: Document, policy: Policy) -> list[Warning]:
    """Warn of each matter once, with all its places."""
    warnings = []
    for disclosure in policy.disclosures:
        places = [(s.id, span) for s in document.segments for span in _places(s, disclosure)]
        if places:
            wording = policy.wording.by_code[disclosure.code]
            count = len(places)
            warnings.append(
                Warning(
                    code=wording.code,
                    title=wording.title if count == 1 else f"{wording.title}: {count} places",
                    where=where(document, places),
                    why=wording.why,
                    instead=wording.instead,
                    findings=(),
                    grade=wording.grade,
                    verdict=Verdict.WARN,
                )
            )
    return warnings


def _places(segment: Segment, disclosure: Disclosure) -> Iterator[Span]:
    """Find the sentences that tell the matter of such a person."""
    for sentence in _SENTENCE.finditer(segment.text):
        words = sentence.group()
        if disclosure.tells.search(words) and disclosure.about.search(words):
            yield Span(sentence.start(), sentence.end())
