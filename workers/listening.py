"""Listening: whether a worker still hears its queues. One that runs but hears nothing ends itself.

Celery over Redis has been seen to run on after a broken connection without taking anything
from its queues. A process that lives is no proof, then: what counts is that messages come
while they wait and hands are free. Nothing is lost by ending (the records are the truth, and
what children hold comes back); whoever watches over the worker starts it again.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any
from uuid import uuid4

from celery import signals
from celery.worker import state
from redis import Redis
from redis.exceptions import RedisError

from storage.settings import Settings
from workers.queue import COPY_SECONDS, LISTENING

LOOK_SECONDS = 2.0
"""How often a worker looks whether it hears."""

FEW = 5
"""Looks in a row in which messages wait, hands are free and nothing comes: then it is deaf. An
idle worker that hears takes a message at once, so these are looks enough; they count rather than
seconds, because a machine that stood still has heard nothing either."""

PATIENT = 60
"""Looks in a row for which a worker may be without its own line to the broker, although we have one:
after an outage of minutes it waits for up to half a minute before it tries again."""

EXIT_DEAF = 75
"""Exit code of a worker that hears nothing: the system's own for "try again"."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Look:
    """What is seen at one moment.

    Attributes:
        waiting: Messages in the worker's queues.
        received: Messages that it has taken since it began.
        in_hand: Of these, those that are not done.
        is_connected: Whether its own line to the broker is up.
    """

    waiting: int
    received: int
    in_hand: int
    is_connected: bool = True

    @property
    def place(self) -> tuple[int, int, bool]:
        """Where the worker stands: what moves from one look to the next if it is well."""
        return self.received, self.in_hand, self.is_connected


class Ears:
    """Tells from one look to the next whether a worker hears.

    Args:
        hands: Messages that it can have in hand.
        longest: Looks for which it may have all hands full without anything moving: no job takes
            so long.
    """

    def __init__(self, hands: int, longest: int) -> None:
        self._hands = hands
        self._longest = longest
        self._last: Look | None = None
        self._still = 0
        self.hears = True
        self.is_deaf = False

    def take(self, look: Look) -> None:
        """Take a look in."""
        last, self._last = self._last, look
        has_moved = last is None or look.place != last.place
        self._still = 0 if has_moved or not look.waiting else self._still + 1
        is_free = look.in_hand < self._hands
        self.hears = look.is_connected and (not is_free or self._still < FEW // 2)
        few = FEW if look.is_connected else PATIENT
        self.is_deaf = self._still >= (few if is_free else self._longest)

    def begin_anew(self) -> None:
        """Forget what was seen: the broker itself gave no answer."""
        self._last, self._still = None, 0


class Listening:
    """Watches over one worker from a thread of its main process, by a connection of its own.

    While the worker hears, it says so in the broker for each of its queues.
    """

    def __init__(self, settings: Settings, queues: Sequence[str]) -> None:
        self._queues = tuple(queues)
        longest = max(settings.task_seconds, COPY_SECONDS) + 60
        self._ears = Ears(settings.worker_processes, round(longest / LOOK_SECONDS))
        self._redis = Redis.from_url(settings.redis_url, socket_timeout=2, socket_connect_timeout=2)
        self._name = uuid4().hex
        self._received = 0
        self._over = Event()
        signals.task_received.connect(self._note, weak=False)
        signals.worker_ready.connect(self._begin, weak=False)
        signals.worker_shutting_down.connect(self._leave_off, weak=False)

    def _note(self, **_: Any) -> None:
        self._received += 1

    def _begin(self, sender: Any, **_: Any) -> None:
        Thread(target=self._watch, args=[sender], name="listening", daemon=True).start()

    def _leave_off(self, **_: Any) -> None:
        self._over.set()

    def _watch(self, consumer: Any) -> None:
        """Look until the worker leaves off. Where nobody would look any more, it must not go on."""
        try:
            while not self._over.wait(LOOK_SECONDS) and not self._ears.is_deaf:
                self._look(consumer)
        finally:
            if not self._over.is_set():
                self._end()

    def _end(self) -> None:
        if self._ears.is_deaf:
            log.critical("messages wait and none comes: the worker ends, to be started again")
        else:
            told = "an error ended the listening: the worker ends, to be started again"
            log.critical(told, exc_info=sys.exc_info())
        os._exit(EXIT_DEAF)  # the main thread may hang; children end when their work is done

    def _look(self, consumer: Any) -> None:
        try:
            waiting = sum(self._length(queue) for queue in self._queues)
            in_hand, is_connected = len(state.reserved_requests), consumer.connection is not None
            self._ears.take(Look(waiting, self._received, in_hand, is_connected))
            if self._ears.hears:
                self._say_so()
        except RedisError:
            self._ears.begin_anew()

    def _length(self, queue: str) -> int:
        waiting: Any = self._redis.llen(queue)
        return int(waiting)

    def _say_so(self) -> None:
        now: Any = self._redis.time()
        pipe = self._redis.pipeline(transaction=False)
        for queue in self._queues:
            name = LISTENING.format(queue=queue)
            pipe.zadd(name, {self._name: now[0]})
            pipe.zremrangebyscore(name, 0, now[0] - 3600)
        pipe.execute()
