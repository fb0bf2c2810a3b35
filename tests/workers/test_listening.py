"""Whether a worker hears: what tells it, and what must not be taken for deafness."""

import pytest

from workers.listening import FEW, Ears, Look

IDLE, BUSY = 0, 2


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
