"""Give out neutral labels that stay the same for one person or place over a whole entry."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import count

from models.document import Document
from models.findings import EntityType, Judgement, Person, Role
from models.redaction import LabelBook
from pipeline.life import stage_of
from pipeline.names import fold
from pipeline.people import Cast, parse
from pipeline.roles import text_of
from rules.kinds import KindTable, load_kinds
from rules.labels import LabelTable


class Labeller:
    """Gives labels to the persons and things of one document, going on from the entry's book."""

    def __init__(
        self,
        document: Document,
        judgements: Iterable[Judgement],
        people: Iterable[Person],
        book: LabelBook,
        table: LabelTable,
    ) -> None:
        self._document = document
        self._table = table
        self._kinds: KindTable = load_kinds()
        self._people = {p.number: p for p in people}
        self._names = _names(document, judgements)
        self._book: dict[str, str] = {}
        self._by_word: dict[tuple[str, str], list[tuple[frozenset[str], str]]] = defaultdict(list)
        self._tried: Counter[str] = Counter()
        for key, label in book.labels:
            self._remember(key, label)
        self._taken = set(self._book.values())
        self._given = _met_before(self._names, book)

    def label(self, judgement: Judgement) -> str:
        """Return the label for a finding, in square brackets."""
        finding = judgement.finding
        text = text_of(self._document, finding)
        if finding.entity_type is not EntityType.PERSON:
            return f"[{self._thing(finding.entity_type, text)}]"
        if finding.person is None:
            return "[Person]"
        return f"[{self._person(finding.person)}]"

    def book(self) -> LabelBook:
        """Return all labels given out so far, this document's included."""
        return LabelBook(tuple(self._book.items()))

    def _person(self, number: int) -> str:
        """Return the label of a person, giving one at the first mention."""
        if number not in self._given:
            person = self._people.get(number, Person(number, Role.UNKNOWN))
            initials = {word[0] for name in self._names[number] for word in fold(name).split()}
            self._given[number] = self._free(self._pattern(person), initials)
        label = self._given[number]
        for name in self._names[number]:
            self._book.setdefault(_key(EntityType.PERSON, name), label)
        return label

    def _pattern(self, person: Person) -> str:
        """Fill in what is known of a person; a relative is called after the person supported."""
        pattern = self._table.for_person(person)
        if "{owner}" in pattern and person.kin_of is not None:
            pattern = pattern.replace("{owner}", self._person(person.kin_of))
        return pattern.replace("{kin}", person.kin or "").replace("{job}", person.job or "")

    def _thing(self, entity_type: EntityType, text: str) -> str:
        """Return the label of a place, an organisation, a number or a fact."""
        if entity_type is EntityType.AGE:
            return stage_of(text) or self._table.for_thing(entity_type, None)
        pattern = self._table.for_thing(entity_type, self._kinds.kind_of(entity_type, text))
        if "{number}" not in pattern:
            return pattern
        key = _key(entity_type, text)
        if key not in self._book:
            self._remember(key, self._known_thing(key) or self._free(pattern, set()))
        return self._book[key]

    def _known_thing(self, key: str) -> str | None:
        """Find the label of a longer form of the same name, or of one that it begins with."""
        kind, _, name = key.partition(":")
        words = name.split()
        for length in range(len(words) - 1, 0, -1):
            if (shorter := f"{kind}:{' '.join(words[:length])}") in self._book:
                return self._book[shorter]
        holding = min((self._by_word[kind, word] for word in words), key=len, default=[])
        return next((label for other, label in holding if other >= set(words)), None)

    def _remember(self, key: str, label: str) -> None:
        """Write a label into the book, and note the words of the name."""
        kind, _, name = key.partition(":")
        self._book[key] = label
        words = frozenset(name.split())
        for word in words:
            self._by_word[kind, word].append((words, label))

    def _free(self, pattern: str, initials: set[str]) -> str:
        """Return the first label of a pattern that nobody has, keeping off real initials."""
        label = next(x for x in self._forms(pattern, initials) if x not in self._taken)
        self._taken.add(label)
        self._tried[pattern] += 1
        return label

    def _forms(self, pattern: str, initials: set[str]) -> Iterator[str]:
        """Yield the labels of a pattern in order, from about where the last one was taken."""
        tried = self._tried[pattern]
        if "{letter}" in pattern:
            letters = [x for x in self._table.letters if x.casefold() not in initials]
            rounds = count(tried // len(self._table.letters) + 1)
            yield from (
                pattern.replace("{letter}", x if n == 1 else f"{x}{n}") for n in rounds for x in letters
            )
        elif "{number}" in pattern:
            yield from (pattern.replace("{number}", str(n)) for n in count(tried + 1))
        else:
            yield from (pattern if n == 1 else f"{pattern} {n}" for n in count(tried + 1))


def _key(entity_type: EntityType, text: str) -> str:
    return f"{entity_type}:{fold(text)}"


def _names(document: Document, judgements: Iterable[Judgement]) -> dict[int, list[str]]:
    """Gather the names each person goes by in a document, in order."""
    names: dict[int, list[str]] = defaultdict(list)
    for judgement in judgements:
        finding = judgement.finding
        if finding.entity_type is EntityType.PERSON and finding.person is not None:
            text = text_of(document, finding)
            if text not in names[finding.person]:
                names[finding.person].append(text)
    return names


def _met_before(names: dict[int, list[str]], book: LabelBook) -> dict[int, str]:
    """Find the labels of people whom another document of the entry has named already."""
    prefix = f"{EntityType.PERSON}:"
    known = [(key.removeprefix(prefix), label) for key, label in book.labels if key.startswith(prefix)]
    if not known:
        return {}
    cast = Cast()
    cast.meet(name for name, _ in known)
    labels = {cast.number(name): label for name, label in reversed(known)}
    exact = dict(known)
    return {
        number: label
        for number, called in names.items()
        if (label := _label_of(called, exact, cast, labels)) is not None
    }


def _label_of(
    called: list[str], exact: dict[str, str], cast: Cast, labels: dict[int | None, str]
) -> str | None:
    """Find one person's label by any name as written before, else by the fullest name."""
    for name in called:
        if fold(name) in exact:
            return exact[fold(name)]
    fullest = max(called, key=lambda name: len(parse(name).words))
    return labels.get(cast.number(fullest))
