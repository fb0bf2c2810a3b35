"""Lists from decisions: words proposed with what they would have done, adopted for a time.

A list outlives entries, so it may hold no word about a person. Allowed words are those that
reviewers have dismissed as public or ordinary; flagged words are places and organisations.
Nothing says which entry a word came from.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.entry import DocumentStatus, Step
from models.findings import EntityType, LookAlike, finding_id
from models.results import ListedWord, Results
from pipeline.gate import effective
from pipeline.names import fold
from pipeline.roles import text_of
from storage.audit import Act, audit
from storage.ids import new_id
from storage.refusals import RefusalCode, RequestRefusedError, not_found
from storage.review_standing import as_decision
from storage.schema import DecisionRow, DocumentRow, EntryRow
from storage.schema_review import ListWordRow
from storage.sealing import seal, unseal
from storage.service_keys import known_service_key, service_key
from storage.store import Store
from storage.vault import open_vault

_KEY = "lists"
_PLACE = "list word"
MOST_DOCUMENTS = 500
"""Decided documents that a measurement looks at, the newest first."""

ENTRIES = 2
"""Entries in which a word must have been decided before it is proposed."""

PUBLIC = {
    "public_figure": LookAlike.THEORIST,
    "public_matter": LookAlike.PUBLIC_BODY,
    "ordinary_word": LookAlike.WORD,
}
"""The reasons for which a word may be allowed everywhere, and what it counts as then."""

FLAGGED = frozenset({EntityType.ORGANISATION, EntityType.LOCATION})
"""What may be flagged by a list: never a name, a number or an address."""


@dataclass(slots=True)
class Effect:
    """What reviewers decided on one word of one type, over the records that there are now.

    Attributes:
        dismissed: Places that were no personal data; `reasons`, why.
        confirmed: Places that were, those that were added by hand included.
        added: Places that had been missed.
        entries: Entries in which it was dismissed; `missed_in`, in which it was added.
    """

    word: str
    entity_type: EntityType
    dismissed: int = 0
    confirmed: int = 0
    added: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    entries: set[str] = field(default_factory=set)
    missed_in: set[str] = field(default_factory=set)

    @property
    def look_alike(self) -> LookAlike | None:
        """What it counts as where it is allowed, by the reason given most; None where it may not be."""
        public = [(count, reason) for reason, count in self.reasons.items() if reason in PUBLIC]
        return PUBLIC[max(public)[1]] if public else None

    @property
    def may_allow(self) -> bool:
        """Tell whether it is proposed to be allowed."""
        return len(self.entries) >= ENTRIES and self.look_alike is not None

    @property
    def may_flag(self) -> bool:
        """Tell whether it is proposed to be flagged."""
        return len(self.missed_in) >= ENTRIES and self.entity_type in FLAGGED


@dataclass(frozen=True, slots=True)
class Adopting:
    """A word that a senior reviewer puts on a list, typed by hand.

    Attributes:
        is_allowed: Whether it is allowed; else it is flagged.
        days: After so many days it acts no more.
    """

    word: str
    entity_type: EntityType
    is_allowed: bool
    days: int


@dataclass(frozen=True, slots=True)
class OnList:
    """A word on a list, as the desk shows it."""

    id: str
    word: str
    entity_type: EntityType
    look_alike: LookAlike | None
    owner: str
    removes: int
    hides: int
    adopted_at: datetime
    expires_at: datetime


def measure(store: Store) -> list[Effect]:
    """Gather what reviewers decided on each word, over the newest decided documents."""
    effects: dict[tuple[str, EntityType], Effect] = {}
    for entry, results, decided in _decided(store):
        for judgement in results.judgements:
            steps = decided.get(finding_id(judgement.finding))
            if steps:
                word = fold(text_of(results.document, judgement.finding))
                key = (word, judgement.finding.entity_type)
                _count(effects.setdefault(key, Effect(*key)), entry, steps)
    return sorted(effects.values(), key=lambda e: (-e.dismissed, -e.added, e.word))


def proposals(effects: Sequence[Effect]) -> list[Effect]:
    """Choose what is worth a senior reviewer's look."""
    return [effect for effect in effects if effect.may_allow or effect.may_flag]


def adopt(store: Store, actor: str, new: Adopting) -> str:
    """Put a word on a list. From now on every check goes by it, under rules of a new version.

    Raises:
        RequestRefusedError: If the decisions do not bear it out as a word about nobody.
    """
    effect = next(
        (e for e in measure(store) if (e.word, e.entity_type) == (fold(new.word), new.entity_type)), None
    )
    if effect is None or not (effect.may_allow if new.is_allowed else effect.may_flag):
        told = "The decisions of reviewers do not bear this word out. It was not put on the list."
        raise RequestRefusedError(RefusalCode.NOT_ALLOWED, told)
    with store.records.write() as session:
        now = store.records.now(session)
        row = ListWordRow(
            id=new_id(),
            kind="allow" if new.is_allowed else "deny",
            entity_type=new.entity_type,
            look_alike=effect.look_alike if new.is_allowed else None,
            word=seal(service_key(session, store.masters, _KEY), fold(new.word).encode(), _PLACE),
            owner=actor,
            removes=effect.dismissed if new.is_allowed else effect.added,
            hides=effect.confirmed if new.is_allowed else effect.dismissed,
            adopted_at=now,
            expires_at=now + timedelta(days=new.days),
        )
        session.add(row)
        audit(session, store, Act(actor, "list_word.adopted"))
        return row.id


def remove(store: Store, actor: str, word: str) -> None:
    """Take a word off its list.

    Raises:
        RequestRefusedError: If there is none of this id.
    """
    with store.records.write() as session:
        row = session.get(ListWordRow, word)
        if row is None or row.removed_at is not None:
            raise not_found()
        row.removed_at = store.records.now(session)
        audit(session, store, Act(actor, "list_word.removed"))


def words_on_lists(store: Store) -> list[OnList]:
    """List the words that act now."""
    with store.records.read() as session:
        key = known_service_key(session, store.masters, _KEY)
        return [] if key is None else [_on_list(row, key) for row in _acting(session, store)]


def listed_words(store: Store) -> tuple[ListedWord, ...]:
    """Return the words that act now, as the line takes them."""
    return tuple(ListedWord(w.id, w.word, w.entity_type, w.look_alike) for w in words_on_lists(store))


def _acting(session: Session, store: Store) -> Iterator[ListWordRow]:
    query = (
        select(ListWordRow)
        .where(ListWordRow.removed_at.is_(None), ListWordRow.expires_at > store.records.now(session))
        .order_by(ListWordRow.adopted_at, ListWordRow.id)
    )
    yield from session.scalars(query)


def _on_list(row: ListWordRow, key: bytes) -> OnList:
    return OnList(
        id=row.id,
        word=unseal(key, row.word, _PLACE).decode(),
        entity_type=row.entity_type,
        look_alike=None if row.look_alike is None else LookAlike(row.look_alike),
        owner=row.owner,
        removes=row.removes,
        hides=row.hides,
        adopted_at=row.adopted_at,
        expires_at=row.expires_at,
    )


def _decided(store: Store) -> Iterator[tuple[str, Results, dict[str, list[DecisionRow]]]]:
    """Open the newest decided documents, one at a time, with the reviewers' steps that hold."""
    with store.records.read() as session:
        newest = (
            select(DecisionRow.document_id)
            .where(DecisionRow.by_reviewer, DecisionRow.finding.is_not(None))
            .group_by(DecisionRow.document_id)
            .order_by(func.max(DecisionRow.id).desc())
            .limit(MOST_DOCUMENTS)
        )
        for row in session.scalars(select(DocumentRow).where(DocumentRow.id.in_(newest))):
            if row.status is DocumentStatus.READY and row.results is not None:
                vault = open_vault(store.masters, session.get_one(EntryRow, row.entry_id))
                results = vault.get(store.objects, row.results, Results)
                yield row.entry_id, results, _steps(session, row)


def _steps(session: Session, row: DocumentRow) -> dict[str, list[DecisionRow]]:
    query = select(DecisionRow).where(
        DecisionRow.document_id == row.id, DecisionRow.version == row.version, DecisionRow.by_reviewer
    )
    found: dict[str, list[DecisionRow]] = defaultdict(list)
    for step in session.scalars(query.order_by(DecisionRow.id)):
        if step.finding is not None:
            found[step.finding].append(step)
    return {finding: _holding(rows) for finding, rows in found.items()}


def _holding(rows: list[DecisionRow]) -> list[DecisionRow]:
    decisions = [as_decision(row) for row in rows]
    held = {id(d) for d in effective(decisions)}
    return [row for row, decision in zip(rows, decisions, strict=True) if id(decision) in held]


def _count(effect: Effect, entry: str, steps: list[DecisionRow]) -> None:
    last = steps[-1]
    if any(step.step is Step.ADD for step in steps):
        effect.added += 1
        effect.missed_in.add(entry)
    if last.step is Step.DISMISS:
        effect.dismissed += 1
        effect.reasons[last.reason_code] += 1
        effect.entries.add(entry)
    elif last.step in (Step.CONFIRM, Step.ADD, Step.CHANGE):
        effect.confirmed += 1
