"""Ratings: cells of a table that hold one of a few answers, such as "High" or "Amber", and name nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from models.findings import EntityType
from pipeline.claims import Claim
from pipeline.names import fold
from rules.lists.lists import load_list

_ANSWERS = load_list("ratings")
_BARS, _TABS, _COMMAS = re.compile(r"\|"), re.compile(r"\t"), re.compile(r",")
_COLUMNS = {_BARS: 3, _TABS: 3, _COMMAS: 5}
"""What sets cells apart, and how many a row has at least: commas stand in sentences too."""

_ROWS = 3
"""Fewest cells of a column that say what it holds."""

_CODES = 3
"""Fewest single capitals in one row that are its codes: "E | E | D", "M | T | W"."""

_CODE = re.compile(r"[A-Z]")
_RULED = re.compile(r"[\s:+\-–|]*")
_SURE = 0.97
"""How sure the classifier must be that such an answer is somebody all the same."""

Cell = tuple[int, int]
"""Where the words of a cell begin and end."""
Row = Sequence[Cell]


def without_ratings(claims: Iterable[Claim], text: str) -> Iterator[Claim]:
    """Leave out people who are an answer in a column of answers, or one of a row's codes."""
    claims = list(claims)
    is_any = any(_is_doubtful(claim) and len(text[claim.start : claim.end].split()) <= 2 for claim in claims)
    cells = set(_answers(text)) if is_any else set()
    for claim in claims:
        if not (_is_doubtful(claim) and (claim.start, claim.end) in cells):
            yield claim


def _is_doubtful(claim: Claim) -> bool:
    return claim.entity_type is EntityType.PERSON and claim.look_alike is None and claim.score < _SURE


def _answers(text: str) -> Iterator[Cell]:
    """Find the cells that hold one of a few answers, or a code of one letter."""
    for rows in _tables(text):
        for row in rows:
            codes = [cell for cell in row if _CODE.fullmatch(text[slice(*cell)])]
            yield from codes if len(codes) >= _CODES else ()
        for column in zip(*rows, strict=True):
            filled = [cell for cell in column if not _RULED.fullmatch(text[slice(*cell)])]
            answers = [cell for cell in filled if fold(text[slice(*cell)]) in _ANSWERS]
            if len(answers) >= _ROWS and 2 * len(answers) >= len(filled):
                yield from answers


def _tables(text: str) -> Iterator[Sequence[Row]]:
    """Find runs of lines that are divided into as many cells each, in the same way."""
    rows: list[Row] = []
    of: tuple[object, int] = (None, 0)
    at = 0
    for line in text.splitlines(keepends=True):
        row, by = _row(line, at)
        if (by, len(row)) != of:
            if len(rows) > 1:
                yield rows
            rows, of = [], (by, len(row))
        if row:
            rows.append(row)
        at += len(line)
    if len(rows) > 1:
        yield rows


def _row(line: str, at: int) -> tuple[Row, re.Pattern[str] | None]:
    """Divide a line into the cells it has, if any, and say by what."""
    for by, least in _COLUMNS.items():
        ends = [found.start() for found in by.finditer(line)]
        if len(ends) >= least - 1:
            bounds = zip([-1, *ends], [*ends, len(line)], strict=True)
            return [_cell(line, at, start + 1, end) for start, end in bounds], by
    return [], None


def _cell(line: str, at: int, start: int, end: int) -> Cell:
    """Leave out what stands around a cell's words."""
    words = line[start:end]
    start += len(words) - len(words.lstrip(" \t\"'"))
    return at + start, at + start + len(words.strip(" \t\r\n\"'"))
