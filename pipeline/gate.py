"""The gate: what stands between an entry and its assessors. One pure function.

`Needs you` stops submission; `with us` never does, but the entry is withheld from
assessors until it is done. What nobody has settled counts as open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from models.entry import (
    Answer,
    Decision,
    DocumentRole,
    DocumentStatus,
    Entry,
    EntryDocument,
    Gate,
    Need,
    NeedKind,
    Question,
    Step,
)
from models.results import Outcome


class Standing(StrEnum):
    """Where a finding stands after all decisions on it."""

    OPEN = "open"
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    SETTLED = "settled"


def gate(entry: Entry) -> Gate:
    """Say what is needed before an entry may be submitted and seen by assessors.

    Only decisions on a document's present version count. Nothing here can be opened by
    the order in which uploads, results and decisions arrive.
    """
    needs = [*_form_needs(entry), *_answers_needs(entry)]
    for document in entry.documents:
        needs += document_needs(document, entry.decisions)
    return Gate(tuple(needs))


def standing(decisions: Iterable[Decision], *, is_direct: bool, is_blocking: bool) -> Standing:
    """Say where a finding stands after the decisions taken on it, in the order given.

    A reviewer's word outweighs the practitioner's: what a reviewer confirmed, the
    practitioner can only send back for another look.
    """
    now = Standing.OPEN if is_blocking else Standing.SETTLED
    asked_by = None
    for decision in effective(decisions):
        if decision.by_reviewer:
            now = _after_reviewer(now, decision, asked_by, is_blocking=is_blocking)
            asked_by = decision.actor if decision.step is Step.ASK_RELEASE else None
        else:
            now = _after_practitioner(now, decision.step, is_direct=is_direct)
    return now


def effective(decisions: Iterable[Decision]) -> list[Decision]:
    """Return the steps that still hold: an undo takes back the last one of its own side."""
    held: list[Decision] = []
    for decision in sorted(decisions, key=lambda d: d.at):
        if decision.step is not Step.UNDO:
            held.append(decision)
            continue
        mine = [n for n, d in enumerate(held) if d.by_reviewer == decision.by_reviewer]
        if mine:
            del held[mine[-1]]
    return held


def _after_reviewer(
    now: Standing, decision: Decision, asked_by: str | None, *, is_blocking: bool
) -> Standing:
    """Take a step of staff. What identifies someone is released by two persons, never by one."""
    if decision.step is Step.CHANGE:
        return Standing.CONFIRMED if is_blocking else Standing.SETTLED
    if decision.step is Step.ASK_RELEASE:
        return now if now is Standing.SETTLED else Standing.WAITING
    if decision.step is Step.RELEASE:
        return now if asked_by in (None, decision.actor) else Standing.SETTLED
    said = {Step.CONFIRM: Standing.CONFIRMED, Step.ADD: Standing.CONFIRMED, Step.DISMISS: Standing.SETTLED}
    return said.get(decision.step, now)


def _after_practitioner(now: Standing, step: Step, *, is_direct: bool) -> Standing:
    """Take a step of the practitioner. One that is not theirs to take changes nothing."""
    if step is Step.ASK_REVIEW:
        return Standing.WAITING
    if step is Step.NOT_PERSONAL:
        said = Standing.WAITING if is_direct else Standing.SETTLED
        return {Standing.OPEN: said, Standing.CONFIRMED: Standing.WAITING}.get(now, now)
    return now


def _form_needs(entry: Entry) -> Iterator[Need]:
    given: dict[str, list[Answer]] = defaultdict(list)
    for answer in entry.answers:
        given[answer.question].append(answer)
    for question in entry.form.questions:
        yield from _question_needs(question, [a.text for a in given[question.id]])
    if entry.form.asks_parts and not entry.chosen_parts:
        yield Need(
            NeedKind.NEEDS_YOU, "parts_missing", "Say which parts of the standard this record demonstrates."
        )


def _question_needs(question: Question, texts: Sequence[str]) -> Iterator[Need]:
    words = max((len(text.split()) for text in texts), default=0)
    if question.is_required and not words:
        message = f"Answer the question “{question.label}”."
        yield Need(NeedKind.NEEDS_YOU, "answer_missing", message, question=question.id)
    if question.word_limit is not None and words > question.word_limit:
        message = (
            f"Shorten your answer to “{question.label}”: it has {words:,} words, "
            f"and the limit is {question.word_limit:,}."
        )
        yield Need(NeedKind.NEEDS_YOU, "answer_too_long", message, question=question.id)


def _answers_needs(entry: Entry) -> Iterator[Need]:
    """Hold what was written back until it has gone down the line as a document of its own."""
    is_written = any(answer.text.strip() for answer in entry.answers)
    if is_written and not any(d.role is DocumentRole.ANSWERS for d in entry.documents):
        yield Need(NeedKind.WITH_US, "being_checked", "Your answers are still being checked.")


def document_needs(document: EntryDocument, decisions: Sequence[Decision]) -> Iterator[Need]:
    """Say what one document still needs, of its practitioner or of us."""
    if document.status is DocumentStatus.REFUSED:
        said = f"{document.reason.message} {document.reason.remedy}" if document.reason else ""
        message = said or "We could not read this document. Replace it or take it out."
        yield Need(NeedKind.NEEDS_YOU, "document_refused", message, document.id)
    elif document.status is DocumentStatus.FAILED:
        message = "Checking this document failed on our side. We have been told; you need do nothing."
        yield Need(NeedKind.WITH_US, "document_failed", message, document.id)
    elif document.status is not DocumentStatus.READY or document.outcome is None:
        yield Need(NeedKind.WITH_US, "being_checked", "This document is still being checked.", document.id)
    else:
        own = [d for d in decisions if d.document == document.id and d.version == document.version]
        yield from _ready_needs(document, own)


def _ready_needs(document: EntryDocument, decisions: Sequence[Decision]) -> Iterator[Need]:
    standings = list(standings_of(document, decisions).values())
    if document.outcome is Outcome.BLOCKED and not document.blocking:
        standings.append(Standing.WAITING)
    is_open = sum(s is Standing.OPEN for s in standings)
    confirmed = sum(s is Standing.CONFIRMED for s in standings)
    waiting = sum(s is Standing.WAITING for s in standings)
    if is_open:
        message = f"{_count(is_open)} in this document must be hidden or settled."
        yield Need(NeedKind.NEEDS_YOU, "finding_open", message, document.id)
    if confirmed:
        message = f"A reviewer has looked: {_count(confirmed)} in this document must be hidden."
        yield Need(NeedKind.NEEDS_YOU, "finding_confirmed", message, document.id)
    if waiting:
        message = "A reviewer will look at this document. You need do nothing until then."
        yield Need(NeedKind.WITH_US, "waiting_for_review", message, document.id)
    whole = standing([d for d in decisions if d.finding is None], is_direct=True, is_blocking=False)
    yield from _whole_needs(document, decisions, whole)


def _whole_needs(document: EntryDocument, decisions: Sequence[Decision], whole: Standing) -> Iterator[Need]:
    """Say what is needed of the document as a whole: a review asked for, or a part unread."""
    if whole is Standing.CONFIRMED:
        message = "A reviewer has looked: this document must be changed before it can be seen."
        yield Need(NeedKind.NEEDS_YOU, "document_confirmed", message, document.id)
    elif whole is Standing.WAITING:
        message = "A reviewer will look at this document. You need do nothing until then."
        yield Need(NeedKind.WITH_US, "waiting_for_review", message, document.id)
    elif document.is_fully_read is not True and not _is_released(decisions):
        message = "Part of this document could not be read by the system. A person will look at it."
        yield Need(NeedKind.WITH_US, "not_fully_read", message, document.id)


def _is_released(decisions: Sequence[Decision]) -> bool:
    """Tell whether a reviewer's last standing word on the whole document lets it go."""
    words = [d.step for d in effective(d for d in decisions if d.finding is None) if d.by_reviewer]
    return bool(words) and words[-1] is Step.DISMISS


def standings_of(document: EntryDocument, decisions: Sequence[Decision]) -> dict[str, Standing]:
    """Say where each finding stands that policy blocks or somebody has decided on.

    Args:
        document: The document with what its newest results block.
        decisions: Those on its present version.
    """
    by_finding: dict[str, list[Decision]] = {finding: [] for finding in document.blocking}
    for decision in decisions:
        if decision.finding is not None:
            by_finding.setdefault(decision.finding, []).append(decision)
    blocking, direct = set(document.blocking), set(document.direct)
    return {
        finding: standing(taken, is_direct=finding in direct, is_blocking=finding in blocking)
        for finding, taken in by_finding.items()
    }


def _count(findings: int) -> str:
    return "One place" if findings == 1 else f"{findings} places"
