"""Cue words: a small word pattern that staff can write and that cannot run away.

    feedback          the word
    complain*         any word that begins so
    said that i       words one after another, whatever is between them but not apart
    told .. me        up to four words between

Letter case and typographic apostrophes do not matter.
"""

from __future__ import annotations

import re

_ALLOWED = re.compile(r"[a-z0-9][a-z0-9'&.:/-]*\*?|\.\.")
_LONGEST = 60
_APART = r"(?:\W+\w[\w'-]*){0,4}?\W+"


def check_cue(cue: str) -> str | None:
    """Say what is wrong with a cue, or None when it may be used."""
    words = cue.split()
    if not words or len(cue) > _LONGEST:
        return "a cue has between 1 and 60 letters"
    if not all(_ALLOWED.fullmatch(word) for word in words):
        return "a cue is written in small letters, digits and the signs * and .."
    if words[0] == ".." or words[-1] == "..":
        return "a cue begins and ends with a word"
    return None


def compile_cues(cues: tuple[str, ...]) -> re.Pattern[str]:
    """Make one pattern of cues. Its running time grows with the text alone.

    Raises:
        ValueError: If a cue is not well written.
    """
    for cue in cues:
        if problem := check_cue(cue):
            raise ValueError(f"{cue!r}: {problem}")
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_pattern, cues))})(?!\w)")


def fold(text: str) -> str:
    """Make a text comparable with cues: small letters, straight apostrophes, same length."""
    folded = text.translate({0x2018: "'", 0x2019: "'"})
    lowered = folded.lower()
    return lowered if len(lowered) == len(folded) else "".join(_lower(c) for c in folded)


def _lower(letter: str) -> str:
    return letter.lower() if len(letter.lower()) == 1 else letter


def _pattern(cue: str) -> str:
    pattern = ""
    for word in cue.split():
        if word == "..":
            pattern += _APART
            continue
        if pattern and not pattern.endswith(_APART):
            pattern += r"\W+"
        pattern += re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "")
    return pattern
