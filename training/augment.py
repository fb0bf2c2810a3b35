"""Change documents so that the model learns context, shape and layout rather than lists."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tests.quality.score import TITLES
from training.drafts import Draft, Fragment
from training.noise import abbreviate, misspell, unpunctuate
from training.numbers import redraw

_NAME = re.compile(r"[^\W\d_]+")
_PERSONAL = ("PERSON", "pseudonym")
_CARRIERS = ("EMAIL_ADDRESS", "SOCIAL_HANDLE", "URL")
_KEPT = TITLES | {
    *("baby", "case", "inquiry", "review", "report", "child", "person", "young", "mother", "man", "woman"),
    *("parent", "family", "client", "student", "worker", "name", "removed", "redacted"),
    *("ji", "da", "de", "la", "el", "al", "bin", "ibn", "van"),
}
"""Words of a name that stay when the name is swapped."""

_AUTHORS = "authors"
_FAVOURED = {"word_names": 2.5, _AUTHORS: 0.6}
"""How much oftener people get a name of one kind than of another."""

_FORMAL = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "pc", "dc", "cllr", "judge"))

Names = Mapping[str, Sequence[tuple[str, str]]]


def read_names(path: Path, half: str = "training") -> Names:
    """Read the training or the measurement half of the names: given name and surname by origin."""
    groups = json.loads(path.read_text(encoding="utf-8"))["groups"]
    return {group: [_pair(name) for name in halves[half]] for group, halves in groups.items()}


def _pair(name: str) -> tuple[str, str]:
    given, _, surname = name.partition("|")
    return given, surname


def with_authors(names: Names, drafts: Sequence[Draft]) -> Names:
    """Add a kind of name: the surnames of the authors that documents cite, for people who are none."""
    cited = sorted({_NAME.findall(p.text)[-1].title() for d in drafts for p in d if _is_author(p)})
    given = [first for first, _ in names["english"]]
    return {**names, _AUTHORS: [(given[place % len(given)], surname) for place, surname in enumerate(cited)]}


def _is_author(part: Fragment) -> bool:
    words = _NAME.findall(part.text)
    return part.label == "theorist" and 0 < len(words) <= 2 and len(words[-1]) > 2


def augment(fragments: Draft, names: Names, chance: random.Random) -> Draft:
    """Change a document at random: people, slips, numbers, layout and letter case."""
    if chance.random() < 0.65:
        fragments = swap_people(fragments, names, chance, authors=0.4)
    if chance.random() < 0.18:
        fragments = abbreviate(fragments, chance)
    if chance.random() < 0.15:
        fragments = misspell(fragments, chance)
    if chance.random() < 0.5:
        fragments = [replace(part, text=redraw(part.text, part.label, chance)) for part in fragments]
    if chance.random() < 0.3:
        fragments = change_layout(fragments, chance)
    return change_case(fragments, chance)


class Swaps:
    """Which word stands for which in one document: the same old word, the same new one."""

    def __init__(
        self, people: Sequence[str], names: Names, chance: random.Random, cited: Sequence[str] = ()
    ) -> None:
        """Draw new names for a document's people; names that stand together share an origin.

        The cited among them are known by their surnames.
        """
        self._words: dict[str, str] = {}
        self._chance = chance
        letters = list("ABCDEFGHIJKLMNOPRSTVW")
        self._letters = dict(zip(letters, chance.sample(letters, len(letters)), strict=True))
        origins: dict[str, str] = {}
        surnames = {_NAME.findall(person)[-1].lower() for person in people if _has_surname(person)}
        surnames |= {word.lower() for author in cited for word in _NAME.findall(author)[-1:]}
        for person in people:
            words = [word for word in _NAME.findall(person) if _is_swapped(word)]
            known = [origins[word.lower()] for word in words if word.lower() in origins]
            origin = known[0] if known else _origin(names, chance)
            for word in map(str.lower, words):
                origins[word] = origin
                self._words.setdefault(word, chance.choice(names[origin])[word in surnames])

    def name(self, found: re.Match[str]) -> str:
        """Give the new word for one word of a name, in the old one's letter case."""
        word = found.group()
        if len(word) <= 2 and word.isupper():
            return "".join(self._letters.get(letter, letter) for letter in word)
        return self.known(found)

    def known(self, found: re.Match[str]) -> str:
        """Give the new word for a word that is part of a swapped name, else the word."""
        word = found.group()
        new = self._words.get(word.lower(), word)
        if new == word:
            return word
        return new.upper() if word.isupper() else new.lower() if word.islower() else new


def _origin(names: Names, chance: random.Random) -> str:
    return chance.choices(list(names), [_FAVOURED.get(group, 1.0) for group in names])[0]


def _is_swapped(word: str) -> bool:
    return len(word) > 2 and word.lower() not in _KEPT


def _has_surname(person: str) -> bool:
    """Guess whether the last word of a name is a surname: it follows a name or a title."""
    words = _NAME.findall(person)
    return len(words) > 1 and (words[0].lower() in _FORMAL or _is_swapped(words[0]))


def swap_people(fragments: Draft, names: Names, chance: random.Random, authors: float = 0.15) -> Draft:
    """Give every person of a document a new name, consistently; with a chance the authors it cites too."""
    swapped = _PERSONAL + (("theorist", "inquiry") if chance.random() < authors else ())
    people = [p.text for p in fragments if p.label in swapped and _is_whole(p)]
    cited = [p.text for p in fragments if p.label in swapped and p.label == "theorist"]
    swaps = Swaps(people, names, chance, cited)
    return swap_words(fragments, swaps, swapped)


def _is_whole(part: Fragment) -> bool:
    """Tell whether words are a person's: an inquiry of one word is more often called after a place."""
    return part.label != "inquiry" or _has_surname(part.text)


def swap_words(fragments: Draft, swaps: Swaps, swapped: Collection[str]) -> Draft:
    """Swap the words of names in the marks of some labels, and in addresses made of them."""
    changed = []
    for part in fragments:
        if part.label in swapped:
            changed.append(replace(part, text=_NAME.sub(swaps.name, part.text)))
        elif part.label in _CARRIERS:
            changed.append(replace(part, text=_NAME.sub(swaps.known, part.text)))
        else:
            changed.append(part)
    return changed


def change_case(fragments: Draft, chance: random.Random) -> Draft:
    """Lower, raise or flatten the case of all words, or lower only the names."""
    drawn = chance.random()
    if drawn < 0.04:
        return unpunctuate(recase(fragments, str.lower))
    if drawn < 0.12:
        return recase(fragments, str.lower)
    if drawn < 0.16:
        return recase(fragments, str.upper)
    if drawn < 0.20:
        return _in_plain(recase(fragments, str.lower), _sentence_case)
    if drawn < 0.26:
        return [replace(part, text=part.text.lower()) if part.label else part for part in fragments]
    return fragments


def recase(fragments: Draft, change: Callable[[str], str]) -> Draft:
    """Change the letter case of a whole document."""
    return [replace(part, text=change(part.text)) for part in fragments]


def _in_plain(fragments: Draft, change: Callable[[str], str]) -> Draft:
    """Change the plain words only."""
    return [part if part.label else replace(part, text=change(part.text)) for part in fragments]


def _sentence_case(text: str) -> str:
    return re.sub(r"(?:^|[.!?]\s|\n)\s*\w", lambda found: found.group().upper(), text)


def change_layout(fragments: Draft, chance: random.Random) -> Draft:
    """Lay a document out anew, as forms, tables and careless extraction do."""
    drawn = chance.randrange(4)
    if drawn == 0:
        return _in_plain(fragments, lambda text: re.sub(r"(?<!\n)\n(?!\n)", " ", text))
    if drawn == 1:
        return wrap_lines(fragments, chance.randint(45, 95))
    if drawn == 2:
        cell = chance.choice((" | ", "\t", "\n", "  "))
        return _in_plain(fragments, lambda text: re.sub(r"(?<=\w): ?(?=\w|$)", cell, text))
    border = chance.choice(("\t", "  ", " ", "\n"))
    return _in_plain(fragments, lambda text: re.sub(r" *\| *", border, text))


def wrap_lines(fragments: Draft, width: int) -> Draft:
    """Break lines at a page's width, inside names too, as extraction from a page does."""
    column = 0
    wrapped = []
    for part in fragments:
        words = re.split(r"(\s+)", part.text)
        for place, word in enumerate(words):
            if "\n" in word:
                column = 0
            elif word.isspace() and column >= width:
                words[place], column = "\n", 0
            else:
                column += len(word)
        wrapped.append(replace(part, text="".join(words)))
    return wrapped
