"""Corrections: what reviewers decided on findings, put into a document's results at once.

The results as the line made them are kept beside, so that every step can be undone; the
corrections are put in again when the same version is checked again.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.entry import DocumentRole, Step
from models.findings import place_of
from models.redaction import LabelBook
from models.results import Context, Results
from pipeline.correct import Corrections, Kind, correct
from pipeline.gate import effective
from rules.labels import LabelTable, load_labels
from rules.policy import Policy, load_policy
from storage.entries import open_details, open_memory
from storage.findings import write_findings
from storage.pieces import put_copy
from storage.review_standing import as_decision
from storage.schema import DecisionRow, DocumentRow, EntryRow
from storage.store import Store
from storage.vault import Vault


def corrections_on(session: Session, document: str, version: int) -> Corrections:
    """Gather the reviewers' steps that hold on one version of a document."""
    added, changed, dismissed = {}, {}, set()
    for finding, rows in _steps(session, document, version).items():
        kinds = [Kind(r.new_type, r.new_role) for r in rows if r.new_type and r.new_role]
        segment, span, _ = place_of(finding)
        if any(row.step is Step.ADD for row in rows):
            added[segment, span] = kinds[-1]
        elif kinds:
            changed[finding] = kinds[-1]
        if rows[-1].step in (Step.DISMISS, Step.RELEASE):
            dismissed.add(finding)
    return Corrections(added, changed, frozenset(dismissed))


def _steps(session: Session, document: str, version: int) -> dict[str, list[DecisionRow]]:
    """Return the steps of reviewers that hold, by finding."""
    query = (
        select(DecisionRow)
        .where(
            DecisionRow.document_id == document,
            DecisionRow.version == version,
            DecisionRow.by_reviewer,
            DecisionRow.finding.is_not(None),
        )
        .order_by(DecisionRow.id)
    )
    by_finding: dict[str, list[DecisionRow]] = {}
    for row in session.scalars(query):
        by_finding.setdefault(str(row.finding), []).append(row)
    held = {}
    for finding, rows in by_finding.items():
        decisions = [as_decision(row) for row in rows]
        holding = {id(d) for d in effective(decisions)}
        kept = [row for row, decision in zip(rows, decisions, strict=True) if id(decision) in holding]
        if kept:
            held[finding] = kept
    return held


def renew_results(session: Session, store: Store, vault: Vault, row: DocumentRow) -> Results | None:
    """Make a document's results anew from the line's and the corrections that hold now.

    Returns:
        The new results; None where the document has none, or nothing is to be corrected.
    """
    source = row.line_results or row.results
    corrections = corrections_on(session, row.id, row.version)
    if source is None or (corrections.is_empty and row.line_results is None):
        return None
    told = _told(session, vault, row)
    made_by_line = _with_labels(vault.get(store.objects, source, Results), told.labels)
    corrections = replace(corrections, elsewhere=told.facts)
    results = correct(made_by_line, corrections, *_rules())
    row.results, row.line_results = source, None
    if results is not made_by_line:
        place = f"{row.id}/{row.version}/corrected"
        row.results, row.line_results = vault.put(store.objects, place, results), source
    row.outcome = results.outcome
    write_findings(session, row, results.judgements)
    if row.role is DocumentRole.UPLOAD:  # its copy follows; the sweeper sends the job
        put_copy(session, row, store.records.now(session), is_needed=bool(results.redaction.replacements))
    return results


def _told(session: Session, vault: Vault, row: DocumentRow) -> Context:
    """Return what the entry's other documents tell: kinds of fact, and the labels given out by now."""
    entry = session.get_one(EntryRow, row.entry_id)
    return open_memory(vault, entry).context(row.id, open_details(vault, entry), entry.standard)


def _with_labels(results: Results, labels: LabelBook) -> Results:
    """Add labels to those that a document's check knew: other documents have given some out since."""
    book = dict(labels.labels) | dict(results.labels.labels)
    return replace(results, labels=LabelBook(tuple(book.items())))


@cache
def _rules() -> tuple[Policy, LabelTable]:
    """Load the policy and the labels once: they are read with every step of a reviewer."""
    return load_policy(), load_labels()
