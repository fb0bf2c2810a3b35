"""What is sealed in an entry's row: frozen values that only its key opens."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from models.entry import Answer
from models.redaction import LabelBook
from models.results import Context, Fact


@dataclass(frozen=True, slots=True)
class Details:
    """Who an entry belongs to, as the portal told it."""

    practitioner: str
    own_name: str | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """The form's answers as last saved."""

    answers: tuple[Answer, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing is written under any question."""
        return not any(a.text.strip() for a in self.answers)


@dataclass(frozen=True, slots=True)
class Memory:
    """What the checks of an entry's documents tell each other.

    Attributes:
        names: Names found, by the document they were found in.
        labels: Labels given out so far.
        facts: Kinds of fact told, by the document that tells them.
    """

    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    labels: LabelBook = field(default_factory=LabelBook)
    facts: dict[str, tuple[Fact, ...]] = field(default_factory=dict)

    def context(self, document: str, details: Details, standard: str) -> Context:
        """Return what the entry brings to the check of one of its documents."""
        others = {n for other, names in self.names.items() if other != document for n in names}
        facts = {f for other, found in self.facts.items() if other != document for f in found}
        return Context(
            own_name=details.own_name,
            standard=standard,
            names=tuple(sorted(others)),
            labels=self.labels,
            facts=tuple(sorted(facts)),
        )

    def learn(
        self, document: str, names: tuple[str, ...], labels: LabelBook, facts: tuple[Fact, ...] = ()
    ) -> Memory:
        """Return the memory after a document's check."""
        return Memory({**self.names, document: names}, labels, {**self.facts, document: facts})

    def forget(self, document: str) -> Memory:
        """Return the memory without what a document told that is gone."""
        return replace(
            self,
            names={d: n for d, n in self.names.items() if d != document},
            facts={d: f for d, f in self.facts.items() if d != document},
        )
