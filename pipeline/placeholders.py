"""Placeholders: letters that stand for somebody and are nobody's."""

from __future__ import annotations

import re
from collections.abc import Iterator

_OF_CAPACITY = re.compile(
    r"\b(?:MCA|DoLS|LPS|COP|[Mm]ental [Cc]apacity|MENTAL CAPACITY|[Cc]ourt [Oo]f [Pp]rotection"
    r"|COURT OF PROTECTION|[Bb]est[ ][Ii]nterests|[Dd]eprivation [Oo]f [Ll]iberty)\b"
)
"""What a text is about where P is the person concerned, as in the Mental Capacity Act's code of practice."""

_IN_A_ROW = re.compile(
    r"""\b(?:children|brothers|sisters|siblings|boys|girls|men|women|officers|workers|people|parents
    |residents|clients|families|couple|twins|carers|students)\b[^.\n]{0,30}?
    \b(?P<letters>A(?:,[ ]B)+(?:,[ ][C-H])*,?[ ]and[ ][C-H]|A[ ]and[ ]B
    |[WXY](?:,[ ][XYZ])*,?[ ]and[ ][XYZ])(?![\w'’]|\.\w)""",
    re.VERBOSE,
)
"""People who are called by the first letters of the alphabet, or the last."""

_OPTION = re.compile(r"(?<![\w'’.])(?P<letter>[A-H])[:,)][ ](?=\S[^\n]{3})")
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
    found = [match for match in _LETTERED.finditer(text) if match["letter"] not in _LAST_LETTERS]
    letters = {match["letter"] for match in found}
    if {"A", "B"} <= letters and len(letters) == ord(max(letters)) - ord("A") + 1:
        yield from (match.group() for match in found if match["title"])


def letters_of_nobody(text: str) -> Iterator[str]:
    """Give the single letters that stand for people: A, B and C in a row, and P in talk of capacity.

    And those of options, which name nobody either: "Hypothesis A: content. B: afraid."
    """
    yield from _options(text)
    for found in _IN_A_ROW.finditer(text):
        yield from _LETTER.findall(found["letters"])
    if _OF_CAPACITY.search(text):
        yield "P"


def _options(text: str) -> Iterator[str]:
    """Give the letters that begin options which follow each other from A on."""
    found: list[str] = []
    end = 0
    for match in _OPTION.finditer(text):
        is_next = found and match["letter"] == chr(ord(found[-1]) + 1) and match.start() - end <= _FAR
        if match["letter"] == "A" or not is_next:
            yield from found if len(found) > 1 else ()
            found = []
        if match["letter"] == "A" or is_next:
            found.append(match["letter"])
            end = match.end()
    yield from found if len(found) > 1 else ()
