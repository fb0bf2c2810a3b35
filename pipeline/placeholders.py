"""Placeholders: letters that stand for somebody and are nobody's."""

from __future__ import annotations

import re
from collections.abc import Iterator

_OF_CAPACITY = re.compile(
    r"\b(?:MCA|DoLS|LPS|COP|[Mm]ental Capacity Act|MENTAL CAPACITY ACT|[Cc]ourt [Oo]f [Pp]rotection"
    r"|COURT OF PROTECTION)\b"
)
_IS_P = re.compile(
    r"""\bP(?:['’]s[ ](?:(?:own[ ])?(?:wishes|views|feelings|capacity|best[ ]interests|representative
      |deprivation|liberty)|care[ ]and[ ]support)
     |,?[ ](?:lacks|lacked|has[ ]capacity|cannot[ ](?:decide|weigh)|is[ ]unable|objects|is[ ]objecting))\b
    |\b(?:MATTER[ ]OF|deprives?|represents?|representative[ ]of|(?:capacity|wishes|interests)[ ]of)[ ]P\b
    |\bRe[ ]P\b|[“"]P[”"]""",
    re.VERBOSE,
)
"""What shows that P is the person concerned, as in the Mental Capacity Act's code of practice."""

_IN_A_ROW = re.compile(
    r"""\b(?:children|brothers|sisters|siblings|boys|girls|men|women|officers|workers|people|parents
    |residents|clients|families|couple|twins|carers|students)\b[^.\n]{0,30}?
    \b(?P<letters>A(?:,[ ]B)+(?:,[ ][C-H])*,?[ ]and[ ][C-H]|A[ ]and[ ]B
    |[WXY](?:,[ ][XYZ])*,?[ ]and[ ][XYZ])(?![\w'’]|\.\w)""",
    re.VERBOSE,
)
"""People who are called by the first letters of the alphabet, or the last."""

_OPTION = re.compile(r"(?<![\w'’.])(?P<letter>[A-H])[:)][ ](?=\S[^\n]{3})")
_FAR = 250
"""Within how many code points the next of several options begins."""

_LETTERED = re.compile(
    r"(?<![\w.])(?:(?P<title>Mr|Mrs|Ms|Miss|Mx|Dr|MR|MRS|MS|DR)|Child|Person|Adult|Town|Worker|Mother|Father"
    r"|Family|Young[ ][Pp]erson)[.]?[ ](?P<letter>[A-Z])(?![\w'’\-]|\.[ ]?[A-Z])"
)

_LAST_LETTERS = "XYZ"
"""What stands for people of no name as well, and begins few names."""

_LETTER = re.compile(r"\b[A-Z]\b")


def lettered(text: str) -> Iterator[str]:
    """Give letters after titles that are placeholders: "Mr A" where A, B and so on are all in use."""
    found = list(_LETTERED.finditer(text))
    if any(match["letter"] == "X" for match in found):
        found = [match for match in found if match["letter"] not in _LAST_LETTERS]
    letters = {match["letter"] for match in found}
    if {"A", "B"} <= letters and len(letters) == ord(max(letters)) - ord("A") + 1:
        yield from (match.group() for match in found if match["title"])


def letters_of_nobody(text: str) -> Iterator[str]:
    """Give the single letters that stand for people: A, B and C in a row, and P in talk of capacity."""
    for found in _IN_A_ROW.finditer(text):
        yield from _LETTER.findall(found["letters"])
    if _OF_CAPACITY.search(text) and _IS_P.search(text):
        yield "P"


def options(text: str) -> frozenset[int]:
    """Find where letters begin options that follow each other from A on, once.

    "A: she is content. B: she is afraid."
    """
    places: list[int] = []
    last, end = "", 0
    for match in _OPTION.finditer(text):
        letter = match["letter"]
        if letter == "A":
            if last:
                return frozenset()  # two who speak in turns
            last, end = letter, match.end()
            places.append(match.start())
        elif last and ord(letter) == ord(last) + 1 and match.start() - end <= _FAR:
            last, end = letter, match.end()
            places.append(match.start())
    return frozenset(places if len(places) > 1 else ())
