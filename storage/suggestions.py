"""Suggestions: what was written in the form, with labels in place of what a person chose to hide."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Sequence

from models.document import Segment
from models.entry import DocumentRole
from models.findings import finding_id, place_of
from models.redaction import Replacement
from models.results import Results
from storage.checked import CheckedDocument
from storage.entries import save_answers
from storage.jobs import Job
from storage.refusals import RefusalCode, RequestRefusedError
from storage.store import Store
from storage.views import view_entry


def use_suggestions(
    store: Store, portal: str, seen: CheckedDocument, findings: Collection[str], revision: int
) -> tuple[int, Job | None]:
    """Write the suggested labels in place of findings in the form's answers.

    Args:
        store: Where the entry is.
        portal: Whose entry it is.
        seen: The answers as they were checked.
        findings: Ids of the findings whose words are to go.
        revision: Of the entry, as the practitioner saw it.

    Returns:
        How many places were changed, and the check of the new text.

    Raises:
        RequestRefusedError: If it is a file, if nothing is to be replaced there, or if the answers
            are no longer those that were checked.
    """
    if seen.role is not DocumentRole.ANSWERS or seen.results is None:
        raise RequestRefusedError(RefusalCode.NOT_ALLOWED, "Only text written in the form is changed here.")
    by_segment = _replacements(seen.results, findings)
    if not by_segment:
        told = "There is nothing to put in place of these words. Change them yourself."
        raise RequestRefusedError(RefusalCode.NOTHING_TO_HIDE, told)
    given = {a.question: a.text for a in view_entry(store, portal, seen.entry).answers}
    new = {}
    for name, replacements in by_segment.items():
        segment = seen.results.document.by_id[name]
        new[_question(segment, given)] = _replaced(segment.text, replacements)
    _, job = save_answers(store, portal, seen.entry, new, revision)
    return sum(map(len, by_segment.values())), job


def labels_for(results: Results) -> dict[str, tuple[str, ...]]:
    """Return the labels that stand ready for each finding that has any, by the findings' ids."""
    by_segment: dict[str, list[Replacement]] = defaultdict(list)
    for replacement in sorted(results.redaction.replacements, key=lambda r: r.span):
        by_segment[replacement.segment].append(replacement)
    found = {}
    for judgement in results.judgements:
        segment, span = judgement.finding.segment, judgement.finding.span
        ready = by_segment[segment]
        first = bisect_right(ready, span.start, key=lambda r: r.span.end)
        last = bisect_left(ready, span.end, key=lambda r: r.span.start)
        if first < last:
            found[finding_id(judgement.finding)] = tuple(r.label for r in ready[first:last])
    return found


def _replacements(results: Results, findings: Collection[str]) -> dict[str, list[Replacement]]:
    known = {finding_id(j.finding) for j in results.judgements}
    if not known.issuperset(findings):
        raise RequestRefusedError(RefusalCode.UNKNOWN_FINDING, "The document has no such finding.")
    places = [place_of(f) for f in findings]
    found: dict[str, list[Replacement]] = defaultdict(list)
    for replacement in results.redaction.replacements:
        if any(s == replacement.segment and span.overlaps(replacement.span) for s, span, _ in places):
            found[replacement.segment].append(replacement)
    return found


def _question(segment: Segment, given: dict[str, str]) -> str:
    """Return the question of an answer that still reads as it was checked."""
    question = segment.place.part or ""
    if given.get(question) != segment.text:
        raise RequestRefusedError(RefusalCode.STALE, "The text was changed since it was checked.")
    return question


def _replaced(text: str, replacements: Sequence[Replacement]) -> str:
    pieces, at = [], 0
    for r in sorted(replacements, key=lambda r: r.span):
        pieces += [text[at : r.span.start], r.label]
        at = r.span.end
    return "".join(pieces) + text[at:]
