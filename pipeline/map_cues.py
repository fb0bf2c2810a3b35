"""Cue groups found in sentences: what staff can amend, and what explains a suggestion."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rules.cues import compile_cues, fold
from rules.standards import StandardFile


@dataclass(frozen=True, slots=True)
class _Group:
    part: int
    name: str
    pattern: re.Pattern[str]


class CueTable:
    """The cue groups of one standard, ready to search with."""

    def __init__(self, file: StandardFile) -> None:
        """Compile the cues of every part."""
        self._parts = len(file.guides)
        self._groups = [
            _Group(number, group.name, compile_cues(group.words))
            for number, guide in enumerate(file.guides)
            for group in guide.cues
        ]

    def names_in(self, sentence: str) -> tuple[tuple[str, ...], ...]:
        """Name the cue groups that a sentence holds, part by part."""
        folded = fold(sentence)
        found: list[list[str]] = [[] for _ in range(self._parts)]
        for group in self._groups:
            if group.pattern.search(folded):
                found[group.part].append(group.name)
        return tuple(map(tuple, found))
