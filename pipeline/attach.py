"""Attach: put everything that the line made of an upload into one result."""

from __future__ import annotations

import hashlib
import json

from models.findings import EntityType, Role, Verdict
from models.redaction import LabelBook, Redaction
from models.results import Assessment, Context, Fact, ResultKey, Results, Versions, outcome_of
from models.serialize import to_json
from models.standards import Mapping
from models.upload import Extraction
from pipeline.jigsaw import facts_of


def result_key(sha256: str, file_name: str, context: Context, versions: Versions) -> ResultKey:
    """Say what a result depends on. Equal keys mean that the work need not be done again."""
    content = hashlib.sha256(f"{sha256}\n{file_name}".encode()).hexdigest()
    brought = json.dumps(to_json(context), sort_keys=True, ensure_ascii=True)
    return ResultKey(content, hashlib.sha256(brought.encode()).hexdigest(), versions)


def attach(
    extraction: Extraction,
    context: Context,
    assessment: Assessment,
    redaction: Redaction,
    labels: LabelBook,
    mapping: Mapping,
    versions: Versions,
) -> Results:
    """Gather the results of one upload, with their key and outcome."""
    return Results(
        key=str(result_key(extraction.sha256, extraction.file_name, context, versions)),
        outcome=outcome_of(assessment.judgements, assessment.warnings, extraction.ledger),
        document=extraction.document,
        ledger=extraction.ledger,
        judgements=assessment.judgements,
        allowed=assessment.allowed,
        warnings=assessment.warnings,
        redaction=redaction,
        candidates=mapping.candidates,
        versions=versions,
        labels=labels,
        note=mapping.note,
        scores=mapping.scores,
    )


def facts_in(results: Results) -> tuple[Fact, ...]:
    """List the kinds of fact that a document's check found, for the entry's other documents."""
    return facts_of(results.document, results.judgements)


def names_in(results: Results) -> tuple[str, ...]:
    """List the names of people that a document's check found, for the entry's other documents."""
    by_id = results.document.by_id
    names = {
        by_id[j.finding.segment].text[j.finding.span.start : j.finding.span.end]
        for j in results.judgements
        if j.finding.entity_type is EntityType.PERSON
        and j.finding.role not in (Role.SELF, Role.AUTHOR)
        and j.verdict is Verdict.BLOCK
    }
    return tuple(sorted(names))
