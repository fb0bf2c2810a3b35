"""Prepare Arabic and Hebrew words for a page that draws letters one by one, from left to right."""

from __future__ import annotations

import re
from functools import cache
from unicodedata import decomposition

_FORMS = (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD))
"""Where Unicode lists the shapes that Arabic letters take in a word."""

_LAM_ALEF = re.compile("\u0644[\u0622\u0623\u0625\u0627]")
_MARKS = "\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
_LETTER = rf"[\u05d0-\u05f4\u0620-\u064a\u0671-\u06d3\u06d5][{_MARKS}]*"
_UNIT = re.compile(rf"{_LAM_ALEF.pattern}[{_MARKS}]*|{_LETTER}|.", re.DOTALL)
_RUN = re.compile(rf"(?:{_LETTER})+(?:[ '\u2019-]+(?:{_LETTER})+)*")


def to_drawn(text: str) -> str:
    """Join the letters of each stretch from right to left, and put them in the order of drawing.

    It serves names and short phrases in a text from left to right. A stretch that is broken over
    two lines stands there with its lines exchanged.
    """
    return _RUN.sub(lambda run: _drawn(run.group()), text)


def _drawn(run: str) -> str:
    units = _UNIT.findall(run)
    shaped = [
        _shape(unit, before=_joins(before, unit), after=_joins(unit, after))
        for before, unit, after in zip(["", *units], units, [*units[1:], ""], strict=False)
    ]
    return "".join(reversed(shaped))


def _joins(before: str, after: str) -> bool:
    """Tell whether two units that follow each other are written in one stroke."""
    return "initial" in _shapes().get(_base(before), {}) and "final" in _shapes().get(_base(after), {})


def _shape(unit: str, *, before: bool, after: bool) -> str:
    """Return the shape of a unit that is joined to the one before it, after it, both or none."""
    base = _base(unit)
    kind = ("isolated", "initial", "final", "medial")[2 * before + after]
    shape = _shapes().get(base, {}).get(kind, base)
    return shape + unit[len(base) :]


def _base(unit: str) -> str:
    """Return a unit without its marks: a letter, or lam with alef, which are written as one."""
    return unit[: 2 if _LAM_ALEF.match(unit) else 1]


@cache
def _shapes() -> dict[str, dict[str, str]]:
    """Read the shapes of each letter, and of lam with alef, from Unicode's own list."""
    found: dict[str, dict[str, str]] = {}
    for code in _FORMS:
        kind, *letters = decomposition(chr(code)).split() or ["none"]
        base = "".join(chr(int(letter, 16)) for letter in letters)
        if len(base) == 1 or (_LAM_ALEF.fullmatch(base) is not None and code >= 0xFEF5):
            found.setdefault(base, {})[kind.strip("<>")] = chr(code)
    return found
