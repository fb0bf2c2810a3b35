"""Whether a worker hears: what tells it, and what must not be taken for deafness."""

import subprocess
import sys

import pytest

from workers.listening import EXIT_DEAF, FEW, PATIENT, Ears, Look

IDLE, BUSY = 0, 2
AWAY = Look(3, 5, IDLE, is_connected=False)


def ears_after(*looks):
    ears = Ears(hands=2, longest=20)
    for look in looks:
        ears.take(look)
    return ears


@pytest.mark.parametrize(
    ("looks", "is_deaf"),
    [
        ([Look(3, 5, IDLE)] * (FEW + 1), True),
        ([Look(3, 5, IDLE)] * FEW, False),
        ([Look(0, 5, IDLE)] * 50, False),  # nothing waits
        ([Look(3, n, IDLE) for n in range(50)], False),  # others fill the queue as fast as it takes
        ([Look(3, 5, BUSY)] * 20, False),  # all hands are full
        ([Look(3, 5, BUSY)] * 21, True),  # for longer than any job takes
        ([Look(3, 5, 1)] * (FEW + 1), True),  # one hand is free
        ([Look(3, 5, BUSY), Look(3, 5, 1)] * 20, False),  # jobs end
        ([Look(3, 5, IDLE)] * FEW + [Look(0, 5, IDLE)] + [Look(3, 5, IDLE)] * (FEW - 1), False),
        ([Look(3, 5, IDLE)] * FEW + [Look(3, 6, 1)] * FEW, False),
        ([AWAY] * PATIENT, False),  # its own line to the broker is not up again: that takes a while
        ([AWAY] * (PATIENT + 1), True),  # but not for ever
        ([AWAY] * (PATIENT - 1) + [Look(3, 5, IDLE)] * FEW, False),  # up again: it is counted anew
        ([AWAY] * (PATIENT - 1) + [Look(3, 5, IDLE)] * (FEW + 1), True),
        ([Look(3, 5, BUSY, is_connected=False)] * 20, False),
        ([], False),
    ],
)
def test_deaf_is_who_takes_nothing_that_waits(looks, is_deaf):
    assert ears_after(*looks).is_deaf is is_deaf


def test_who_takes_nothing_stops_saying_that_it_hears_before_it_ends():
    ears = ears_after(*[Look(3, 5, IDLE)] * FEW)
    assert (ears.hears, ears.is_deaf) == (False, False)
    ears.take(Look(3, 6, 1))
    assert ears.hears


def test_while_the_broker_is_away_nobody_is_deaf():
    ears = ears_after(*[Look(3, 5, IDLE)] * FEW)
    ears.begin_anew()
    for _ in range(FEW):
        ears.take(Look(3, 5, IDLE))
    assert not ears.is_deaf


def test_who_is_not_connected_does_not_say_that_it_hears():
    ears = ears_after(Look(0, 5, IDLE, is_connected=False))
    assert not ears.hears
    ears.take(Look(0, 5, IDLE))
    assert ears.hears


WORKER = """
import time
from types import SimpleNamespace
from celery import signals
from storage.settings import Settings
from workers import listening

class Broker:
    def llen(self, queue):
        raise {error}

class Consumer:
    connection = object()

listening.LOOK_SECONDS = 0.01
listening.Redis = SimpleNamespace(from_url=lambda *_, **__: Broker())
listening.Listening(Settings(redis_url="redis://127.0.0.1:1"), ["check"])
signals.worker_ready.send(sender=Consumer())
time.sleep(0.5)
{ending}
print("went on")
"""
LEAVE_OFF = "signals.worker_shutting_down.send(sender=None, sig='TERM', how='warm', exitcode=0)"


@pytest.mark.parametrize(
    ("error", "ending", "code"),
    [
        ("OSError('unforeseen')", "", EXIT_DEAF),
        ("listening.RedisError('away')", LEAVE_OFF, 0),
    ],
)
def test_a_worker_whose_listening_ends_by_an_error_ends_with_it(error, ending, code):
    program = WORKER.format(error=error, ending=ending)
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)  # noqa: PLW1510
    assert (ended.returncode, ended.stdout) == (code, "went on\n" if code == 0 else "")
    assert ("an error ended the listening" in ended.stderr) == (code == EXIT_DEAF)
