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

_WORD_BEFORE = re.compile(r"(?<![\w'’\-])(?P<word>[^\W\d_][\w'’\-]*)[ ]$")
_BEGINS = re.compile(r"(?:^|[.!?:;\n]\W{0,4})$")
_OF_CASES = frozenset(("of", "re"))
"""What stands before a letter in the head of a case: "IN THE MATTER OF P", "Re P"."""

_FAR, _NEAR = 24, 6
_ORDINARY = load_list("words") - load_list("word_names")
_PEOPLE = load_list("role_words") | load_list("kin") | load_list("titles")


@dataclass(frozen=True, slots=True)
class Declared:
    """What a text says is made up.

    Attributes:
        names: Names as the text writes them, and their parts.
        letters: Letters that stand for people and are nobody's.
        options: Where a letter begins one of several options.
    """

    names: frozenset[str]
    letters: frozenset[str] = frozenset()
    options: frozenset[int] = frozenset()

    def claims(self, text: str) -> Iterator[Claim]:
        """Find every place where a made-up name stands."""
        if not (self.names or self.letters or self.options):
            return
        names = self.names | {name.upper() for name in self.names if len(name) >= _LONG}
        lengths = _lengths(names)
        end = 0
        for word in _WORD.finditer(text):
            start = word.start()
            if start < end:
                continue
            length = _length(text, start, names, lengths.get(word.group(), ()))
            length = length or int(word.group() in self.letters and _stands_alone(text, word))
            if length:
                end = start + length
                yield _claim(text, start, end)
        for start in sorted(self.options):
            yield _claim(text, start, start + 1)


def _claim(text: str, start: int, end: int) -> Claim:
    """Claim a made-up name with the title before it."""
    title = _TITLE.search(text, max(0, start - _TITLES_LENGTH), start)
    start = title.start() if title else start
    return Claim(start, end, EntityType.PERSON, _SURE, "declared_pseudonym", LookAlike.PSEUDONYM)


def _length(text: str, start: int, names: AbstractSet[str], lengths: Sequence[int]) -> int:
    """Return how long the name is that begins at a place; 0 where none does."""
    for length in lengths:
        if text[start : start + length] in names and not _WORD.match(text, start + length):
            return length
    return 0


def _stands_alone(text: str, letter: re.Match[str]) -> bool:
    """Tell whether a letter stands for somebody, and is neither a word nor a part of a name: "Heather P".

    At the start of a line and before a colon it is who speaks, whose own letter it may be.
    """
    line = text.rfind("\n", 0, letter.start()) + 1
    if text.startswith(":", letter.end()) and not text[line : letter.start()].strip():
        return False
    before = _WORD_BEFORE.search(text, max(0, letter.start() - _FAR), letter.start())
    if before and _is_of_name(text, before):
        return False
    stands = _A_STANDS if letter.group() == "A" else _LETTER_STANDS
    return bool(stands.match(text, letter.end()))


def _is_of_name(text: str, before: re.Match[str]) -> bool:
    """Tell whether the word before a letter belongs to it: "Heather P", "Nurse P", "her son P"."""
    word = before["word"].casefold()
    if word in _PEOPLE:
        return True
    if word in _OF_CASES or before["word"][0].islower():
        return False
    at = before.start("word")
    return word not in _ORDINARY or not _BEGINS.search(text, max(0, at - _NEAR), at)


def _lengths(names: AbstractSet[str]) -> Mapping[str, Sequence[int]]:
    """Say how long the names are that begin with each word, the longest first."""
    found: dict[str, set[int]] = defaultdict(set)
    for name in names:
        found[_WORD.findall(name)[0]].add(len(name))
    return {word: sorted(lengths, reverse=True) for word, lengths in found.items()}
