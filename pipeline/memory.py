"""Memory: a name found once is looked for everywhere, in every form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from models.findings import EntityType
from pipeline.claims import Claim, Places
from pipeline.names import fold
from pipeline.people import TITLES, Name, parse
from pipeline.spelling import Misspellings

NAME = "memory"

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_DOTTED = re.compile(r"(?<![\w.])(?:[^\W\d_]\.[ ]?){2,4}(?!\w)")
_CAPITALS = re.compile(r"(?<![\w&/])[A-Z]{2,3}(?![\w&]|/[A-Z])")

_EXACT, _LOWER, _SPELT, _INITIALS = 0.8, 0.7, 0.6, 0.6
"""How sure: as the name was written; in lower case; misspelt; by initials."""


@dataclass(slots=True)
class Memory:
    """The names known of a document and its entry, in the forms they may come back in.

    Attributes:
        words: Folded words of names.
        joined: Full names written as one word.
        initials: Initials of people named in full.
        ordinary: Words that are ordinary English too.
        acronyms: Capitals that mean something else.
    """

    ordinary: frozenset[str]
    acronyms: frozenset[str]
    words: set[str] = field(default_factory=set)
    joined: set[str] = field(default_factory=set)
    initials: set[str] = field(default_factory=set)

    def learn(self, names: Iterable[str]) -> None:
        """Remember names."""
        for name in map(parse, names):
            if not name.is_initials:
                self._learn(name)

    def _learn(self, name: Name) -> None:
        """Remember the forms of one name."""
        parts = [part for word in name.words for part in (word, *word.split())]
        self.words.update(part for part in parts if len(part) > 1 and part not in TITLES)
        if name.is_full:
            self.joined.update(("".join(name.words), "".join(reversed(name.words))))
            self.initials.update({name.initials.upper(), (name.words[0][0] + name.words[-1][0]).upper()})

    def recall(self, text: str, taken: Places) -> Iterator[Claim]:
        """Find the names again where nothing else has been found.

        An ordinary word is taken for a name only where it is written as one.
        """
        spelt = Misspellings(self.words)
        for found in _WORD.finditer(text):
            if taken.over(found.start(), found.end()):
                continue
            sure = self._sureness(found, text, spelt)
            if sure:
                end = found.end() - (2 if re.search(r"['’][sS]$", found.group()) else 0)
                yield Claim(found.start(), end, EntityType.PERSON, sure, NAME)
        yield from self._recall_initials(text, taken)

    def _sureness(self, found: re.Match[str], text: str, spelt: Misspellings) -> float:
        """Tell how sure one word is a known name; 0 where it is not."""
        written = found.group()
        word = fold(written)
        if word in self.words:
            if word in self.ordinary:
                return _EXACT if is_written_as_name(text, found.start(), found.end()) else 0.0
            return _LOWER if written.islower() else _EXACT
        if word in self.joined:
            return _EXACT
        if word in self.ordinary or len(word) < 5:
            return 0.0
        return _SPELT if spelt.of(word) else 0.0

    def _recall_initials(self, text: str, taken: Places) -> Iterator[Claim]:
        """Find people named in full by their initials."""
        for pattern in (_DOTTED, _CAPITALS):
            for found in pattern.finditer(text):
                letters = re.sub(r"\W", "", found.group())
                if letters not in self.initials or (letters in self.acronyms and "." not in found.group()):
                    continue
                if not taken.over(found.start(), found.end()):
                    yield Claim(found.start(), found.end(), EntityType.PERSON, _INITIALS, NAME)


_START = re.compile(r"(?:^|[.!?:\n|>•\-–(\"“'‘])[\s*_]*$")


def is_written_as_name(text: str, start: int, end: int) -> bool:
    """Tell whether a word that is ordinary too is written as a name: a capital inside a sentence."""
    word = text[start:end]
    if not word[0].isupper() or (word.isupper() and len(word) > 1):
        return False
    return not _START.search(text[max(0, start - 6) : start])
