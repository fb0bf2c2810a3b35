"""No order of uploads, edits, late results and decisions opens the gate wrongly.

A machine does at random what people and workers do, a worker's late saving included, and
keeps its own small account of what stands in the entry. Whenever the gate lets something
through, that account must agree.
"""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import select

from models.entry import DocumentRole, DocumentStatus, EntryStatus, FormKind, Gate, Step
from models.findings import EntityType
from models.upload import Upload
from pipeline.limits import Limits
from storage.claims import Terms, claim
from storage.decisions import NewDecision, decide
from storage.documents import Replacing, add_document, remove_document, replace_document
from storage.entries import NewEntry, create_entry, save_answers
from storage.lifecycle import reopen
from storage.local import LocalObjects
from storage.outcomes import save_extraction, save_results
from storage.records import Records
from storage.refusals import RequestRefusedError
from storage.review_decisions import take
from storage.review_standing import renew
from storage.review_step import ReviewStep
from storage.schema import DocumentRow
from storage.schema_review import ReviewRow
from storage.sealing import MasterKeys, new_key
from storage.settings import Settings
from storage.store import Store
from storage.submission import submit
from storage.views import list_findings, view_entry, view_gate
from storage.work import load_text, load_upload
from tests.tiny import NAME, PLACE, HeldQueue, TinyLine
from workers.scan import NoScanner
from workers.stages import Bench, work

PORTAL = "north"
TEXTS = st.sampled_from(["I met a child.", "I met Zebedee.", "In Quaymouth.", "Zebedee of Quaymouth."])
ANSWERED = {"type": "a", "description": "b", "date": "1 May", "learnt": "c", "impact": "d"}
REASONS = {
    Step.NOT_PERSONAL: "made_up",
    Step.ASK_REVIEW: "not_sure",
    Step.CONFIRM: "identifies_someone",
    Step.DISMISS: "made_up",
    Step.UNDO: "mistake",
}


def standing_of(review):
    counted = (review.asked, review.direct, review.unsettled, review.risk, review.is_release_asked)
    return review.version, review.waits, review.since is None, counted


class EntryLife(RuleBasedStateMachine):
    """One entry and all that can happen to it."""

    documents = Bundle("documents")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="gate-"))
        records = Records(f"sqlite:///{self.folder / 'r.sqlite'}", is_durable=False)
        records.migrate()
        self.store = Store(records, LocalObjects(self.folder / "o"), MasterKeys({"m": new_key()}, "m"))
        self.bench = Bench(self.store, TinyLine(), NoScanner(), Limits(), Terms(3600, 3))
        self.queue = HeldQueue()
        self.late = []
        self.texts: dict[tuple[str, int], str] = {}
        self.settled: dict[tuple[str, int, str], list[tuple[bool, Step]]] = {}
        new = NewEntry("SW1", None, FormKind.SINGLE, "swe-4", "2026-27")
        self.entry = create_entry(self.store, PORTAL, new)
        self.answers = dict(ANSWERED)
        self._save_answers({})

    def teardown(self) -> None:
        self.store.records.close()
        shutil.rmtree(self.folder)

    def view(self):
        return view_entry(self.store, PORTAL, self.entry)

    @property
    def is_draft(self) -> bool:
        return self.view().status is EntryStatus.DRAFT

    def _save_answers(self, more) -> None:
        self.answers |= more
        _, job = save_answers(self.store, PORTAL, self.entry, self.answers, self.view().revision)
        self.queue.send([job] if job else [])

    @precondition(lambda self: self.is_draft)
    @rule(target=documents, text=TEXTS)
    def upload(self, text):
        received = add_document(self.store, PORTAL, self.entry, Upload("a.txt", text.encode()))
        self.queue.send([received.job])
        self.texts[received.document, 1] = text
        return received.document

    @precondition(lambda self: self.is_draft)
    @rule(text=TEXTS)
    def write(self, text):
        self._save_answers({"learnt": text})

    @precondition(lambda self: self.is_draft)
    @rule(document=documents, text=TEXTS)
    def replace(self, document, text):
        version = self._version(document)
        if version:
            upload = Upload("b.txt", text.encode())
            how = Replacing(version)
            received = replace_document(self.store, PORTAL, self.entry, document, upload, how)
            self.queue.send([received.job])
            self.texts[document, version + 1] = text

    @precondition(lambda self: self.is_draft)
    @rule(document=documents)
    def remove(self, document):
        if self._version(document):
            remove_document(self.store, PORTAL, self.entry, document)

    @precondition(lambda self: self.queue.jobs)
    @rule(which=st.integers(0, 5))
    def a_worker_works(self, which):
        self.queue.jobs.rotate(-(which % len(self.queue.jobs)))
        self.queue.send(work(self.bench, self.queue.jobs.popleft()))

    @precondition(lambda self: self.queue.jobs)
    @rule()
    def a_worker_begins(self):
        job = self.queue.jobs.popleft()
        held = None if job.stage == "copy" else claim(self.store, job, self.bench.terms)
        if held is not None:
            done = load_text(self.store, held) if held.job.stage != "read" else load_upload(self.store, held)
            self.late.append((held, done))

    @precondition(lambda self: self.late)
    @rule()
    def a_worker_ends_late(self):
        held, done = self.late.pop()
        if held.job.stage == "read":
            read = self.bench.line.read(done, self.bench.limits)
            self.queue.send(save_extraction(self.store, held, read, "not_scanned"))
        else:
            self.queue.send(save_results(self.store, held, self.bench.line.check(*done)))

    @rule(which=st.integers(0, 9), step=st.sampled_from(list(REASONS)), by_reviewer=st.booleans())
    def somebody_decides(self, which, step, by_reviewer):
        found = [
            (d, f) for d in self.view().documents for f in list_findings(self.store, PORTAL, self.entry, d.id)
        ]
        if not found:
            return
        document, finding = found[which % len(found)]
        new = NewDecision(document.id, document.version, finding.id, step, REASONS[step])
        try:
            if by_reviewer:
                review = ReviewStep(document.id, document.version, step, REASONS[step], finding.id)
                take(self.store, PORTAL, self.entry, review, "reviewer-1")
            else:
                decide(self.store, PORTAL, self.entry, new)
        except RequestRefusedError:
            return
        key = (document.id, document.version, finding.id)
        taken = self.settled.setdefault(key, [])
        if step is not Step.UNDO:
            taken.append((by_reviewer, step))
            return
        mine = [n for n, (side, _) in enumerate(taken) if side is by_reviewer]
        if mine:
            del taken[mine[-1]]

    @rule(document=documents)
    def the_practitioner_asks_for_a_look_at_the_whole(self, document):
        version = self._version(document)
        if version:
            new = NewDecision(document, version, None, Step.ASK_REVIEW, REASONS[Step.ASK_REVIEW])
            decide(self.store, PORTAL, self.entry, new)

    @rule()
    def somebody_submits(self):
        try:
            submit(self.store, PORTAL, self.entry, self.view().revision)
        except RequestRefusedError:
            return

    @precondition(lambda self: not self.is_draft)
    @rule()
    def somebody_reopens(self):
        reopen(self.store, PORTAL, self.entry, self.view().revision, Settings())

    @invariant()
    def an_open_gate_lets_nothing_through(self):
        if not view_gate(self.store, PORTAL, self.entry).is_open:
            return
        for document in self.view().documents:
            assert document.status is DocumentStatus.READY
            text = self._text(document)
            findings = list_findings(self.store, PORTAL, self.entry, document.id)
            words = (
                {text[f.start : f.end] for f in findings} if document.role is DocumentRole.UPLOAD else None
            )
            expected = {m.group() for pattern in (NAME, PLACE) for m in pattern.finditer(text)}
            assert words is None or expected <= words
            assert len(findings) >= len(expected)
            for finding in findings:
                assert self._is_settled(document, finding)

    @invariant()
    def the_desks_queue_is_what_counting_anew_says(self):
        with self.store.records.write() as session:
            for row in session.scalars(select(DocumentRow).where(DocumentRow.entry_id == self.entry)):
                review = session.get(ReviewRow, row.id)
                kept = standing_of(review)
                renew(session, row, self.store.records.now(session))
                assert standing_of(review) == kept

    def _text(self, document) -> str:
        if document.role is DocumentRole.UPLOAD:
            return self.texts[document.id, document.version]
        return "\n".join(self.answers.values())

    def _is_settled(self, document, finding) -> bool:
        taken = self.settled.get((document.id, document.version, finding.id), [])
        words = [step for by_reviewer, step in taken if by_reviewer]
        if words and words[-1] is Step.CONFIRM:
            return False
        if Step.DISMISS in words:
            return True
        return finding.entity_type is EntityType.LOCATION and (False, Step.NOT_PERSONAL) in taken

    def _version(self, document) -> int | None:
        return next((d.version for d in self.view().documents if d.id == document), None)


TestEntryLife = EntryLife.TestCase
TestEntryLife.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)


def test_the_account_notices_a_gate_that_opens_wrongly(monkeypatch):
    monkeypatch.setattr("storage.views.gate", lambda _: Gate(()))
    machine = EntryLife()
    machine.upload("I met Zebedee.")
    machine.queue.work_off(machine.bench)
    with pytest.raises(AssertionError):
        machine.an_open_gate_lets_nothing_through()
    machine.teardown()
