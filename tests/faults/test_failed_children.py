"""Children that cannot load what they work with: they end, and so does a worker that has no other."""

import pytest

from cli.processes import Keeper
from storage.settings import Settings
from storage.views import view_entry
from tests.faults.rig import PORTAL, Rig
from tests.servers import until
from workers.preparing import EXIT_UNPREPARED, REST_SECONDS, TRIES

pytestmark = pytest.mark.all

PROCESSES = 2
END_SECONDS = 2 * TRIES * REST_SECONDS + 10
RECOVERY_SECONDS = 60.0
"""What the broker holds for a worker that has ended comes back after 30 s."""


@pytest.fixture
def rig(tmp_path):
    found = Rig(Settings(home=tmp_path, lease_seconds=6, sweep_seconds=2, worker_processes=PROCESSES))
    yield found
    found.stop()


def fail(rig, count):
    (rig.settings.home / "damaged").write_text("." * count)


def check_nothing_counted(rig):
    rig.check_nothing_lost_or_doubled()
    for entry in rig.entries:
        assert {d.attempts for d in view_entry(rig.store, PORTAL, entry).documents} == {1}


def test_one_child_that_fails_is_replaced_and_its_worker_goes_on(rig):
    fail(rig, 1)
    worker = rig.start_worker()
    rig.upload(8)
    until(rig.is_done, RECOVERY_SECONDS, "everything done")
    log = worker.log.read_text()
    assert worker.is_running
    assert log.count("a child could not be prepared") == 1
    assert "words of the data file" not in log
    check_nothing_counted(rig)


def test_a_worker_of_which_every_child_fails_ends_and_loses_nothing(rig):
    fail(rig, 1000)
    worker = rig.start_worker()
    rig.upload(8)
    until(lambda: not worker.is_running, END_SECONDS, "it ended")
    assert worker.process.returncode == EXIT_UNPREPARED
    assert worker.log.read_text().count("a child could not be prepared") <= (TRIES + 1) * PROCESSES
    assert "no child can be prepared" in worker.log.read_text()
    assert rig.ended() == 0
    fail(rig, 0)
    keeper = Keeper([worker])
    try:
        until(rig.is_done, RECOVERY_SECONDS, "everything done")
    finally:
        keeper.leave_off()
    check_nothing_counted(rig)
