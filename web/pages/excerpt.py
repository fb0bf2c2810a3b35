"""Excerpts: of a long text only what stands around some of its marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import groupby

from pipeline.marked import Passage, Stretch

AROUND = 160
"""Characters that are kept on either side of a mark."""

CUT = Stretch(" […] ")
"""What stands where something was left out."""


def excerpt(lines: Sequence[Sequence[Passage]], marks: AbstractSet[str]) -> tuple[tuple[Passage, ...], ...]:
    """Return the lines in which some marks stand, each cut to what stands around them."""
    return tuple(
        tuple(replace(p, stretches=tuple(_cut(p.stretches, marks))) for p in line if p.marks & marks)
        for line in lines
        if any(p.marks & marks for p in line)
    )


def _cut(stretches: Sequence[Stretch], marks: AbstractSet[str]) -> Iterator[Stretch]:
    runs = [(wanted, list(run)) for wanted, run in groupby(stretches, lambda s: not marks.isdisjoint(s.ids))]
    for number, (wanted, run) in enumerate(runs):
        if wanted or sum(len(s.text) for s in run) <= 2 * AROUND:
            yield from run
            continue
        if number > 0:
            yield from _first(run)
        yield CUT
        if number < len(runs) - 1:
            yield from reversed(list(_first(reversed(run), from_end=True)))


def _first(run: Iterable[Stretch], *, from_end: bool = False) -> Iterator[Stretch]:
    """Return what comes first in a run, or last of one that is given backwards. Marks stay whole."""
    room = AROUND
    for stretch in run:
        if room <= 0:
            return
        text = stretch.text[-room:] if from_end else stretch.text[:room]
        yield stretch if stretch.ids else replace(stretch, text=text)
        room -= len(stretch.text)
