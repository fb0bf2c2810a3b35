"""Lists of one's own: words that a senior reviewer allowed or wants flagged, for a time."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from models.document import Document
from models.findings import EntityType, Finding, LookAlike, Role
from models.results import ListedWord, Versions
from models.text import Span
from pipeline.correct import find_words
from pipeline.names import fold
from pipeline.roles import text_of

NAME = "own_list"
_SURE = 0.9


def listed(
    document: Document, findings: Sequence[Finding], words: Sequence[ListedWord]
) -> tuple[Finding, ...]:
    """Return the findings with the words of the lists allowed, or flagged where nothing was found.

    Only what is found as the same type is allowed: a name on the list of organisations stays
    a name.
    """
    if not words:
        return tuple(findings)
    allowed = {(w.entity_type, fold(w.word)): w.look_alike for w in words if w.look_alike is not None}
    told = [_allowed(document, finding, allowed) for finding in findings]
    for word in words:
        if word.look_alike is None:
            told += _flagged(document, told, word)
    order = {segment.id: n for n, segment in enumerate(document.segments)}
    return tuple(sorted(told, key=lambda f: (order[f.segment], f.span)))


def with_lists(versions: Versions, words: Sequence[ListedWord]) -> Versions:
    """Return the versions of rules that have words of one's own beside them: by ids, not by words."""
    if not words:
        return versions
    ids = hashlib.sha256("\n".join(sorted(w.id for w in words)).encode()).hexdigest()
    return replace(versions, rules=f"{versions.rules}+{ids[:6]}")


def _allowed(
    document: Document, finding: Finding, allowed: dict[tuple[EntityType, str], LookAlike]
) -> Finding:
    if finding.look_alike is not None:
        return finding
    look_alike = allowed.get((finding.entity_type, fold(text_of(document, finding))))
    return finding if look_alike is None else replace(finding, look_alike=look_alike)


def _flagged(document: Document, findings: Sequence[Finding], word: ListedWord) -> list[Finding]:
    taken: dict[str, list[Span]] = defaultdict(list)
    for finding in findings:
        taken[finding.segment].append(finding.span)
    for spans in taken.values():
        spans.sort()
    return [
        Finding(segment, span, word.entity_type, _SURE, NAME, Role.UNKNOWN)
        for segment, span in find_words(document, word.word)
        if not _is_taken(taken[segment], span)
    ]


def _is_taken(taken: Sequence[Span], span: Span) -> bool:
    """Tell whether one of several spans, in order and apart, overlaps another."""
    at = bisect_right(taken, span.start, key=lambda s: s.end)
    return at < len(taken) and taken[at].start < span.end
