"""What breaks while documents are on the line: nothing is lost, doubled or stuck.

`FAULT_UPLOADS=200 make faults` is the long version; `make test-all` runs the short one.
"""

import os
import signal

import pytest

from storage.settings import Settings
from tests.faults.rig import Rig, children_of
from tests.servers import until

pytestmark = pytest.mark.all

UPLOADS = int(os.environ.get("FAULT_UPLOADS", "24"))
RECOVERY_SECONDS = 30.0
ALL_SECONDS = 60.0 + UPLOADS


@pytest.fixture
def rig(tmp_path):
    found = Rig(Settings(home=tmp_path, lease_seconds=6, sweep_seconds=2))
    found.start_worker()
    yield found
    found.stop()


def wait_for_some(rig, more):
    began = rig.ended()
    return until(lambda: rig.ended() >= began + more, ALL_SECONDS, f"{more} more documents ended")


def wait_for_all(rig):
    until(lambda: rig.ended() == len(rig.sent), ALL_SECONDS, "every document ended")
    rig.check_nothing_lost_or_doubled()


def test_a_killed_child(rig):
    rig.upload(UPLOADS)
    wait_for_some(rig, 2)
    os.kill(children_of(rig.workers[0])[0], signal.SIGKILL)
    assert wait_for_some(rig, 1) < RECOVERY_SECONDS
    wait_for_all(rig)


def test_a_killed_worker(rig):
    rig.upload(UPLOADS)
    wait_for_some(rig, 2)
    rig.workers[0].kill()
    rig.start_worker()
    assert wait_for_some(rig, 1) < RECOVERY_SECONDS
    wait_for_all(rig)


@pytest.mark.parametrize("empty", [False, True], ids=["with its file", "with an empty one"])
def test_a_killed_broker(rig, empty):
    rig.upload(UPLOADS)
    wait_for_some(rig, 2)
    rig.restart_broker(empty=empty)
    rig.upload(2)
    assert wait_for_some(rig, 1) < RECOVERY_SECONDS
    wait_for_all(rig)


def test_every_message_twice(rig):
    rig.upload(UPLOADS)
    for received in rig.sent:
        rig.queue.send([received.job, received.job])
    wait_for_all(rig)
