"""Tell misspelt names: one or two letters wrong, and no ordinary word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

ONE_WRONG = 5
"""Fewest letters of a name in which one may be wrong."""

TWO_WRONG = 8
"""Fewest letters of a name in which two may be wrong."""

LONGEST = 24
"""Most letters of a word that is compared: longer ones are no names, and cost much."""

MOST_ALIKE = 64
"""Most names laid out that differ in the same letters only: no document has more, unless it is made to."""


def is_misspelling(word: str, name: str) -> bool:
    """Tell whether a word can be a name with one letter wrong, or two in a long name.

    Wrong is a letter too many, missing, another, or two neighbours swapped.
    """
    if word == name or min(len(word), len(name)) < ONE_WRONG - 1 or not ONE_WRONG <= len(name) <= LONGEST:
        return False
    allowed = 2 if len(name) >= TWO_WRONG else 1
    if abs(len(word) - len(name)) > allowed or word[0] != name[0]:
        return False
    return OSA.distance(word, name, score_cutoff=allowed) <= allowed


class Misspellings:
    """Names laid out so that a misspelling of one of them is found without comparing with all."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        """Lay out the names that are long enough."""
        self._by_rest: dict[int, tuple[str, ...]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Lay out one more name; it must not be there yet."""
        if ONE_WRONG <= len(name) <= LONGEST:
            alone = (name,)
            for rest in map(hash, _shortened(name, 2 if len(name) >= TWO_WRONG else 1)):
                others = self._by_rest.get(rest)
                if others is None:
                    self._by_rest[rest] = alone
                elif len(others) < MOST_ALIKE:
                    self._by_rest[rest] = others + alone

    def of(self, word: str) -> str | None:
        """Return the name that a word misspells, if any; the first in order of several."""
        return min(self.near(word), default=None)

    def near(self, word: str) -> Iterator[str]:
        """Give the names that a word can be a misspelling of."""
        if ONE_WRONG - 1 <= len(word) <= LONGEST:
            rests = map(hash, _shortened(word, 2 if len(word) >= TWO_WRONG - 1 else 1))
            near = {name for rest in rests for name in self._by_rest.get(rest, ())}
            yield from (name for name in near if is_misspelling(word, name))


def _shortened(word: str, most: int) -> Iterator[str]:
    """Give a word with up to `most` letters left out, its first letter kept."""
    seen = {word}
    front = [word]
    for _ in range(most):
        front = [w[:i] + w[i + 1 :] for w in front for i in range(1, len(w))]
        seen.update(front)
    yield from seen
