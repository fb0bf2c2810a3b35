"""Columns of people: a name under "discussed with" is a person's, whatever it looks like alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from models.findings import EntityType, LookAlike
from models.text import Span
from pipeline.claims import Claim, Places

_MISTAKEN = frozenset({LookAlike.THEORIST, LookAlike.WORD})
_LONGEST_HEADING = 5
"""Words of a heading; a longer one is a sentence that happens to hold such a word."""
_LONGEST_CELL = 80
"""Characters of a cell that lists people; in a longer one sentences stand around the names."""
_RULED = re.compile(r"[\s|:+-]*")
_WORD = re.compile(r"\w+")


def named_in_columns(claims: Iterable[Claim], text: str, headings: frozenset[str]) -> Iterator[Claim]:
    """Hold a capitalised name in a column of people for a person's.

    A cell has no sentence around it that could say whether it names an author or somebody
    whom the writer knows. The heading of its column does.
    """
    cells = Places(
        Claim(span.start, span.end, EntityType.PERSON, 1.0, "column")
        for span in _cells_of_people(text, headings)
    )
    for claim in claims:
        is_name = claim.look_alike in _MISTAKEN and text[claim.start].isupper()
        if is_name and claim.entity_type is EntityType.PERSON and cells.over(claim.start, claim.end):
            yield replace(claim, look_alike=None)
        else:
            yield claim


def _cells_of_people(text: str, headings: frozenset[str]) -> Iterator[Span]:
    """Find the cells below such headings, in rows of cells set apart by bars."""
    columns: Sequence[int] = ()
    width = at = 0
    for line in text.splitlines(keepends=True):
        cells = _cells(line)
        if len(cells) < 2:
            width = 0
        elif len(cells) != width:
            width = len(cells)
            columns = [n for n, cell in enumerate(cells) if is_of_people(line[cell[0] : cell[1]], headings)]
        elif not _RULED.fullmatch(line):
            yield from (
                Span(at + s, at + e) for s, e in map(cells.__getitem__, columns) if s < e <= s + _LONGEST_CELL
            )
        at += len(line)


def _cells(line: str) -> list[tuple[int, int]]:
    """Split a row at its bars; those that only frame it bound no cell."""
    first = len(line) - len(line.lstrip(" \t|"))
    last = len(line.rstrip(" \t\r\n|"))
    bars = [n for n in range(first, last) if line[n] == "|"]
    return list(zip([first, *(bar + 1 for bar in bars)], [*bars, last], strict=True)) if bars else []


def is_of_people(heading: str, headings: frozenset[str]) -> bool:
    """Tell whether a heading holds one of the phrases as whole words."""
    words = _WORD.findall(heading.casefold())
    folded = f" {' '.join(words)} "
    return len(words) <= _LONGEST_HEADING and any(f" {phrase} " in folded for phrase in headings)
