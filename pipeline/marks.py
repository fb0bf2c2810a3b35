"""Marks: what is marked at the places of one text. Where marks overlap, one stands for both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from models.findings import GRAVEST_FIRST, Verdict
from models.text import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that is marked at one place.

    Attributes:
        ids: Ids of the findings and warnings' words that stand here, as links name them.
        verdict: The gravest verdict among them.
        labels: What each is, in words.
        warning: Id of the warning that tells of it, or None.
    """

    span: Span
    ids: tuple[str, ...]
    verdict: Verdict
    labels: tuple[str, ...]
    warning: str | None


def merged(marks: Iterable[Mark]) -> list[Mark]:
    """Put marks that overlap into one, in reading order."""
    apart: list[Mark] = []
    for mark in sorted(marks, key=lambda m: m.span):
        if apart and apart[-1].span.overlaps(mark.span):
            apart.append(_both(apart.pop(), mark))
        else:
            apart.append(mark)
    return apart


def side_by_side(text: str, found: Sequence[Mark], told: Iterable[Mark]) -> list[Mark]:
    """Let the words of a warning give way to the findings in them, in reading order.

    A passage in another language stays readable so, and each name in it a mark of its own.
    Words that are findings throughout need no mark: the first of these takes their ids.

    Args:
        text: The text that they stand in.
        found: Marks of findings, apart from each other and in reading order.
        told: Marks of warnings' words, apart from each other.
    """
    marks = list(found)
    for mark in told:
        inside = [number for number, other in enumerate(found) if other.span.overlaps(mark.span)]
        pieces = _around(text, mark, [found[number] for number in inside])
        if not pieces:
            first = marks[inside[0]]
            marks[inside[0]] = replace(first, ids=(*first.ids, *mark.ids))
        marks += pieces
    return sorted(marks, key=lambda m: m.span)


def _both(one: Mark, other: Mark) -> Mark:
    """Make one mark of two: over both, as grave as the graver, leading to the first warning there is."""
    return Mark(
        Span(one.span.start, max(one.span.end, other.span.end)),
        (*one.ids, *other.ids),
        min(one.verdict, other.verdict, key=GRAVEST_FIRST.index),
        tuple(dict.fromkeys((*one.labels, *other.labels))),
        one.warning or other.warning,
    )


def _around(text: str, mark: Mark, inside: Sequence[Mark]) -> list[Mark]:
    """Cut what stands in a mark out of it. The first piece keeps its ids and labels."""
    starts = [mark.span.start, *(other.span.end for other in inside)]
    ends = [*(other.span.start for other in inside), mark.span.end]
    spans = [Span(a, b) for a, b in zip(starts, ends, strict=True) if text[a:b].strip()]
    rest = [replace(mark, span=s, ids=(f"{mark.ids[0]}-{n}",), labels=()) for n, s in enumerate(spans[1:], 2)]
    return [*(replace(mark, span=span) for span in spans[:1]), *rest]
