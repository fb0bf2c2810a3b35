"""Ratings: cells of a table that hold one of a few answers, such as "High", or the codes of a rota."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from models.findings import EntityType
from pipeline.claims import Claim
from pipeline.columns import is_of_people
from pipeline.names import fold
from pipeline.nobody import OF_PEOPLE
from rules.lists.lists import load_list

_ANSWERS = load_list("ratings")
_BARS, _TABS, _COMMAS = re.compile(r"\|"), re.compile(r"\t"), re.compile(r",")
_COLUMNS = {_BARS: 3, _TABS: 3, _COMMAS: 5}
"""What sets cells apart, and how many a row has at least: commas stand in sentences too."""

_ROWS = 3
"""Fewest cells of a column that say what it holds."""

_DIFFERENT = 2
"""Fewest different answers in a column: "Green" in each row is a family's name."""

_CODES = 3
"""Fewest single capitals in a row of codes, "E | E | D", fewest such rows, and rows that hold each code."""

_HEADINGS = load_list("person_columns")
_OF_PEOPLE = OF_PEOPLE | frozenset(
    (
        *(
            "children",
            "names",
            "surname",
            "forename",
            "first",
            "last",
            "whom",
            "with",
            "people",
            "by",
            "owner",
        ),
        *("lead", "attendee", "member", "staff", "contact", "action", "carer", "family", "sibling", "worker"),
    )
)
"""Words of the heads of columns that hold people."""

_WORD = re.compile(r"[^\W\d_]+")
_CODE = re.compile(r"[A-Z]")
_RULED = re.compile(r"[\s:+\-–|]*")
_SURE = 0.9
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
    for rows, by in _tables(text):
        if by is not _COMMAS:
            yield from _codes(rows, text)
        for column in islice(zip(*rows, strict=True), _first(rows, text) + 1, None):
            filled = [cell for cell in column if not _RULED.fullmatch(text[slice(*cell)])]
            answers = [cell for cell in filled if fold(text[slice(*cell)]) in _ANSWERS]
            is_many = len(answers) >= _ROWS and 2 * len(answers) >= len(filled)
            is_various = len({fold(text[slice(*cell)]) for cell in answers}) >= _DIFFERENT
            if is_many and is_various and not _is_of_people(text[slice(*filled[0])]):
                yield from answers


def _first(rows: Sequence[Row], text: str) -> int:
    """Give the number of the first column that is not only the frame of its table."""
    return int(all(_RULED.fullmatch(text[slice(*row[0])]) for row in rows))


def _is_of_people(head: str) -> bool:
    """Tell whether the first cell of a column says that it holds people."""
    return is_of_people(head, _HEADINGS) or not _OF_PEOPLE.isdisjoint(map(fold, _WORD.findall(head)))


def _codes(rows: Sequence[Row], text: str) -> Iterator[Cell]:
    """Find the codes of a rota: single capitals of which several rows hold several, and the same ones."""
    coded = [[cell for cell in row if _CODE.fullmatch(text[slice(*cell)])] for row in rows]
    coded = [cells for cells in coded if len(cells) >= _CODES]
    held = Counter(letter for cells in coded for letter in {text[slice(*cell)] for cell in cells})
    for cells in coded if len(coded) >= _CODES else ():
        yield from (cell for cell in cells if held[text[slice(*cell)]] >= _CODES)


def _tables(text: str) -> Iterator[tuple[Sequence[Row], re.Pattern[str] | None]]:
    """Find runs of lines that are divided into as many cells each, in the same way."""
    rows: list[Row] = []
    of: tuple[re.Pattern[str] | None, int] = (None, 0)
    at = 0
    for line in text.splitlines(keepends=True):
        row, by = _row(line, at)
        if (by, len(row)) != of:
            if len(rows) > 1:
                yield rows, of[0]
            rows, of = [], (by, len(row))
        if row:
            rows.append(row)
        at += len(line)
    if len(rows) > 1:
        yield rows, of[0]


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
