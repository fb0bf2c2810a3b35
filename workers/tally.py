"""The tally: how long jobs took and how they ended, added up by all workers in the broker.

It lies beside the queues because every worker reaches it, on whatever machine, without
asking anything of the records. It holds codes and numbers. Where the broker is emptied it
begins anew, which is what a counter may do.
"""

from __future__ import annotations

import logging
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Any, Protocol

from redis import Redis
from redis.exceptions import RedisError

from workers.queue import QueueUnavailableError
from workers.stages import Ended

KEY = "evidence:tally"
BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0)
"""Upper bounds of the classes of job times, in seconds."""

_SECONDS = 1.0  # how long a worker waits for the broker to count a job
_LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class Times:
    """How long the jobs of one stage took.

    Attributes:
        classes: Jobs by the class of their time, the last class without a bound.
        seconds: Their times together.
        line_seconds: What of it the line itself took. The rest is storage.
    """

    classes: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    seconds: float = 0.0
    line_seconds: float = 0.0


@dataclass(slots=True)
class Sums:
    """What was added up.

    Attributes:
        times: By stage.
        endings: How many jobs ended how, by stage, ending and the code of a refusal.
    """

    times: dict[str, Times] = field(default_factory=dict)
    endings: dict[tuple[str, str, str], int] = field(default_factory=dict)


class Tally(Protocol):
    """Adds up how jobs ended."""

    def note(self, ended: Ended, line_seconds: float = 0.0) -> None:
        """Add a job, and what of its time the line took. It is not counted where that cannot be done."""

    def read(self) -> Sums:
        """Return what was added up.

        Raises:
            QueueUnavailableError: If the broker gave no answer.
        """


class BrokerTally:
    """Adds up in Redis or Valkey."""

    def __init__(self, redis_url: str) -> None:
        self._redis = Redis.from_url(
            redis_url, socket_timeout=_SECONDS, socket_connect_timeout=_SECONDS, decode_responses=True
        )

    def note(self, ended: Ended, line_seconds: float = 0.0) -> None:
        """Add one job, in one exchange with the broker."""
        stage = ended.job.stage.value
        pipe = self._redis.pipeline(transaction=False)
        pipe.hincrby(KEY, f"class {stage} {bisect_left(BOUNDS, ended.seconds)}", 1)
        pipe.hincrbyfloat(KEY, f"seconds {stage}", round(ended.seconds, 4))
        pipe.hincrbyfloat(KEY, f"line_seconds {stage}", round(line_seconds, 4))
        pipe.hincrby(KEY, f"ending {stage} {ended.ending} {ended.reason}", 1)
        try:
            pipe.execute()
        except RedisError as error:
            _LOG.warning("a job was not counted", exc_info=error)

    def read(self) -> Sums:
        """Return what was added up."""
        try:
            kept: Any = self._redis.hgetall(KEY)
        except RedisError as error:
            raise QueueUnavailableError("the broker gave no answer") from error
        sums = Sums()
        for name, value in kept.items():
            _add(sums, name.split(" "), value)
        return sums


class LocalTally:
    """Adds up in this process."""

    def __init__(self) -> None:
        self._sums = Sums()

    def note(self, ended: Ended, line_seconds: float = 0.0) -> None:
        """Add one job."""
        stage = ended.job.stage.value
        times = self._sums.times.setdefault(stage, Times())
        times.classes[bisect_left(BOUNDS, ended.seconds)] += 1
        times.seconds += ended.seconds
        times.line_seconds += line_seconds
        key = (stage, ended.ending.value, ended.reason)
        self._sums.endings[key] = self._sums.endings.get(key, 0) + 1

    def read(self) -> Sums:
        """Return what was added up."""
        return self._sums


def _add(sums: Sums, name: list[str], value: str) -> None:
    kind, stage, *more = name
    times = sums.times.setdefault(stage, Times())
    if kind == "class":
        times.classes[int(more[0])] = int(value)
    elif kind == "seconds":
        times.seconds = float(value)
    elif kind == "line_seconds":
        times.line_seconds = float(value)
    else:
        sums.endings[stage, more[0], more[1]] = int(value)
