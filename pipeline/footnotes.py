"""Footnotes: names with a sign, of which a note under the text says that they are nobody's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.declared import NAME

_FOOTNOTE = re.compile(
    r"""^[ \t]{0,8}(?P<sign>[*†‡¹])[ ]?(?:
      (?:[A-Za-z' ]{0,30}[ ])?(?:not|n['’]t)[ ](?:(?:his|her|their|a|an|the)[ ])?
        (?:(?:actual|real|own|true)[ ])?names?\b
      |[^\n]{0,30}\bpseudonyms?\b
      |(?:all[ ])?names?[ ](?:ha(?:ve|s)[ ]been[ ]|was[ ]|were[ ]|is[ ]|are[ ])?(?:all[ ])?
        (?:changed|altered|invented|made[ ]up)\b
        (?![ ](?:by[ ](?:deed|marriage)|on|after|when|since|in|to|from|back)\b)
      |(?:changed|altered|invented|made[- ]up|false|fictional|fictitious)[ ]names?\b)""",
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
"""A note under a text that names with its sign are nobody's: "* not her real name"."""

_SIGNED = {
    sign: re.compile(rf"(?<![*_†‡¹]){NAME}(?=[.,;:]?{re.escape(sign)}(?!{re.escape(sign)}))")
    for sign in "*†‡¹"
}
"""Names with each sign behind them, and none before them."""

_TOP = 200
"""Characters in which a note over a text begins."""

_GOES_ON = re.compile(r"[.,;:]?[*†‡¹](?:['’]s\b|[ ][a-z])")
"""What follows a name with its sign in a sentence, and not in a form or a signature."""

_ITEM = re.compile(r"^[ \t]{0,8}\*[ ]", re.MULTILINE)


def footnoted(text: str) -> Iterator[str]:
    """Give the names with the sign of a note: "Leila* came", and above or below "* not her real name"."""
    ends = {note["sign"]: note.end() for note in _FOOTNOTE.finditer(text)}
    if len(_ITEM.findall(text)) > 1:  # a list
        ends.pop("*", None)
    for sign, end in ends.items():
        yield from (found.group() for found in _SIGNED[sign].finditer(text, 0, end))
    yield from _under_a_note(text)


def _under_a_note(text: str) -> Iterator[str]:
    """Give the names that bear the sign of a note at the very top, where the sign stands for nothing else."""
    note = _FOOTNOTE.search(text, 0, _TOP)
    if note is None or text.count("\n", 0, note.start("sign")) > 1:
        return
    sign = note["sign"]
    if re.compile(rf"(?:^|[\s(\[]){re.escape(sign)}+[ ]?\w", re.MULTILINE).search(text, note.end()):
        return  # another note, a list, or words in italics
    for found in _SIGNED[sign].finditer(text, note.end()):
        if _GOES_ON.match(text, found.end()):
            yield found.group()
