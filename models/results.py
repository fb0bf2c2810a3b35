"""What a document's check came to, and the key that makes running it twice harmless."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

from models.document import Document
from models.findings import EntityType, Judgement, LookAlike, Person, Verdict
from models.ledger import Ledger
from models.redaction import LabelBook, Redaction
from models.standards import Candidate, MappingNote, PartScore
from models.warnings import Warning  # noqa: A004  (the domain's word)


class Outcome(StrEnum):
    """What a document's check came to. None of them says "anonymous"."""

    NOTHING_FOUND = "nothing_found"
    WARNINGS = "warnings"
    NOT_FULLY_READ = "not_fully_read"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Versions:
    """Which rules and models produced a result."""

    rules: str
    model: str
    code: str


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """That a document tells a kind of thing about somebody. Never what it tells.

    Attributes:
        subject: Whom it helps to find: "household", "colleague" or "worker".
    """

    subject: str
    kind: EntityType


@dataclass(frozen=True, slots=True)
class ListedWord:
    """A word that the operator's own people put on a list.

    Attributes:
        id: Random; the version of the rules is told by these.
        look_alike: Why it is left alone; None where it is flagged.
    """

    id: str
    word: str
    entity_type: EntityType
    look_alike: LookAlike | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What an entry brings to the check of one of its documents.

    Attributes:
        own_name: The practitioner's own name, or None when not told.
        standard: Id of the CPD standard to map to.
        names: Names found in the entry's other documents, to be looked for here too.
        labels: Labels given out in the entry so far.
        facts: Kinds of fact that the entry's other documents tell, sorted.
        lists: Words that are left alone or flagged by the operator's own lists.
    """

    own_name: str | None = None
    standard: str = "swe-4"
    names: tuple[str, ...] = ()
    labels: LabelBook = field(default_factory=LabelBook)
    facts: tuple[Fact, ...] = ()
    lists: tuple[ListedWord, ...] = ()


@dataclass(frozen=True, slots=True)
class ResultKey:
    """What a result depends on: equal keys mean an equal result.

    Attributes:
        content: SHA-256 of the upload's bytes and its file name, in hex.
        context: SHA-256 of the entry's context, in hex.
    """

    content: str
    context: str
    versions: Versions

    def __str__(self) -> str:
        parts = (self.content, self.context, self.versions.rules, self.versions.model, self.versions.code)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Assessment:
    """What policy says of the findings of one document, and what to tell its owner.

    Attributes:
        judgements: Blocked, warned or informed of, in reading order.
        allowed: Seen and deliberately not flagged, each with the reason.
        people: The persons named, by their number in the findings.
    """

    judgements: tuple[Judgement, ...]
    allowed: tuple[Judgement, ...]
    warnings: tuple[Warning, ...]
    people: tuple[Person, ...] = ()


@dataclass(frozen=True)
class Results:
    """Everything that the line made of one upload.

    Attributes:
        judgements: Findings that policy blocks, warns or informs of, in reading order.
        allowed: What looks identifying and was left alone, each with its reason.
        labels: The entry's labels after this document.
        note: Why no part is suggested, and what would help; None where one is.
        scores: What mapping measured for each part, likeliest first; none where it could not.
    """

    key: str
    outcome: Outcome
    document: Document
    ledger: Ledger
    judgements: tuple[Judgement, ...]
    allowed: tuple[Judgement, ...]
    warnings: tuple[Warning, ...]
    redaction: Redaction
    candidates: tuple[Candidate, ...]
    versions: Versions
    labels: LabelBook
    note: MappingNote | None = None
    scores: tuple[PartScore, ...] = ()


def outcome_of(judgements: tuple[Judgement, ...], warnings: tuple[Warning, ...], ledger: Ledger) -> Outcome:
    """Say what a check came to: the gravest of what was found and what was not read.

    What only informs ("your own name") leaves the outcome `nothing_found`.
    """
    verdicts = {j.verdict for j in judgements}
    if Verdict.BLOCK in verdicts:
        return Outcome.BLOCKED
    if not ledger.is_fully_read:
        return Outcome.NOT_FULLY_READ
    if Verdict.WARN in verdicts or any(w.verdict is Verdict.WARN for w in warnings):
        return Outcome.WARNINGS
    return Outcome.NOTHING_FOUND
