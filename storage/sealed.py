"""What is sealed in an entry's row: frozen values that only its key opens."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from models.entry import Answer
from models.redaction import LabelBook
from models.results import Context


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
    """

    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    labels: LabelBook = field(default_factory=LabelBook)

    def context(self, document: str, details: Details, standard: str) -> Context:
        """Return what the entry brings to the check of one of its documents."""
        others = {n for other, names in self.names.items() if other != document for n in names}
        return Context(details.own_name, standard, tuple(sorted(others)), self.labels)

    def learn(self, document: str, names: tuple[str, ...], labels: LabelBook) -> Memory:
        """Return the memory after a document's check."""
        return Memory({**self.names, document: names}, labels)

    def forget(self, document: str) -> Memory:
        """Return the memory without the names of a document that is gone."""
        return replace(self, names={d: n for d, n in self.names.items() if d != document})
