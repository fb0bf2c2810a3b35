"""Whether a worker has any child that can work: what tells it, and what must not be taken for that."""

import pytest

from workers.preparing import TRIES, Tries

PROCESSES = 2
MOST = TRIES * PROCESSES
ALIVE, DEAD = 7, 8


def after(*notes):
    tries = Tries(PROCESSES, lambda child: child == ALIVE)
    for child, is_prepared in notes:
        tries.take(child, is_prepared=is_prepared)
    return tries


@pytest.mark.parametrize(
    ("notes", "is_unable"),
    [
        ([(DEAD, False)] * MOST, True),
        ([(DEAD, False)] * (MOST - 1), False),
        ([(ALIVE, True)] + [(DEAD, False)] * 50, False),  # one works on
        ([(DEAD, True)] + [(DEAD, False)] * MOST, True),  # one worked and has ended
        ([(DEAD, False)] * (MOST - 1) + [(DEAD, True)] + [(DEAD, False)] * (MOST - 1), False),
        ([], False),
    ],
)
def test_unable_is_a_worker_whose_every_child_fails_again_and_again(notes, is_unable):
    assert after(*notes).is_unable is is_unable
