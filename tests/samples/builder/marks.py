"""Take the marks out of a sample's text, and keep what they say must be found or left alone.

The marks are those of `tests/gold/GUIDE.md`: `[[TYPE/who|words]]` and `{{why|words}}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MARK = re.compile(
    r"\[\[(?P<type>[A-Z_]+)/(?P<who>[a-z]+)\|(?P<words>[^\[\]{}|]+)\]\]"
    r"|\{\{(?P<why>[a-z_]+)\|(?P<like>[^\[\]{}|]+)\}\}"
)
_BEFORE = re.compile(r"(?:\S+\s+){0,3}\S*$")
_AFTER = re.compile(r"\S*(?:\s+\S+){0,3}")


@dataclass(frozen=True, slots=True)
class Expected:
    """Marked words with the words around them, so that one occurrence can be told from another.

    Attributes:
        label: An entity type, or the reason why the words are to be left alone.
        who: Whose data it is; None for a look-alike.
        place: The kind of place in the file ("body", "header", "comment" ...).
    """

    label: str
    who: str | None
    text: str
    before: str
    after: str
    place: str


def plain(marked: str) -> str:
    """Take the marks out of a text."""
    return _MARK.sub(lambda mark: mark["words"] or mark["like"], marked)


def expected(marked: str, place: str) -> Iterator[Expected]:
    """Tell what one unbroken piece of text says must be found or left alone."""
    for mark in _MARK.finditer(marked):
        before = _BEFORE.search(plain(marked[: mark.start()]))
        after = _AFTER.match(plain(marked[mark.end() :]))
        yield Expected(
            label=mark["type"] or mark["why"],
            who=mark["who"],
            text=mark["words"] or mark["like"],
            before=before.group() if before else "",
            after=after.group() if after else "",
            place=place,
        )
