"""Choose the sentences of a very long text that are worth reading closely."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import log1p
from pathlib import Path

from models.serialize import read_json
from rules.cues import fold

ROOM = 760
"""Words of a text that are read closely: what a processor reads in the time an entry may take."""

MOST_CUES = 4
"""Cue groups that a sentence is credited with."""

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+")


@dataclass(frozen=True, slots=True)
class Skim:
    """How much a sentence promises, by its words alone.

    Attributes:
        words: What a word adds.
        length: What the logarithm of the number of words adds.
        cue: What each cue group adds.
    """

    words: dict[str, float]
    length: float
    cue: float

    def promise(self, sentence: str, cues: int) -> float:
        """Say how much a sentence promises; only the order means something."""
        words = words_of(sentence)
        known = sum(self.words.get(word, 0.0) for word in set(words))
        return known + self.length * log1p(len(words)) + self.cue * min(MOST_CUES, cues)

    def choose(self, sentences: Sequence[str], cues: Sequence[int]) -> list[int]:
        """Number the sentences to be read, in their order: all of them where there is room, always one."""
        lengths = [len(words_of(sentence)) for sentence in sentences]
        if sum(lengths) <= ROOM:
            return list(range(len(sentences)))
        promises = [self.promise(*pair) for pair in zip(sentences, cues, strict=True)]
        chosen, left = [], ROOM
        ranked = sorted(range(len(sentences)), key=lambda row: -promises[row])
        for row in ranked:
            if lengths[row] <= left:
                chosen.append(row)
                left -= lengths[row]
        return sorted(chosen) or ranked[:1]


def words_of(sentence: str) -> list[str]:
    """Return the words of a sentence as the table has them."""
    return _WORD.findall(fold(sentence))


def read_skim(folder: Path) -> Skim:
    """Read the table of a folder."""
    return read_json(Skim, folder / "skim.json")
