"""Declared: the names that a text says are nobody's, and every place where they stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.findings import EntityType, LookAlike
from pipeline.claims import Claim

CAP = r"[^\W\d_a-zß-öø-ÿ]"
NAME = (
    rf"(?:(?:Mr|Mrs|Ms|Miss|Dr)\.?[ ])?(?<![\w'’\-]){CAP}[\w'’\-]{{0,30}}"
    rf"(?:[ ](?:De[ ])?{CAP}[\w'’\-]{{0,30}})?"
)
"""A capital; and a name of one or two words that begin with one, with its title."""

_SURE = 0.985
"""Above what the classifier says of a name: what a text declares about itself decides."""

_WORD = re.compile(r"\w+")
_A_STANDS = re.compile(
    r"(?=['’]s\b|[,.;:)?!]|[ ](?:and|or|is|was|has|had|said|says|told|asked|will|would|did|does|who)\b)"
)
"""What follows the letter A where it stands for somebody: it is a word as well."""


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
        lengths = self._lengths()
        end = 0
        for word in _WORD.finditer(text):
            start = word.start()
            length = self._length(text, word, lengths.get(word.group(), ())) if start >= end else 0
            if length:
                end = start + length
                yield Claim(start, end, EntityType.PERSON, _SURE, "declared_pseudonym", LookAlike.PSEUDONYM)

    def _lengths(self) -> Mapping[str, Sequence[int]]:
        """Say how long the names are that begin with each word, the longest first."""
        found: dict[str, set[int]] = defaultdict(set)
        for name in self.names:
            found[_WORD.findall(name)[0]].add(len(name))
        return {word: sorted(lengths, reverse=True) for word, lengths in found.items()}

    def _length(self, text: str, word: re.Match[str], lengths: Sequence[int]) -> int:
        """Return how long the name is that begins with a word of a text; 0 where none does."""
        start = word.start()
        for length in lengths:
            is_whole = not _WORD.match(text, start + length)
            if is_whole and text[start : start + length] in self.names:
                return length
        is_letter = word.group() in self.letters
        return 1 if is_letter and (word.group() != "A" or _A_STANDS.match(text, word.end())) else 0
