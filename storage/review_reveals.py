"""Reveals: a reviewer sees the words of a finding for a time, and the audit knew it before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models.findings import Finding, finding_id
from models.results import Results
from rules.reasons import reveal_reasons
from storage.audit import Act, audit
from storage.documents import get_document
from storage.entries import get_entry
from storage.refusals import RefusalCode, RequestRefusedError
from storage.schema import DocumentRow, FindingRow
from storage.schema_review import RevealRow
from storage.store import Store
from storage.vault import open_vault

LASTS = timedelta(minutes=30)
"""How long revealed words stay open to who revealed them."""

CONTEXT = 80
"""Characters shown on either side of what is revealed."""


@dataclass(frozen=True, slots=True)
class Revealed:
    """The words of one finding with what stands around them."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Sight:
    """What a reviewer sees of a document now.

    Attributes:
        findings: Ids of the findings whose words are open.
    """

    is_all: bool = False
    findings: frozenset[str] = frozenset()

    def shows(self, finding: str) -> bool:
        """Tell whether the words of a finding are open."""
        return self.is_all or finding in self.findings


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reviewer wants to see, and why.

    Attributes:
        finding: Id of one finding; None asks for all of the document.
        reason: A code of `rules/reasons.json`.
    """

    finding: str | None
    reason: str


def open_words(store: Store, portal: str, entry: str, document: str, wish: Wish, actor: str) -> None:
    """Open words to a reviewer for a time. It is noted in the audit in the same transaction.

    Raises:
        RequestRefusedError: If the reason is not one of those for it, or the document has no
            such finding.
    """
    if wish.reason not in reveal_reasons():
        raise RequestRefusedError(RefusalCode.UNKNOWN_REASON, "This reason is not one of those for looking.")
    with store.records.write() as session:
        now = store.records.now(session)
        get_entry(session, portal, entry)
        row = get_document(session, entry, document)
        if wish.finding is not None and session.get(FindingRow, (document, wish.finding)) is None:
            raise RequestRefusedError(RefusalCode.UNKNOWN_FINDING, "The document has no such finding.")
        what = "document.revealed" if wish.finding is None else "finding.revealed"
        audit(session, store, Act(actor, f"{what}:{wish.reason}", entry, document))
        session.add(
            RevealRow(
                actor=actor,
                entry_id=entry,
                document_id=document,
                version=row.version,
                finding=wish.finding,
                reason_code=wish.reason,
                at=now,
                until=now + LASTS,
            )
        )


def close_words(store: Store, entry: str, document: str, actor: str) -> None:
    """Mask everything of a document again for one reviewer."""
    with store.records.write() as session:
        now = store.records.now(session)
        get_document(session, entry, document)
        for row in session.scalars(_open_now(document, actor, now)):
            row.until = now


def sight_of(session: Session, row: DocumentRow, actor: str, now: datetime) -> Sight:
    """Say what a reviewer sees of a document's present version."""
    query = _open_now(row.id, actor, now).where(RevealRow.version == row.version)
    found = [reveal.finding for reveal in session.scalars(query)]
    return Sight(None in found, frozenset(f for f in found if f is not None))


def reveal(store: Store, portal: str, entry: str, document: str, wish: Wish, actor: str) -> Revealed:
    """Show the words of one finding, noted in the audit before they are shown."""
    open_words(store, portal, entry, document, wish, actor)
    with store.records.read() as session:
        entry_row = get_entry(session, portal, entry)
        row = get_document(session, entry, document)
    if row.results is None:
        raise RequestRefusedError(RefusalCode.NOT_READY, "The document has no results.")
    results = open_vault(store.masters, entry_row).get(store.objects, row.results, Results)
    for judgement in results.judgements:
        if finding_id(judgement.finding) == wish.finding:
            return _around(results, judgement.finding)
    raise RequestRefusedError(RefusalCode.UNKNOWN_FINDING, "The document has no such finding.")


def _around(results: Results, finding: Finding) -> Revealed:
    """Cut out a finding's words with what stands around them."""
    text = results.document.by_id[finding.segment].text
    start, end = finding.span.start, finding.span.end
    return Revealed(text[max(0, start - CONTEXT) : start], text[start:end], text[end : end + CONTEXT])


def _open_now(document: str, actor: str, now: datetime) -> Select[RevealRow]:
    return select(RevealRow).where(
        RevealRow.document_id == document, RevealRow.actor == actor, RevealRow.until > now
    )
