"""Capitals: whether a passage is written with the capitals that tell names from words."""

from __future__ import annotations

import re

_AROUND = 300
_CARELESS = 0.3
"""Share of sentences and lines begun in lower case above which a passage has no trust in capitals."""

_STARTS = re.compile(r"(?:^|[.!?][\"”’)]?\s+|\n[\s>*•\-–]*)([^\W\d_])")
_LONE_I = re.compile(r"(?<![\w.])i(?![\w.)])")
_OF_A_FILE = re.compile(r"[_&\\@–—\-][ ]?$")
_IN_A_FILE = re.compile(r"[_&\\@]|\.[a-z]{3,4}\b")


def lacks_capitals(text: str, start: int, end: int) -> bool:
    """Tell whether a name at a place need not have its capital.

    It need not in the name of a file or account, below what somebody wrote ("- kian"), in a
    careless passage.
    """
    if _OF_A_FILE.search(text, max(0, start - 2), start) or _IN_A_FILE.match(text, end):
        return True
    return is_careless(text, start, end)


def is_careless(text: str, start: int, end: int) -> bool:
    """Tell whether the passage around a place is written carelessly: lines or "i" in lower case."""
    around = text[max(0, start - _AROUND) : end + _AROUND]
    starts = _STARTS.findall(around)
    return bool(_LONE_I.search(around)) or sum(s.islower() for s in starts) > _CARELESS * len(starts)
