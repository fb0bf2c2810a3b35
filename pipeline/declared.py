"""Declared: the names that a text says are nobody's, and every place where they stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from models.findings import EntityType, LookAlike
from pipeline.claims import Claim
from rules.lists.lists import load_list

CAP = r"[^\W\d_a-zß-öø-ÿ]"
NAME = (
    rf"(?:(?:Mr|Mrs|Ms|Miss|Dr)\.?[ ])?(?<![\w'’\-]){CAP}[\w'’\-]{{0,30}}"
    rf"(?:[ ](?:De[ ])?{CAP}[\w'’\-]{{0,30}})?"
)
"""A capital; and a name of one or two words that begin with one, with its title."""

_SURE = 0.985
"""Above what the classifier says of a name: what a text declares about itself decides."""

_WORD = re.compile(r"\w+")
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.?[ ]$")
_TITLES_LENGTH = 6
_LONG = 4
"""Fewest letters of a made-up name that stands in capitals too."""

_A_STANDS = re.compile(
    r"(?=['’]s\b|[,.;:)?!]|[ ](?:and|or|is|was|has|had|said|says|told|asked|will|would|did|does|who)\b)"
)
"""What follows the letter A where it stands for somebody: it is a word as well."""


_LETTER_STANDS = re.compile(r"['’]s\b|[ ]+[a-z(|&+]|[,;:)?!|\"”]|\.(?!\w)|[ ]?\n|$")
"""What follows another letter there."""

_WORD_BEFORE = re.compile(r"(?P<word>[A-Z][\w'’\-]*)[ ]$")
_FAR = 24
_ORDINARY = load_list("words") - load_list("word_names")


@dataclass(frozen=True, slots=True)
class Declared:
    """What a text says is made up.

    Attributes:
        names: Names as the text writes them, and their parts.
        letters: Letters that stand for people in the order of the alphabet.
    """

    names: frozenset[str]
    letters: frozenset[str] = frozenset()

    def claims(self, text: str) -> Iterator[Claim]:
        """Find every place where a made-up name stands."""
        if not (self.names or self.letters):
            return
        names = _by_first_word(self.names)
        end = 0
        for word in _WORD.finditer(text):
            start = word.start()
            length = self._length(text, word, names.get(word.group(), ())) if start >= end else 0
            if length:
                end = start + length
                title = _TITLE.search(text, max(0, start - _TITLES_LENGTH), start)
                start = title.start() if title else start
                yield Claim(start, end, EntityType.PERSON, _SURE, "declared_pseudonym", LookAlike.PSEUDONYM)

    def _length(self, text: str, word: re.Match[str], names: Sequence[str]) -> int:
        """Return how long the name is that begins with a word of a text; 0 where none does."""
        start = word.start()
        for name in names:
            if text.startswith(name, start) and not _WORD.match(text, start + len(name)):
                return len(name)
        return 1 if word.group() in self.letters and _stands_alone(text, word) else 0


def _stands_alone(text: str, letter: re.Match[str]) -> bool:
    """Tell whether a letter stands for somebody, and is neither a word nor a part of a name: "Heather P".

    At the start of a line and before a colon it is who speaks, whose own letter it may be.
    """
    line = text.rfind("\n", 0, letter.start()) + 1
    if text.startswith(":", letter.end()) and not text[line : letter.start()].strip():
        return False
    before = _WORD_BEFORE.search(text, max(0, letter.start() - _FAR), letter.start())
    if before and before["word"].casefold() not in _ORDINARY:
        return False
    stands = _A_STANDS if letter.group() == "A" else _LETTER_STANDS
    return bool(stands.match(text, letter.end()))


def _by_first_word(names: AbstractSet[str]) -> Mapping[str, Sequence[str]]:
    """Arrange names, as written and in capitals, by the word that each begins with, the longest first."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in names | {name.upper() for name in names if len(name) >= _LONG}:
        found[_WORD.findall(name)[0]].add(name)
    return {word: sorted(alike, key=len, reverse=True) for word, alike in found.items()}
