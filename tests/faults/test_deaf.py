"""A worker that runs but hears nothing: it ends by itself, is started again, and work goes on."""

import pytest

from cli.processes import Keeper
from storage.settings import Settings
from tests.faults.proxy import Proxy
from tests.faults.rig import Rig
from tests.servers import until
from workers.listening import FEW, LOOK_SECONDS
from workers.queue import HEARD_SECONDS, QUEUES

pytestmark = pytest.mark.all

RECOVERY_SECONDS = 30.0


@pytest.fixture
def rig(tmp_path):
    found = Rig(Settings(home=tmp_path, lease_seconds=6, sweep_seconds=2))
    yield found
    found.stop()


def listeners(rig):
    return min(rig.queue.listeners(queue) for queue in QUEUES)


def test_a_worker_that_hears_nothing_any_more_ends_and_the_next_goes_on(rig, request):
    worker = rig.start_worker("deaf")
    keeper = Keeper([worker])
    try:
        until(lambda: listeners(rig) == 1, 10, "it says that it hears")
        rig.upload(12)
        until((rig.settings.home / "deaf").exists, 20, "it is deaf")
        assert worker.starts == 1
        went_on = until(lambda: worker.starts == 2, RECOVERY_SECONDS, "it ended and was started again")
        rest = until(rig.is_done, RECOVERY_SECONDS, "everything done")
    finally:
        keeper.leave_off()
    print(f"\n{request.node.name}: ended after {went_on:.1f} s, everything done after {rest:.1f} s more")
    assert "messages wait and none comes" in worker.log.read_text()
    rig.check_nothing_lost_or_doubled()


def test_an_idle_worker_is_left_in_peace_and_counts_as_long_as_it_runs(rig):
    worker = rig.start_worker()
    rig.upload(4)
    until(rig.is_done, RECOVERY_SECONDS, "everything done")
    with pytest.raises(AssertionError):
        until(lambda: not worker.is_running, LOOK_SECONDS * (FEW + 2), "it ended")
    assert listeners(rig) == 1
    worker.kill()
    until(lambda: listeners(rig) == 0, HEARD_SECONDS + 5, "it does not count any more")


def test_lines_to_the_broker_that_go_dead(rig, request):
    """No error is met: the lines stay open and carry nothing. New ones work."""
    proxy = Proxy(rig.port)
    worker = rig.start_worker(url=rig.settings.redis_url.replace(f":{rig.port}/", f":{proxy.port}/"))
    keeper = Keeper([worker])
    try:
        rig.upload(6)
        until(rig.is_done, RECOVERY_SECONDS, "everything done")
        assert proxy.go_dead() > 0
        before = proxy.lines
        rig.upload(6)
        done = until(rig.is_done, 2 * RECOVERY_SECONDS, "everything done")
    finally:
        keeper.leave_off()
        proxy.close()
    print(f"\n{request.node.name}: done after {done:.1f} s, {worker.starts - 1} times started again")
    assert proxy.lines > before
    assert done < RECOVERY_SECONDS
    rig.check_nothing_lost_or_doubled()
