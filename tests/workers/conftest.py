import pytest

from models.entry import FormKind
from models.upload import Upload
from pipeline.limits import Limits
from storage.claims import Terms
from storage.documents import add_document
from storage.entries import NewEntry, create_entry
from storage.local import LocalObjects
from storage.records import Records, utc_now
from storage.sealing import MasterKeys, new_key
from storage.store import Store
from tests.tiny import HeldQueue, TinyLine
from workers.scan import NoScanner
from workers.stages import Bench

PORTAL = "north"


class Clock:
    """A clock that tests set."""

    def __init__(self):
        self.now = utc_now()

    def __call__(self):
        return self.now


class Desk:
    """An entry, a worker's bench and a queue, to try what happens in which order."""

    def __init__(self, store, clock):
        self.store = store
        self.clock = clock
        self.bench = Bench(store, TinyLine(), NoScanner(), Limits(), Terms(lease_seconds=15, attempts=3))
        self.queue = HeldQueue()

    def entry(self):
        return create_entry(
            self.store, PORTAL, NewEntry("SW1", None, FormKind.UNSTRUCTURED, "swe-4", "2026-27")
        )

    def upload(self, entry, text="words"):
        received = add_document(self.store, PORTAL, entry, Upload("a.txt", text.encode()))
        self.queue.send([received.job])
        return received


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
