"""The gate, case by case: what is needed, and whose turn it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.entry import Answer, DocumentStatus, Gate, NeedKind, Step
from models.errors import Reason, ReasonCode
from models.results import Outcome
from pipeline.gate import gate
from tests.gate.entries import ANSWERS, FORM, blocked, entry, ready, took

YOU, US = NeedKind.NEEDS_YOU, NeedKind.WITH_US


def needs(checked: Gate) -> list[tuple[NeedKind, str]]:
    return [(need.kind, need.code) for need in checked.needs]


def test_open_when_everything_is_answered_and_checked():
    checked = gate(entry(ready()))
    assert checked.is_open
    assert checked.may_submit


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        (ANSWERS[1:], "answer_missing"),
        ((Answer("title", " \n\t"), ANSWERS[1]), "answer_missing"),
        ((ANSWERS[0], Answer("what", "one two three four five six")), "answer_too_long"),
        ((ANSWERS[0], Answer("else", "not a question of the form")), "answer_missing"),
    ],
)
def test_form_needs_you(answers, code):
    assert needs(gate(entry(answers=answers))) == [(YOU, code)]


@pytest.mark.parametrize("text", ["one two three four five", "one\ntwo  three", ""])
def test_limit_and_optional_question_are_not_needs(text):
    answers = (ANSWERS[0], Answer("what", text or "done"), Answer("peer", ""))
    assert gate(entry(answers=answers)).is_open


def test_parts_are_asked_for_where_the_form_asks():
    form = replace(FORM, asks_parts=True)
    assert needs(gate(entry(form=form))) == [(YOU, "parts_missing")]
    assert gate(entry(form=form, chosen_parts=("4.2",))).is_open
    assert gate(entry()).is_open


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (ready(status=DocumentStatus.RECEIVED, outcome=None), (US, "being_checked")),
        (ready(status=DocumentStatus.READING, outcome=None), (US, "being_checked")),
        (ready(status=DocumentStatus.CHECKING), (US, "being_checked")),
        (ready(outcome=None), (US, "being_checked")),
        (ready(status=DocumentStatus.FAILED), (US, "document_failed")),
        (ready(status=DocumentStatus.REFUSED), (YOU, "document_refused")),
        (ready(is_fully_read=False, outcome=Outcome.NOT_FULLY_READ), (US, "not_fully_read")),
        (ready(is_fully_read=None), (US, "not_fully_read")),
        (ready(outcome=Outcome.BLOCKED), (US, "waiting_for_review")),
        (blocked(), (YOU, "finding_open")),
        (blocked(direct=False), (YOU, "finding_open")),
    ],
)
def test_documents(document, expected):
    checked = gate(entry(document))
    assert needs(checked) == [expected]
    assert checked.needs[0].document == "d1"
    assert checked.may_submit == (expected[0] is US)


def test_warnings_do_not_close_the_gate():
    assert gate(entry(ready(outcome=Outcome.WARNINGS))).is_open


def test_refusal_says_why_and_what_to_do():
    reason = Reason(ReasonCode.NEEDS_PASSWORD, "It has a password.", "Remove the password.")
    checked = gate(entry(ready(status=DocumentStatus.REFUSED, reason=reason)))
    assert checked.needs[0].message == "It has a password. Remove the password."


def test_written_answers_wait_until_they_are_checked():
    assert needs(gate(entry(documents=()))) == [(US, "being_checked")]
    assert needs(gate(entry(answers=(), documents=()))) == [(YOU, "answer_missing")] * 2


NOT_PERSONAL, ASK, CONFIRM, DISMISS, UNDO = (
    Step.NOT_PERSONAL,
    Step.ASK_REVIEW,
    Step.CONFIRM,
    Step.DISMISS,
    Step.UNDO,
)
P, R = False, True


@pytest.mark.parametrize(
    ("direct", "steps", "expected"),
    [
        (True, [(P, NOT_PERSONAL)], (US, "waiting_for_review")),
        (False, [(P, NOT_PERSONAL)], None),
        (True, [(P, ASK)], (US, "waiting_for_review")),
        (True, [(R, DISMISS)], None),
        (True, [(R, CONFIRM)], (YOU, "finding_confirmed")),
        (True, [(P, NOT_PERSONAL), (R, DISMISS)], None),
        (True, [(P, NOT_PERSONAL), (R, CONFIRM)], (YOU, "finding_confirmed")),
        (False, [(P, NOT_PERSONAL), (R, CONFIRM)], (YOU, "finding_confirmed")),
        (False, [(R, CONFIRM), (P, NOT_PERSONAL)], (US, "waiting_for_review")),
        (True, [(R, CONFIRM), (P, ASK)], (US, "waiting_for_review")),
        (True, [(R, DISMISS), (P, NOT_PERSONAL)], None),
        (True, [(R, DISMISS), (R, CONFIRM)], (YOU, "finding_confirmed")),
        (True, [(R, DISMISS), (R, UNDO)], (YOU, "finding_open")),
        (True, [(P, NOT_PERSONAL), (R, DISMISS), (R, UNDO)], (US, "waiting_for_review")),
        (True, [(P, NOT_PERSONAL), (R, DISMISS), (P, UNDO)], None),
        (True, [(R, CONFIRM), (P, UNDO)], (YOU, "finding_confirmed")),
        (True, [(R, DISMISS), (R, CONFIRM), (R, UNDO)], None),
        (True, [(R, DISMISS), (R, CONFIRM), (R, UNDO), (R, UNDO)], (YOU, "finding_open")),
        (False, [(P, NOT_PERSONAL), (P, UNDO)], (YOU, "finding_open")),
        (False, [(P, UNDO), (P, NOT_PERSONAL)], None),
        (True, [(P, DISMISS)], (YOU, "finding_open")),
        (True, [(P, CONFIRM)], (YOU, "finding_open")),
        (True, [(R, NOT_PERSONAL)], (YOU, "finding_open")),
        (False, [(R, NOT_PERSONAL)], (YOU, "finding_open")),
    ],
)
def test_steps_in_order(direct, steps, expected):
    decisions = tuple(took(step, minute=n, reviewer=r) for n, (r, step) in enumerate(steps))
    assert needs(gate(entry(blocked(direct=direct), decisions=decisions))) == ([expected] if expected else [])


@pytest.mark.parametrize(
    "elsewhere",
    [{"version": 2}, {"document": "answers"}, {"finding": "f2"}, {"finding": None}],
)
def test_decision_about_something_else_settles_nothing(elsewhere):
    decision = took(DISMISS, reviewer=True, **elsewhere)
    assert (YOU, "finding_open") in needs(gate(entry(blocked(), decisions=(decision,))))


def test_decision_on_an_older_version_does_not_count():
    decisions = (took(DISMISS, reviewer=True), took(DISMISS, reviewer=True, finding=None))
    assert gate(entry(blocked(), decisions=decisions)).is_open
    newer = blocked(version=2, is_fully_read=False)
    assert needs(gate(entry(newer, decisions=decisions))) == [(YOU, "finding_open"), (US, "not_fully_read")]


def test_time_and_not_the_list_orders_decisions():
    first, then = took(DISMISS, minute=1, reviewer=True), took(CONFIRM, minute=2, reviewer=True)
    assert gate(entry(blocked(), decisions=(then, first))) == gate(entry(blocked(), decisions=(first, then)))


def test_reviewer_can_confirm_what_policy_only_warned_of():
    warned = ready(outcome=Outcome.WARNINGS)
    asked = (took(ASK, finding="f9"),)
    assert needs(gate(entry(warned, decisions=asked))) == [(US, "waiting_for_review")]
    confirmed = (*asked, took(CONFIRM, minute=1, reviewer=True, finding="f9"))
    assert needs(gate(entry(warned, decisions=confirmed))) == [(YOU, "finding_confirmed")]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([(P, ASK)], [(US, "waiting_for_review")]),
        ([(R, DISMISS)], []),
        ([(R, DISMISS), (R, UNDO)], [(US, "not_fully_read")]),
        ([(P, NOT_PERSONAL)], [(US, "not_fully_read")]),
        ([(P, DISMISS)], [(US, "not_fully_read")]),
        ([(R, CONFIRM)], [(YOU, "document_confirmed")]),
        ([(R, DISMISS), (P, ASK)], [(US, "waiting_for_review")]),
        ([(R, DISMISS), (P, ASK), (P, UNDO)], []),
    ],
)
def test_unread_document_waits_for_a_reviewer(steps, expected):
    unread = ready(is_fully_read=False, outcome=Outcome.NOT_FULLY_READ)
    decisions = tuple(took(step, minute=n, reviewer=r, finding=None) for n, (r, step) in enumerate(steps))
    assert needs(gate(entry(unread, decisions=decisions))) == expected


def test_messages_hold_no_codes_and_count_places():
    two = ready(outcome=Outcome.BLOCKED, blocking=("f1", "f2"), direct=("f1", "f2"))
    message = gate(entry(two)).needs[0].message
    assert message == "2 places in this document must be hidden or settled."
    assert gate(entry(blocked())).needs[0].message.startswith("One place")


@pytest.mark.parametrize(
    ("steps", "needed"),
    [
        ([("ask_release", "one")], [(US, "waiting_for_review")]),
        ([("ask_release", "one"), ("release", "one")], [(US, "waiting_for_review")]),
        ([("ask_release", "one"), ("release", "two")], []),
        ([("release", "two")], [(YOU, "finding_open")]),
        ([("ask_release", "one"), ("confirm", "one"), ("release", "two")], [(YOU, "finding_confirmed")]),
        ([("ask_release", "one"), ("undo", "one"), ("release", "two")], [(YOU, "finding_open")]),
        ([("ask_release", "one"), ("release", "two"), ("undo", "one")], [(US, "waiting_for_review")]),
        ([("dismiss", "one"), ("ask_release", "one")], []),
        ([("add", "one")], [(YOU, "finding_confirmed")]),
        ([("change", "one")], [(YOU, "finding_confirmed")]),
        ([("add", "one"), ("undo", "one")], [(YOU, "finding_open")]),
    ],
)
def test_what_identifies_is_released_by_two_persons(steps, needed):
    taken = [
        replace(took(Step(step), minute=n, reviewer=True), actor=actor)
        for n, (step, actor) in enumerate(steps)
    ]
    assert needs(gate(entry(blocked(), decisions=tuple(taken)))) == needed


def test_a_finding_changed_to_what_policy_does_not_block_is_settled():
    changed = took(Step.CHANGE, reviewer=True, finding="f2")
    assert needs(gate(entry(blocked(), decisions=(changed,)))) == [(YOU, "finding_open")]
    added = took(Step.ADD, reviewer=True, finding="f2")
    assert needs(gate(entry(ready(), decisions=(added,)))) == [(YOU, "finding_confirmed")]
