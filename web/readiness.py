"""Readiness: whether each thing that requests need can be used now, told by a code; workers beside."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as LateError
from enum import StrEnum
from functools import partial

from storage.objects import ObjectsUnavailableError
from storage.records import RecordsUnavailableError
from web.service import Service
from workers.queue import QUEUES, UPKEEP, Queue, QueueUnavailableError
from workers.scan import ScannerUnavailableError, open_scanner

SECONDS = 3.0
"""Longest wait for all answers together: who balances load gives up soon after."""

BESIDE = frozenset({"workers"})
"""Parts that no request needs: uploads are taken while nobody works on them."""


class NobodyListensError(Exception):
    """There is a queue that no worker hears."""


AWAY = (
    RecordsUnavailableError,
    ObjectsUnavailableError,
    QueueUnavailableError,
    ScannerUnavailableError,
    NobodyListensError,
)


class Code(StrEnum):
    """How one part stands."""

    ANSWERS = "answers"
    AWAY = "away"
    LATE = "late"
    NOT_CONFIGURED = "not_configured"


class Readiness:
    """Asks all parts at the same time, each in a thread of its own, and waits for none too long."""

    def __init__(self, service: Service) -> None:
        scanner = open_scanner(service.settings)
        self._asks: dict[str, Callable[[], object]] = {
            "records": service.store.records.check,
            "objects": service.store.objects.check,
            "queue": partial(service.queue.length, UPKEEP),
            "workers": partial(_check_workers, service.queue),
        }
        if service.settings.clamd:
            self._asks["scanner"] = scanner.check
        self._pool = ThreadPoolExecutor(len(self._asks), thread_name_prefix="readiness")

    def ask(self) -> dict[str, Code]:
        """Ask every part. A part that is still being asked from before is late again."""
        until = time.monotonic() + SECONDS
        asked = {name: self._pool.submit(ask) for name, ask in self._asks.items()}
        told = {name: _code(answer, until - time.monotonic()) for name, answer in asked.items()}
        return {"scanner": Code.NOT_CONFIGURED} | told


def is_ready(told: Mapping[str, Code]) -> bool:
    """Tell whether everything answers that requests need."""
    return all(
        code in (Code.ANSWERS, Code.NOT_CONFIGURED) for name, code in told.items() if name not in BESIDE
    )


def _check_workers(queue: Queue) -> None:
    if not all(queue.listeners(name) for name in QUEUES):
        raise NobodyListensError


def _code(answer: Future[object], seconds: float) -> Code:
    try:
        answer.result(max(0.0, seconds))
    except LateError:
        answer.cancel()
        return Code.LATE
    except AWAY:
        return Code.AWAY
    return Code.ANSWERS
