"""A desk: a document checked by the tiny line, and what reviewers do with it."""

import pytest

from models.entry import FormKind, Step
from models.upload import Upload
from pipeline.limits import Limits
from storage.claims import Terms
from storage.decisions import NewDecision, decide
from storage.documents import add_document
from storage.entries import NewEntry, create_entry
from storage.local import LocalObjects
from storage.records import Records, utc_now
from storage.review_decisions import take
from storage.review_follow import jobs_again
from storage.review_queue import Sought, list_queue
from storage.review_step import ReviewStep
from storage.sealing import MasterKeys, new_key
from storage.store import Store
from storage.views import list_findings, view_document, view_gate, view_results
from tests.tiny import HeldQueue, TinyLine
from workers.scan import NoScanner
from workers.stages import Bench

PORTAL = "north"


class Clock:
    def __init__(self):
        self.now = utc_now()

    def __call__(self):
        return self.now


class Desk:
    def __init__(self, store, clock):
        self.store, self.clock = store, clock
        self.bench = Bench(store, TinyLine(), NoScanner(), Limits(), Terms(15, 3))
        self.queue = HeldQueue()

    def checked(self, text, name="a.txt"):
        """Upload a text, have it checked, and return its entry and document."""
        new = NewEntry("SW1", None, FormKind.UNSTRUCTURED, "swe-4", "2026-27")
        entry = create_entry(self.store, PORTAL, new)
        return entry, self.upload(entry, text, name)

    def upload(self, entry, text, name="a.txt"):
        received = add_document(self.store, PORTAL, entry, Upload(name, text.encode()))
        self.queue.send([received.job])
        self.queue.work_off(self.bench)
        return received.document

    def findings(self, entry, document):
        return list_findings(self.store, PORTAL, entry, document)

    def results(self, entry, document):
        return view_results(self.store, PORTAL, entry, document)

    def needs(self, entry):
        return [n.code for n in view_gate(self.store, PORTAL, entry).needs if n.document]

    def ask(self, entry, document, finding, step=Step.NOT_PERSONAL, reason="made_up"):
        return decide(self.store, PORTAL, entry, NewDecision(document, 1, finding, step, reason))

    def take(self, entry, document, step, reason, by="kim", **more):
        version = view_document(self.store, PORTAL, entry, document).version
        taken = take(self.store, PORTAL, entry, ReviewStep(document, version, step, reason, **more), by)
        self.queue.send(jobs_again(self.store, taken.again))
        return taken

    def work_off(self):
        self.queue.work_off(self.bench)

    def waiting(self, **sought):
        return [w.document for w in list_queue(self.store, Sought(**sought)).documents]


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def desk(tmp_path, clock, records_url):
    records = Records(records_url, is_durable=False, clock=clock)
    records.migrate()
    masters = MasterKeys({"m1": new_key()}, "m1")
    yield Desk(Store(records, LocalObjects(tmp_path / "objects"), masters), clock)
    records.close()
