"""Give out neutral labels that stay the same for one person or place over a whole entry."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

from models.document import Document
from models.findings import EntityType, Judgement, Person, Role
from models.redaction import LabelBook
from pipeline.names import fold
from pipeline.roles import text_of
from rules.kinds import KindTable, load_kinds
from rules.labels import LabelTable


class Labeller:
    """Gives labels to the persons and things of one document, going on from the entry's book."""

    def __init__(
        self, document: Document, people: Iterable[Person], book: LabelBook, table: LabelTable
    ) -> None:
        self._document = document
        self._people = {p.number: p for p in people}
        self._book = dict(book.labels)
        self._table = table
        self._given: dict[int, str] = {}
        self._kinds: KindTable = load_kinds()

    def label(self, judgement: Judgement) -> str:
        """Return the label for a finding, in square brackets."""
        finding = judgement.finding
        if finding.entity_type is EntityType.PERSON and finding.person is not None:
            return f"[{self._person_label(finding.person, fold(text_of(self._document, finding)))}]"
        return f"[{self._thing_label(judgement)}]"

    def book(self) -> LabelBook:
        """Return all labels given out so far, this document's included."""
        return LabelBook(tuple(self._book.items()))

    def _person_label(self, number: int, name: str) -> str:
        key = f"{EntityType.PERSON}:{name}"
        label = self._given.get(number) or self._book.get(key)
        if label is None:
            person = self._people.get(number, Person(number, Role.UNKNOWN))
            label = self._free(self._pattern(person), {w[0] for w in name.split()})
        self._given[number] = label
        self._book.setdefault(key, label)
        return label

    def _pattern(self, person: Person) -> str:
        pattern = self._table.for_person(person)
        owner = self._given.get(person.kin_of, "the person") if person.kin_of is not None else ""
        return (
            pattern.replace("{owner}", owner)
            .replace("{kin}", person.kin or "")
            .replace("{job}", person.job or "")
        )

    def _thing_label(self, judgement: Judgement) -> str:
        finding = judgement.finding
        text = text_of(self._document, finding)
        pattern = self._table.for_thing(finding.entity_type, self._kinds.kind_of(finding.entity_type, text))
        if "{number}" not in pattern:
            return pattern
        key = f"{finding.entity_type}:{fold(text)}"
        if key not in self._book:
            self._book[key] = self._free(pattern, set())
        return self._book[key]

    def _free(self, pattern: str, initials: set[str]) -> str:
        """Return the first label of a pattern that nobody has, keeping off real initials."""
        taken = set(self._book.values())
        if "{letter}" in pattern:
            letters = (x for x in self._letters() if x[0].casefold() not in initials)
            return next(x for x in (pattern.replace("{letter}", y) for y in letters) if x not in taken)
        if "{number}" in pattern:
            return next(x for x in (pattern.replace("{number}", str(n)) for n in count(1)) if x not in taken)
        more = (f"{pattern} {n}" for n in count(2))
        return pattern if pattern not in taken else next(x for x in more if x not in taken)

    def _letters(self) -> Iterable[str]:
        """Yield the letters in order, then the letters with a number: A ... Y, A2 ... Y2."""
        yield from self._table.letters
        for round_ in count(2):
            yield from (f"{letter}{round_}" for letter in self._table.letters)
