"""No order of uploads, edits, late results and decisions opens the gate wrongly."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from models.entry import (
    Answer,
    Decision,
    DocumentRole,
    DocumentStatus,
    Entry,
    EntryDocument,
    EntryStatus,
    Step,
)
from models.results import Outcome
from pipeline.gate import gate
from tests.gate.entries import FORM, START, blocked, entry, took

settings.register_profile("gate", deadline=None)  # what is tested is order, not time
settings.load_profile("gate")

FINDINGS = ("f1", "f2")
steps = st.sampled_from(list(Step))


@st.composite
def decisions(draw: st.DrawFn, *, versions: tuple[int, ...] = (1, 2)) -> tuple[Decision, ...]:
    count = draw(st.integers(0, 8))
    return tuple(
        took(
            draw(steps),
            minute=n,
            reviewer=draw(st.booleans()),
            finding=draw(st.sampled_from(["f1", "f2", None])),
            version=draw(st.sampled_from(versions)),
            document=draw(st.sampled_from(["d1", "answers"])),
        )
        for n in range(count)
    )


@given(decisions(versions=(2, 3)), st.booleans())
def test_decisions_on_other_versions_change_nothing(others, direct):
    document = blocked(direct=direct)
    assert gate(entry(document, decisions=others)) == gate(entry(document))


@given(decisions(), st.randoms(use_true_random=False))
def test_the_order_in_which_decisions_arrive_changes_nothing(taken, random):
    mixed = list(taken)
    random.shuffle(mixed)
    assert gate(entry(blocked(), decisions=tuple(mixed))) == gate(entry(blocked(), decisions=taken))


@given(decisions(), st.booleans(), st.sampled_from([s for s in Step if s is not Step.UNDO]))
def test_an_undone_step_was_never_taken(taken, reviewer, step):
    done = took(step, minute=100, reviewer=reviewer)
    undone = took(Step.UNDO, minute=101, reviewer=reviewer)
    assert gate(entry(blocked(), decisions=(*taken, done, undone))) == gate(entry(blocked(), decisions=taken))


@given(st.lists(steps, max_size=8))
def test_the_practitioner_alone_never_settles_what_identifies_directly(taken):
    own = tuple(took(step, minute=n) for n, step in enumerate(taken))
    assert not gate(entry(blocked(), decisions=own)).is_open


@dataclass
class Life:
    """A document's real life, told without the gate's own logic.

    Attributes:
        checked: The version whose results were saved last, or None.
        blocking: What those results block, with whether each is direct.
        held: For each finding the steps that stand, in order, as (by reviewer, step).
    """

    version: int = 1
    status: DocumentStatus = DocumentStatus.RECEIVED
    checked: int | None = None
    is_fully_read: bool = False
    blocking: dict[str, bool] = field(default_factory=dict)
    held: dict[str | None, list[tuple[bool, Step]]] = field(default_factory=dict)

    def replaced(self) -> None:
        """Forget everything that was known of an older version."""
        self.version += 1
        self.status, self.checked, self.blocking, self.held = DocumentStatus.RECEIVED, None, {}, {}

    def released(self, finding: str | None) -> bool:
        """Tell whether the last word of a reviewer lets a finding or the document go."""
        words = [
            s
            for by_reviewer, s in self.held.get(finding, [])
            if by_reviewer and s in (Step.CONFIRM, Step.DISMISS)
        ]
        return bool(words) and words[-1] is Step.DISMISS

    def settled(self, finding: str) -> bool:
        """Tell whether someone who may do so has settled a finding."""
        reviewed = any(r and s in (Step.CONFIRM, Step.DISMISS) for r, s in self.held.get(finding, []))
        own_word = (False, Step.NOT_PERSONAL) in self.held.get(finding, [])
        return self.released(finding) or (not self.blocking[finding] and own_word and not reviewed)


class EntryMachine(RuleBasedStateMachine):
    """Uploads, edits, results - late ones too -, failures and decisions in any order."""

    lives: dict[str, Life]

    @initialize()
    def begin(self) -> None:
        answers = Life(status=DocumentStatus.READY, checked=1, is_fully_read=True)
        self.lives, self.taken, self.minute = {"answers": answers}, [], 0
        self.answers = {"title": "done", "what": "done"}

    @rule(question=st.sampled_from(["title", "what"]), text=st.sampled_from(["", " ", "done", "a b c d e f"]))
    def save_answer(self, question: str, text: str) -> None:
        self.answers[question] = text
        self.lives["answers"].replaced()

    @precondition(lambda self: len(self.lives) < 3)
    @rule()
    def upload(self) -> None:
        self.lives[f"d{len(self.lives)}"] = Life()

    @rule(data=st.data())
    def replace_document(self, data: st.DataObject) -> None:
        self._pick(data).replaced()

    @rule(data=st.data(), status=st.sampled_from([DocumentStatus.READING, DocumentStatus.CHECKING]))
    def work(self, data: st.DataObject, status: DocumentStatus) -> None:
        self._pick(data).status = status

    @rule(data=st.data(), status=st.sampled_from([DocumentStatus.REFUSED, DocumentStatus.FAILED]))
    def end_badly(self, data: st.DataObject, status: DocumentStatus) -> None:
        self._pick(data).status = status

    @rule(
        data=st.data(),
        late=st.sampled_from([False, False, True]),
        blocking=st.dictionaries(st.sampled_from(FINDINGS), st.booleans(), max_size=1),
        is_fully_read=st.booleans(),
    )
    def result_arrives(
        self, data: st.DataObject, *, late: bool, blocking: dict[str, bool], is_fully_read: bool
    ) -> None:
        life = self._pick(data)
        if late:
            return  # a result for an older version is not saved: its key does not fit
        life.status, life.checked = DocumentStatus.READY, life.version
        life.blocking, life.is_fully_read = blocking, is_fully_read

    @rule(
        data=st.data(),
        about_all=st.sampled_from([False, False, False, True]),
        step=steps,
        by_reviewer=st.booleans(),
        older=st.sampled_from([False, False, False, True]),
    )
    def decide(
        self, data: st.DataObject, *, about_all: bool, step: Step, by_reviewer: bool, older: bool
    ) -> None:
        name = data.draw(st.sampled_from(sorted(self.lives)))
        life = self.lives[name]
        finding = None if about_all else data.draw(st.sampled_from(sorted(life.blocking) or FINDINGS))
        version = life.version - older
        self.minute += 1
        at = START + timedelta(minutes=self.minute)
        self.taken.append(Decision(name, version, finding, step, by_reviewer, "x", at, "code"))
        if older:
            return
        held = life.held.setdefault(finding, [])
        if step is not Step.UNDO:
            held.append((by_reviewer, step))
        elif mine := [n for n, (side, _) in enumerate(held) if side == by_reviewer]:
            del held[mine[-1]]

    @invariant()
    def open_only_when_all_is_checked_and_settled(self) -> None:
        if not gate(self._entry()).is_open:
            return
        assert self.answers["title"].strip()
        assert 0 < len(self.answers["what"].split()) <= 5
        for life in self.lives.values():
            assert life.status is DocumentStatus.READY
            assert life.checked == life.version
            assert life.is_fully_read or life.released(None)
            assert all(life.settled(finding) for finding in life.blocking)

    @invariant()
    def submission_only_without_an_open_need_of_the_practitioner(self) -> None:
        if not gate(self._entry()).may_submit:
            return
        for life in self.lives.values():
            assert life.status is not DocumentStatus.REFUSED
            if life.status is DocumentStatus.READY:
                assert all(life.held.get(finding) for finding in life.blocking)

    @invariant()
    def opens_when_everything_is_settled_and_nothing_asked(self) -> None:
        is_done = (
            self.answers["title"].strip()
            and 0 < len(self.answers["what"].split()) <= 5
            and all(
                life.status is DocumentStatus.READY
                and life.is_fully_read
                and not life.blocking
                and not life.held
                for life in self.lives.values()
            )
        )
        assert not is_done or gate(self._entry()).is_open

    def _pick(self, data: st.DataObject) -> Life:
        return self.lives[data.draw(st.sampled_from(sorted(self.lives)))]

    def _entry(self) -> Entry:
        documents = tuple(self._document(name, life) for name, life in self.lives.items())
        answers = tuple(Answer(question, text) for question, text in self.answers.items())
        return Entry("e1", EntryStatus.DRAFT, FORM, answers, documents, tuple(self.taken))

    def _document(self, name: str, life: Life) -> EntryDocument:
        role = DocumentRole.ANSWERS if name == "answers" else DocumentRole.UPLOAD
        found = Outcome.BLOCKED if life.blocking else Outcome.NOTHING_FOUND
        return EntryDocument(
            name,
            role,
            life.version,
            life.status,
            found if life.checked else None,
            None,
            tuple(life.blocking),
            tuple(finding for finding, direct in life.blocking.items() if direct),
            life.is_fully_read if life.checked else None,
        )


EntryMachine.TestCase.settings = settings(max_examples=150, stateful_step_count=40)
TestEntry = EntryMachine.TestCase
