"""Findings in the records: where and what, never their text."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete
from sqlalchemy.orm import Session

from models.findings import Judgement, finding_id
from storage.schema import DocumentRow, FindingRow


def write_findings(session: Session, row: DocumentRow, judgements: Sequence[Judgement]) -> None:
    """Put the findings of a document's newest results in place of those before."""
    session.execute(delete(FindingRow).where(FindingRow.document_id == row.id))
    session.add_all(_finding(row, position, judgement) for position, judgement in enumerate(judgements))


def _finding(row: DocumentRow, position: int, judgement: Judgement) -> FindingRow:
    finding = judgement.finding
    return FindingRow(
        document_id=row.id,
        id=finding_id(finding),
        version=row.version,
        position=position,
        segment=finding.segment,
        start=finding.span.start,
        end=finding.span.end,
        entity_type=finding.entity_type,
        role=finding.role,
        verdict=judgement.verdict,
        rule=judgement.rule,
        recognizer=finding.recognizer,
        score=finding.score,
        is_direct=finding.entity_type.is_direct,
    )
