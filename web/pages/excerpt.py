"""Excerpts: of a long text only what stands around its marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.marked import Passage, Stretch

AROUND = 160
"""Characters that are kept on either side of a mark."""

CUT = " […] "
"""What stands where something was left out."""


def excerpt(lines: Sequence[Sequence[Passage]]) -> tuple[tuple[Passage, ...], ...]:
    """Return the lines in which something is marked, each cut to what stands around its marks."""
    return tuple(
        tuple(replace(p, stretches=tuple(_cut(p.stretches))) for p in line if p.is_marked)
        for line in lines
        if any(p.is_marked for p in line)
    )


def _cut(stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    last = len(stretches) - 1
    for number, stretch in enumerate(stretches):
        text = stretch.text
        if stretch.ids or len(text) <= 2 * AROUND:
            yield stretch
            continue
        before = "" if number == 0 else text[:AROUND]
        after = "" if number == last else text[-AROUND:]
        yield replace(stretch, text=before + CUT + after)
