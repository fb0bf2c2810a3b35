"""One name a claim: a name ends with its line or cell, and where another one is joined to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from models.findings import EntityType
from pipeline.claims import Claim
from pipeline.names import fold
from pipeline.people import parse
from pipeline.sheets import Sheet

NARROWEST = 40
"""Characters below which a line ends because its words do, not because the next would not fit."""

_NEIGHBOURS = 600
"""Characters on both sides in which the longest line is looked for."""

_BREAK = re.compile(
    r"(?P<line>[ \t]*(?:\n[ \t]*)+)|(?P<comma>,[ ]+)"
    r"|[ \t]*[|;][ \t]*|[ ]+(?:and|&|\+|/)[ ]+|(?<=[^\W\d_]{2})[/&+](?=[^\W\d_]{2})"
)
_FIRST_WORD = re.compile(r"\S+")


def one_name_each(claims: Iterable[Claim], sheet: Sheet) -> Iterator[Claim]:
    """Divide claims that hold two people's names, who would be taken for one person.

    Below a heading, in the next cell and after "and" somebody else begins. Where a long
    line was wrapped in the middle of a name, and in "Surname, Given", the name stays whole.
    """
    for claim in claims:
        if claim.entity_type is EntityType.PERSON and claim.look_alike is None:
            yield from _divided(claim, sheet)
        else:
            yield claim


def _divided(claim: Claim, sheet: Sheet) -> Iterator[Claim]:
    start = claim.start
    for found in _BREAK.finditer(sheet.text, claim.start, claim.end):
        if _is_end(sheet.text[start : found.start()], found, claim, sheet):
            yield replace(claim, start=start, end=found.start())
            start = found.end()
    yield replace(claim, start=start)


def _is_end(before: str, found: re.Match[str], claim: Claim, sheet: Sheet) -> bool:
    """Tell whether a name ends before a break: nothing does after a title alone."""
    words = parse(before).words
    if not words or found.end() >= claim.end:
        return False
    if found["comma"]:
        return len(words) > 1
    return not found["line"] or not _is_wrapped(claim, found, sheet)


def _is_wrapped(claim: Claim, found: re.Match[str], sheet: Sheet) -> bool:
    """Tell whether a line ends only because the word after it would not have fitted.

    That is so where no line around it is long enough for both, or a word is divided. A
    segment's end, an empty line, and one word on both sides say that a new name begins.
    """
    text = sheet.text
    if text[found.start() - 1] in "-‐":
        return True
    if found.group().count("\n") != 1 or sheet.is_between(text.index("\n", found.start())):
        return False
    words = set(fold(text[claim.start : found.start()]).split())
    if words & set(fold(text[found.end() : claim.end]).split()):
        return False
    line = found.start() - (text.rfind("\n", 0, found.start()) + 1)
    word = _FIRST_WORD.match(text, found.end())
    fitting = line + 1 + len(word.group() if word else "")
    around = text[max(0, found.start() - _NEIGHBOURS) : found.end() + _NEIGHBOURS]
    return line >= NARROWEST and fitting > max(map(len, around.split("\n")))
