"""A bare name: without what somebody is before it, and without the sentence that goes on after it."""

from __future__ import annotations

import re

from pipeline.names import fold
from rules.lists.lists import load_list

_ORDINARY = load_list("words") - load_list("word_names")
_ROLE_WORDS = load_list("role_words")
_POSTS = load_list("posts")

_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:['’\-][^\W\d_]+)*(?!\w)")
_GOES_ON = frozenset(
    (
        *("was", "were", "is", "are", "has", "have", "had", "will", "would", "said", "says"),
        *("and", "or", "who", "but", "in", "at", "on", "for", "with", "to", "from"),
    )
)
"""What a sentence goes on with after a name, and no name holds."""
_OF_VERBS = ("ed", "ing")


def bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave "Midwife" out of "Midwife Oonagh", "TM" out of "TM Ada", "was in bed" out of "Ada was in bed".

    Only plain words are left out; beside capitals only those in small letters.
    """
    words = list(_WORD.finditer(text, start, end))
    first = next((n for n, word in enumerate(words) if not _is_role(word.group())), 0)
    last = _last(words, first, text[start:end])
    if last < len(words):
        end = words[last - 1].end()
    return words[first].start() if first else start, end


def _is_role(word: str) -> bool:
    """Tell whether a word is what somebody is, in full or in letters: "Midwife", "TM"."""
    return fold(word) in _ROLE_WORDS or (word.isupper() and fold(word) in _POSTS)


def _last(words: list[re.Match[str]], first: int, name: str) -> int:
    """Count the words up to where the sentence goes on: "Hilda and", "Cllr B. queried"."""
    has_capitals = not name.isupper() and not name.islower()
    last = len(words)
    for n in range(len(words) - 1, first, -1):
        word = words[n].group()
        if fold(word) not in _ORDINARY or (has_capitals and not word.islower()):
            break
        if fold(word) in _GOES_ON or (has_capitals and word.endswith(_OF_VERBS)):
            last = n
    return last
