"""Preparing: whether a worker's children can load what they work with. One that cannot ends itself.

A child that goes on without its models would fail every document that it takes. It ends before
it takes any, then, and the worker starts another. Where none can be prepared (a damaged data
file) the worker ends too, with a code that whoever watches over it sees. Nothing is lost and no
document's attempt is counted: what was given to such a child was never begun.
"""

from __future__ import annotations

import logging
import os
import struct
import time
from collections.abc import Callable
from threading import Thread
from types import TracebackType
from typing import Any, Self

from celery import signals

EXIT_UNPREPARED = 69
"""Exit code of a worker whose children cannot be prepared: the system's own for "unavailable"."""

TRIES = 2
"""Failures in a row for each of a worker's processes before it counts as unable: a records store
that restarts fails one preparation, a damaged file all."""

REST_SECONDS = 5.0
"""How long a child that failed waits before it ends, so that loading again and again takes no core."""

_NOTE = struct.Struct("=i?")
"""A child's id, and whether it is prepared: written at once, as pipes do with what is so short."""

log = logging.getLogger(__name__)


class Tries:
    """Tells from the children's notes whether a worker has any that can work.

    Args:
        processes: Children that it has at one time.
        is_alive: Tells of a child's id whether that still runs.
    """

    def __init__(self, processes: int, is_alive: Callable[[int], bool]) -> None:
        self._most = TRIES * processes
        self._is_alive = is_alive
        self._prepared: set[int] = set()
        self._failures = 0

    def take(self, child: int, *, is_prepared: bool) -> None:
        """Take a note in."""
        self._prepared = {known for known in self._prepared if self._is_alive(known)}
        self._failures = 0 if is_prepared else self._failures + 1
        if is_prepared:
            self._prepared.add(child)

    @property
    def is_unable(self) -> bool:
        """Tell whether every child failed again and again, and none works."""
        return self._failures >= self._most and not self._prepared


class Preparing:
    """Stands around a child's preparation, and watches from the worker's main process how they went.

    Made before the children are, which inherit the way to tell of themselves.
    """

    def __init__(self, processes: int) -> None:
        self._tries = Tries(processes, _is_alive)
        self._notes, self._way = os.pipe()
        signals.worker_ready.connect(self._begin, weak=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Tell how it went. End the child where it failed: Celery would have it work all the same."""
        if error is not None:
            log.critical("a child could not be prepared and ends", exc_info=error)
            time.sleep(REST_SECONDS)
        os.write(self._way, _NOTE.pack(os.getpid(), error is None))
        if error is not None:
            os._exit(EXIT_UNPREPARED)

    def _begin(self, **_: Any) -> None:
        Thread(target=self._watch, name="preparing", daemon=True).start()

    def _watch(self) -> None:
        while not self._tries.is_unable:
            child, is_prepared = _NOTE.unpack(os.read(self._notes, _NOTE.size))
            self._tries.take(child, is_prepared=is_prepared)
        log.critical("no child can be prepared: the worker ends")
        os._exit(EXIT_UNPREPARED)  # none of its children has begun anything


def _is_alive(child: int) -> bool:
    try:
        os.kill(child, 0)
    except ProcessLookupError:
        return False
    return True
