"""One file's check as a JSON object on one line. The contract is in `docs/json.md`."""

from __future__ import annotations

import json

from cli.checked import FAILED_CODE, FAILED_MESSAGE, FAILED_REMEDY, Checked
from models.document import Document, Segment
from models.entry import DocumentStatus
from models.findings import Judgement
from models.ledger import LedgerLine
from models.results import Results, Versions
from models.serialize import Json
from models.standards import Candidate, MappingNote, PartScore
from models.text import Span
from models.warnings import Warning  # noqa: A004  (the domain's word)
from rules.version import code_version, model_version, rules_version

_NOTHING: dict[str, Json] = {
    "outcome": None,
    "encoding": None,
    "segments": [],
    "findings": [],
    "allowed": [],
    "warnings": [],
    "candidates": [],
    "note": None,
    "scores": [],
    "ledger": [],
}


def json_line(checked: Checked) -> str:
    """Write what became of a file as one line of ASCII JSON, without the line end."""
    return json.dumps(json_object(checked), ensure_ascii=True)


def json_object(checked: Checked) -> dict[str, Json]:
    """Build the JSON object of one file. Every field is always there."""
    results = checked.results
    versions = results.versions if results else Versions(rules_version(), model_version(), code_version())
    return {
        "file": checked.file,
        "status": checked.status.value,
        **(_NOTHING if results is None else _results(results)),
        "reason": _reason(checked),
        "versions": {"rules": versions.rules, "model": versions.model, "code": versions.code},
    }


def _reason(checked: Checked) -> Json:
    if checked.status is DocumentStatus.FAILED:
        return {"code": FAILED_CODE, "message": FAILED_MESSAGE, "remedy": FAILED_REMEDY}
    if checked.reason is None:
        return None
    reason = checked.reason
    return {"code": reason.code.value, "message": reason.message, "remedy": reason.remedy}


def _results(results: Results) -> dict[str, Json]:
    document = results.document
    return {
        "outcome": results.outcome.value,
        "encoding": document.encoding,
        "segments": [_segment(s) for s in document.segments],
        "findings": [_finding(j, document) for j in results.judgements],
        "allowed": [_finding(j, document) for j in results.allowed],
        "warnings": [_warning(w, document) for w in results.warnings],
        "candidates": [_candidate(c) for c in results.candidates],
        "note": _note(results.note),
        "scores": [_score(s) for s in results.scores],
        "ledger": [_ledger_line(line) for line in results.ledger.lines],
    }


def _ledger_line(line: LedgerLine) -> Json:
    return {
        "kind": line.kind.value,
        "place": line.place,
        "count": line.count,
        "state": line.state.value,
        "reason": line.reason,
    }


def _segment(segment: Segment) -> Json:
    start = segment.start
    return {
        "id": segment.id,
        "kind": segment.kind.value,
        "place": segment.place.name,
        "start": start,
        "end": None if start is None else start + len(segment.text),
    }


def _place(segment: str, span: Span, document: Document) -> dict[str, Json]:
    in_text = document.in_text(segment, span)
    return {
        "segment": segment,
        "segment_start": span.start,
        "segment_end": span.end,
        "start": in_text.start if in_text else None,
        "end": in_text.end if in_text else None,
    }


def _finding(judgement: Judgement, document: Document) -> Json:
    finding = judgement.finding
    return {
        **_place(finding.segment, finding.span, document),
        "entity_type": finding.entity_type.value,
        "role": finding.role.value,
        "verdict": judgement.verdict.value,
        "score": finding.score,
        "recognizer": finding.recognizer,
        "why": judgement.why,
    }


def _warning(warning: Warning, document: Document) -> Json:
    return {
        "code": warning.code,
        "title": warning.title,
        "where": warning.where,
        "why": warning.why,
        "instead": warning.instead,
        "findings": list(warning.findings),
        "spots": [_place(s.segment, s.span, document) for s in warning.spots],
    }


def _candidate(candidate: Candidate) -> Json:
    return {
        "standard": candidate.standard,
        "part": candidate.part,
        "band": candidate.band.value,
        "quotes": [{"start": q.span.start, "end": q.span.end, "text": q.text} for q in candidate.quotes],
        "why": candidate.why,
        "prompt": candidate.prompt,
    }


def _note(note: MappingNote | None) -> Json:
    return None if note is None else {"code": note.code, "message": note.message, "remedy": note.remedy}


def _score(score: PartScore) -> Json:
    return {
        "part": score.part,
        "features": list(score.features),
        "probability": score.probability,
        "shown": score.shown.value if score.shown else None,
    }
