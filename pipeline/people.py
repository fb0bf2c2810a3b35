"""Tell people apart: which names of a document belong to one person."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.names import fold
from pipeline.spelling import Misspellings, is_misspelling
from rules.lists.lists import load_list

_TOKEN = re.compile(r"[^\W\d_]+(?:['’\-‑][^\W\d_]+)*")
_COMMA = re.compile(r"^([^,]{2,40}),[ ]+([^,]{1,40})$")

TITLES = load_list("titles")
MERE_TITLES = TITLES - load_list("word_names")
"""Titles that are nobody's name as well: Honour and Justice are."""

_ADDRESSED = frozenset(("her", "his", "your", "mr", "mrs", "lady"))
"""What stands before a title that is a name too."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is compared.

    Attributes:
        words: Folded words without titles, given names first.
        titles: Folded titles before them.
        is_initials: Whether every word is a letter or two.
    """

    words: tuple[str, ...]
    titles: tuple[str, ...]
    is_initials: bool

    @property
    def is_full(self) -> bool:
        """Whether it has a given name and a surname."""
        return len(self.words) > 1 and len(self.words[0]) > 1 and len(self.words[-1]) > 1

    @property
    def initials(self) -> str:
        """First letters of its words."""
        return "".join(word[0] for word in self.words)


def parse(text: str) -> Name:
    """Take a name apart. "SURNAME, Given" is turned round."""
    comma = _COMMA.match(text.strip())
    if comma:
        text = f"{comma[2]} {comma[1]}"
    tokens = _TOKEN.findall(text)
    folded = [fold(token) for token in tokens]
    titles = tuple(word for n, word in enumerate(folded) if _is_title(folded, n))
    pairs = [(token, word) for token, word in zip(tokens, folded, strict=True) if word and word not in titles]
    is_initials = bool(pairs) and all(
        len(t) == 1 or (len(t) <= 3 and t.isupper() and len(pairs) == 1) for t, _ in pairs
    )
    words = tuple(word for _, word in pairs)
    if is_initials and len(words) == 1:
        words = tuple(words[0].replace(" ", ""))
    return Name(words, titles, is_initials)


def _is_title(words: Sequence[str], n: int) -> bool:
    """Tell whether a word is a title: "Honour" in "Her Honour Judge Quill", not in "Honour Quill"."""
    if words[n] not in TITLES or words[n] in MERE_TITLES:
        return words[n] in TITLES
    is_addressed = n > 0 and words[n - 1] in _ADDRESSED
    return n + 1 < len(words) and (is_addressed or words[n + 1] in MERE_TITLES)


@dataclass(slots=True)
class Person:
    """One person of a document, by every name met.

    Attributes:
        given: Words that stood first in a full name, or alone.
        surnames: Words that stood last in a full name, or after a title.
        last_seen: Where the person was last named, in reading order.
    """

    number: int
    given: set[str] = field(default_factory=set)
    surnames: set[str] = field(default_factory=set)
    initials: set[str] = field(default_factory=set)
    full: set[tuple[str, ...]] = field(default_factory=set)
    last_seen: int = 0

    def take(self, name: Name) -> None:
        """Remember another name of the person."""
        if name.is_initials:
            self.initials.add("".join(name.words))
        elif name.is_full:
            self.full.add(name.words)
            self.given.add(name.words[0])
            self.surnames.add(name.words[-1])
            self.initials.add(name.initials)
            self.initials.add(name.words[0][0] + name.words[-1][0])
        elif len(name.words) > 1:
            self.surnames.update(word for word in name.words if len(word) > 1)
        elif name.words:
            (self.surnames if name.titles else self.given).update(name.words)


class Cast:
    """The people of a document, numbered from 1 in the order in which they are met.

    Each name is looked up by its words, so that many people cost no more than few: a list
    of thousands, or one surname that all of them bear.
    """

    def __init__(self) -> None:
        """Begin with nobody."""
        self.people: dict[int, Person] = {}
        self._words: set[str] = set()
        self._spelt = Misspellings()
        self._full: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        self._short: dict[str, set[int]] = defaultdict(set)
        self._last = _Lasts({}, {}, {})
        self._clock = 0

    def meet(self, names: Iterable[str]) -> None:
        """Get to know everybody who is named in full, before shorter names are told apart."""
        for name in map(parse, names):
            if name.is_full and not name.is_initials:
                self._last.see(self._person(name))

    def number(self, text: str) -> int | None:
        """Say whom a name means: someone met before, else someone new. None of no name at all."""
        name = parse(text)
        if not name.words:
            return None
        self._clock += 1
        person = self._person(name)
        person.last_seen = self._clock
        self._last.see(person)
        return person.number

    def _person(self, name: Name) -> Person:
        """Find the person a name means, or begin a new one, and remember the name."""
        found = self._same(name)
        if found is None:
            found = Person(len(self.people) + 1)
            self.people[found.number] = found
        found.take(name)
        if not name.is_initials:
            self._remember(found, name)
        return found

    def _remember(self, person: Person, name: Name) -> None:
        """Lay a name out, so that its person is found by each of its words."""
        for place, word in enumerate(name.words):
            if word not in self._words and (word in person.given or word in person.surnames):
                self._words.add(word)
                self._spelt.add(word)
            if name.is_full and place:
                self._full[name.words[0]][word].add(person.number)
            elif not name.is_full and not person.full:
                self._short[word].add(person.number)

    def _same(self, name: Name) -> Person | None:
        """Find whom a name means among those met."""
        last = self._last
        if name.is_initials:  # or a short name in capitals
            letters = "".join(name.words)
            return _latest((letters,), last.given) or last.initials.get(letters)
        if name.is_full:
            return max((p for p in self._alike(name) if _may_be(p, name)), key=_recency, default=None)
        known = [word for word in name.words if word in self._words]
        if not known:
            near = {spelt for word in name.words for spelt in self._spelt.near(word)}
            return _latest(near, last.given, last.surnames)
        first, then = (last.surnames, last.given) if name.titles else (last.given, last.surnames)
        return _latest(known, first) or _latest(known, then)

    def _alike(self, name: Name) -> Iterator[Person]:
        """List the people a full name may mean: with one of its words, else with one much like it."""
        first, last = name.words[0], name.words[-1]
        numbers = self._short.get(first, set()) | self._short.get(last, set())
        lasts = {*name.words, *self._spelt.near(last)}
        for given in {first, *self._spelt.near(first)} & self._full.keys():
            with_it = self._full[given]
            numbers.update(n for word in lasts & with_it.keys() for n in with_it[word])
        exact = self._words.intersection(name.words)
        for person in map(self.people.__getitem__, numbers):
            if not exact or exact & person.given or exact & person.surnames:
                yield person


@dataclass(frozen=True, slots=True)
class _Lasts:
    """Who was named last of all who share a word: as given name, as surname, or the initials."""

    given: dict[str, Person]
    surnames: dict[str, Person]
    initials: dict[str, Person]

    def see(self, person: Person) -> None:
        """Note that a person was named."""
        words = (person.given, person.surnames, person.initials)
        for last, forms in zip((self.given, self.surnames, self.initials), words, strict=True):
            for form in forms:
                if form not in last or _recency(person) > _recency(last[form]):
                    last[form] = person


def _recency(person: Person) -> tuple[int, int]:
    """Order people by who was named last, and of those not named yet by who was met first."""
    return person.last_seen, -person.number


def _latest(words: Iterable[str], *lasts: Mapping[str, Person]) -> Person | None:
    """Of all who share one of some words choose the one last named."""
    found = (last[word] for word in words for last in lasts if word in last)
    return max(found, key=_recency, default=None)


def _may_be(person: Person, name: Name) -> bool:
    """Tell whether a full name may be another form of somebody's name."""
    first, last = name.words[0], name.words[-1]
    if not person.full:
        return first in person.given or (last in person.surnames and not person.given)
    return any(
        _alike(first, known[0]) and (_alike(last, known[-1]) or last in known or known[-1] in name.words)
        for known in person.full
    )


def _alike(word: str, known: str) -> bool:
    return word == known or is_misspelling(word, known)
