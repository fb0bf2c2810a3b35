"""The tally adds up the same in the broker and in one process."""

import pytest

from cli.valkey import start_valkey
from storage.jobs import Job, Stage
from workers.queue import QueueUnavailableError
from workers.stages import Ended, Ending
from workers.tally import BOUNDS, BrokerTally, LocalTally

NO_BROKER = "redis://127.0.0.1:9/0"
READ, CHECK = (Job(stage, "0" * 32, 1) for stage in (Stage.READ, Stage.CHECK))


@pytest.fixture(params=["local", "broker"])
def tally(request, tmp_path):
    if request.param == "local":
        yield LocalTally()
        return
    program, url = start_valkey(tmp_path / "queue", tmp_path / "logs")
    yield BrokerTally(url)
    program.kill()


def test_it_adds_up_times_and_endings(tally):
    tally.note(Ended(READ, Ending.DONE, 0.05), 0.04)
    tally.note(Ended(READ, Ending.REFUSED, 0.5, "empty"))
    tally.note(Ended(CHECK, Ending.DONE, 1000.0))
    sums = tally.read()
    assert sums.times["read"].classes[:2] == [1, 0]
    assert sum(sums.times["read"].classes) == 2
    assert sums.times["read"].seconds == pytest.approx(0.55)
    assert sums.times["read"].line_seconds == pytest.approx(0.04)
    assert sums.times["check"].classes == [0] * len(BOUNDS) + [1]
    assert sums.endings == {
        ("read", "done", ""): 1,
        ("read", "refused", "empty"): 1,
        ("check", "done", ""): 1,
    }


def test_a_broker_that_is_away_holds_no_job_up():
    BrokerTally(NO_BROKER).note(Ended(READ, Ending.DONE, 0.1))
    with pytest.raises(QueueUnavailableError):
        BrokerTally(NO_BROKER).read()
