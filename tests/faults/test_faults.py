"""What breaks while documents are on the line: nothing is lost, doubled or stuck.

`make faults` is the long version, with 200 uploads each; `make test-all` runs the short one.
Where a fault ends by itself, such as a restart, recovery counts from its end.
"""

import os
import signal
import time
from datetime import timedelta

import pytest
from sqlalchemy import update

from models.entry import DocumentStatus
from storage.schema import DocumentRow
from storage.settings import Settings
from tests.faults.rig import Rig, children_of, stall
from tests.servers import KEYS, start_s3, until

pytestmark = pytest.mark.all

UPLOADS = int(os.environ.get("FAULT_UPLOADS", "12"))
RECOVERY_SECONDS = 30.0
ALL_SECONDS = 120.0 + UPLOADS
AWAY_SECONDS = 5.0
"""How long something is away, so that work meets its absence."""


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path, lease_seconds=6, sweep_seconds=2)


@pytest.fixture
def rig(settings):
    found = Rig(settings)
    yield found
    found.stop()


def begin(rig, *, workers=1):
    """Upload, and wait until the line is at work."""
    for _ in range(workers):
        rig.start_worker()
    rig.upload(UPLOADS)
    wait_for_some(rig, 2)


def wait_for_some(rig, more):
    began = rig.ended()

    def have_ended():
        rig.keep_up()
        return rig.ended() >= began + more

    return until(have_ended, ALL_SECONDS, f"{more} more documents ended")


def recover(rig, request, *, failed=0, nameless=0):
    """See that work goes on soon and comes to its end, and say how long both took."""
    went_on = 0.0 if rig.is_done() else wait_for_some(rig, 1)
    rest = until(rig.is_done, ALL_SECONDS, "every document ended, and every copy")
    print(f"\n{request.node.name}: went on after {went_on:.1f} s, done after {went_on + rest:.1f} s more")
    rig.check_nothing_lost_or_doubled(failed=failed, nameless=nameless)
    assert went_on < RECOVERY_SECONDS


def test_a_killed_child(rig, request):
    begin(rig)
    os.kill(children_of(rig.workers[0])[0], signal.SIGKILL)
    recover(rig, request, nameless=1)


def test_a_killed_worker(rig, request):
    begin(rig)
    rig.workers[0].kill()
    rig.start_worker()
    recover(rig, request, nameless=1)


def test_a_killed_worker_while_another_works_on(rig, request):
    begin(rig, workers=2)
    rig.workers[0].kill()
    recover(rig, request, nameless=1)


def test_a_worker_that_hangs_and_comes_back(rig, request):
    begin(rig, workers=2)
    pids = [rig.workers[0].process.pid, *children_of(rig.workers[0])]
    stall(pids)
    time.sleep(rig.settings.lease_seconds + 4)
    stall(pids, go_on=True)
    recover(rig, request)


@pytest.mark.parametrize("empty", [False, True], ids=["with its file", "with an empty one"])
def test_a_killed_broker(rig, request, empty):
    begin(rig)
    rig.restart_broker(empty=empty)
    rig.upload(2)
    recover(rig, request)


def test_every_message_twice(rig, request):
    rig.start_worker()
    rig.upload(UPLOADS, with_defect=True)
    for received in rig.sent:
        rig.queue.send([received.job, received.job])
    recover(rig, request, failed=1)


@pytest.mark.parametrize("hours", [-1, 1], ids=["behind", "ahead"])
def test_leases_of_a_clock_that_is_wrong(rig, request, hours):
    """A machine's clock is an hour off: what it claimed seems to be held long ago, or for an hour to come."""
    begin(rig)
    skew = timedelta(hours=hours)
    with rig.store.records.write() as session:
        is_held = DocumentRow.lease_id.is_not(None)
        now = rig.store.records.now(session)
        session.execute(update(DocumentRow).where(is_held).values(lease_until=now + skew))
        waiting = DocumentRow.status == DocumentStatus.RECEIVED
        lost = {"lease_id": "0" * 32, "lease_until": now + skew, "status": DocumentStatus.READING}
        session.execute(update(DocumentRow).where(waiting).values(**lost))
    recover(rig, request)


def test_an_object_store_that_is_away_for_a_while(settings_with_s3, request):
    settings, restart = settings_with_s3
    rig = Rig(settings)
    try:
        begin(rig)
        restart()
        recover(rig, request)
    finally:
        rig.stop()


@pytest.fixture
def settings_with_s3(settings, tmp_path):
    """Settings with an S3 server, and what takes that away for a while."""
    programs, address = [], None
    program, address = start_s3(tmp_path / "s3")
    programs.append(program)
    port = int(address.endpoint.partition(":")[2])

    def restart():
        programs[-1].kill()
        time.sleep(AWAY_SECONDS)
        programs.append(start_s3(tmp_path / "s3", port)[0])

    yield settings_at(settings, address), restart
    programs[-1].kill()


def settings_at(settings, address):
    access_key, secret_key = KEYS.values()
    return Settings(
        home=settings.home,
        lease_seconds=settings.lease_seconds,
        sweep_seconds=settings.sweep_seconds,
        objects="s3",
        s3_endpoint=address.endpoint,
        s3_bucket=address.bucket,
        s3_access_key=access_key,
        s3_secret_key=secret_key,
        s3_secure=False,
        s3_timeout_seconds=2,
        s3_retries=1,
    )


@pytest.mark.parametrize("how", ["connections cut", "server killed"])
def test_a_database_that_is_away_for_a_while(settings, postgres, request, how):
    rig = Rig(
        Settings(home=settings.home, lease_seconds=6, sweep_seconds=2, database_url=postgres.new_database())
    )
    try:
        begin(rig)
        if how == "connections cut":
            postgres.cut_connections()
        else:
            postgres.stop("immediate")
            time.sleep(AWAY_SECONDS)
            postgres.start()
        recover(rig, request, nameless=2)
    finally:
        rig.stop()
