"""Findings in the records: where and what, never their text."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from models.findings import Judgement, finding_id
from storage.schema import DocumentRow, FindingRow


def write_findings(session: Session, row: DocumentRow, judgements: Sequence[Judgement]) -> None:
    """Put the findings of a document's newest results in place of those before."""
    columns = (FindingRow.id, FindingRow.version, FindingRow.entity_type, FindingRow.role, FindingRow.verdict)
    held = session.execute(
        select(*columns).where(FindingRow.document_id == row.id).order_by(FindingRow.position)
    )
    if [tuple(found) for found in held] == [_told(row, judgement) for judgement in judgements]:
        return  # most steps of a reviewer change none of this
    session.execute(delete(FindingRow).where(FindingRow.document_id == row.id))
    if judgements:  # as plain rows: a document may have a thousand
        told = [_finding(row, position, judgement) for position, judgement in enumerate(judgements)]
        session.execute(insert(FindingRow), told)


def _told(row: DocumentRow, judgement: Judgement) -> tuple[object, ...]:
    finding = judgement.finding
    return (finding_id(finding), row.version, finding.entity_type, finding.role, judgement.verdict)


def _finding(row: DocumentRow, position: int, judgement: Judgement) -> dict[str, object]:
    finding = judgement.finding
    return {
        "document_id": row.id,
        "id": finding_id(finding),
        "version": row.version,
        "position": position,
        "segment": finding.segment,
        "start": finding.span.start,
        "end": finding.span.end,
        "entity_type": finding.entity_type,
        "role": finding.role,
        "verdict": judgement.verdict,
        "rule": judgement.rule,
        "recognizer": finding.recognizer,
        "score": finding.score,
        "is_direct": finding.entity_type.is_direct,
    }
