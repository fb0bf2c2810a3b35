"""The queue: one per stage, over Redis or Valkey. The only place that speaks to Celery untyped.

A message carries a document's id, version and page, nothing else. What it says is only a hint:
the records say what is to be done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Protocol

from celery import Celery, Task, signals
from celery.schedules import crontab
from kombu.exceptions import OperationalError
from redis import Redis
from redis.exceptions import RedisError

from storage.jobs import Job, Stage
from storage.settings import Settings
from workers.copies import LONGEST
from workers.logs import following, request_id

UPKEEP = "upkeep"
"""Queue of what is done by the clock."""

QUEUES = (*(stage.value for stage in Stage), UPKEEP)

LONG = (Stage.CHECK_LONG.value, Stage.SCAN.value)
"""Queues whose jobs take long. Some process must always be free of them, so that others pass."""

WORK = "evidence.work"
"""Name of the task that does one job."""

COPY_SECONDS = LONGEST + 60
"""Time after which a worker's child that makes a redacted copy is ended: see `workers/copies.py`."""

LISTENING = "evidence:listening:{queue}"
"""Sorted set of the workers that hear a queue, by the broker's time at which each said so last."""

HEARD_SECONDS = 15
"""How long a worker counts as listening after it said so."""

REQUEST_HEADER = "evidence_request"
"""Header of a message: the id of the request it began with, so that its log lines can be found."""


class QueueUnavailableError(Exception):
    """The broker gave no answer. Nothing is lost: the sweeper sends again what waits."""


class Queue(Protocol):
    """Where jobs are sent."""

    def send(self, jobs: Iterable[Job]) -> None:
        """Send jobs.

        Raises:
            QueueUnavailableError: If the broker gave no answer.
        """

    def length(self, name: str) -> int:
        """Return how many messages wait in a queue.

        Raises:
            QueueUnavailableError: If the broker gave no answer.
        """

    def listeners(self, name: str) -> int:
        """Return how many workers hear a queue.

        Raises:
            QueueUnavailableError: If the broker gave no answer.
        """


class CeleryQueue:
    """Sends through Celery, looks into the broker directly."""

    def __init__(self, app: Celery, redis_url: str) -> None:
        self._app = app
        self._redis = Redis.from_url(redis_url, socket_timeout=5, socket_connect_timeout=5)

    def send(self, jobs: Iterable[Job]) -> None:
        """Send jobs, each to the queue of its stage."""
        try:
            for job in jobs:
                args = [job.stage.value, job.document, job.version, job.page]
                headers = {REQUEST_HEADER: request_id()}
                limit = COPY_SECONDS if job.stage is Stage.COPY else None  # None: the setting's
                self._app.send_task(WORK, args=args, queue=job.stage.value, headers=headers, time_limit=limit)
        except OperationalError as error:
            raise QueueUnavailableError("the broker gave no answer") from error

    def length(self, name: str) -> int:
        """Return how many messages wait in a queue."""
        try:
            waiting: Any = self._redis.llen(name)
        except RedisError as error:
            raise QueueUnavailableError("the broker gave no answer") from error
        return int(waiting)

    def listeners(self, name: str) -> int:
        """Return how many workers have said of late that they hear a queue."""
        try:
            now: Any = self._redis.time()
            heard: Any = self._redis.zcount(LISTENING.format(queue=name), now[0] - HEARD_SECONDS, "+inf")
        except RedisError as error:
            raise QueueUnavailableError("the broker gave no answer") from error
        return int(heard)


@contextmanager
def answering_for(task: Task) -> Iterator[None]:
    """Write the id of the request behind a task's message into every line until the end."""
    headers: dict[str, str] = task.request.headers or {}
    with following(headers.get(REQUEST_HEADER)):
        yield


def make_app(settings: Settings) -> Celery:
    """Make the Celery app. Each setting was measured to matter, or guards something named here."""
    signals.setup_logging.connect(_leave_logs_alone)
    app = Celery("evidence", broker=settings.redis_url)
    app.conf.update(
        **_DELIVERY,
        **_PRIVACY,
        broker_transport_options=_TRANSPORT,
        task_queues={name: {"exchange": name, "routing_key": name} for name in QUEUES},
        task_default_queue=UPKEEP,
        task_create_missing_queues=False,
        # Ends a child that hangs; its document is tried again, three times at most.
        task_time_limit=settings.task_seconds,
        # A child loads the models before it takes its first task; the default is 4 seconds.
        worker_proc_alive_timeout=120,
        # Bounds what leaks in native libraries can take.
        worker_max_tasks_per_child=1000,
        timezone="UTC",
        beat_schedule=_schedule(settings),
        beat_max_loop_interval=settings.sweep_seconds,
    )
    return app


_DELIVERY = {
    # A message is gone only when its task is done: a killed worker's comes back.
    "task_acks_late": True,
    # Without it the message of a killed child was acknowledged, that is, lost.
    "task_reject_on_worker_lost": True,
    # What failed is tried again by the sweeper, which counts; the broker would try for ever.
    "task_acks_on_failure_or_timeout": True,
    # A message held back for a busy child is one that an idle child could do.
    "worker_prefetch_multiplier": 1,
    # A worker outlives any outage of the broker, and finishes what it has meanwhile.
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,
    "worker_cancel_long_running_tasks_on_connection_loss": False,
    # Who sends must not hang: the sweeper sends again.
    "task_publish_retry_policy": {"max_retries": 1, "interval_start": 0, "interval_step": 0.2},
}

_PRIVACY = {
    # Nothing of a task is kept by the broker: results and error texts stay out of its file.
    "task_ignore_result": True,
    "result_backend": None,
    # A message is data, never code.
    "task_serializer": "json",
    "accept_content": ["json"],
    # Our own logs: they never carry an exception's text, which may quote a document.
    "worker_hijack_root_logger": False,
    "worker_redirect_stdouts": False,
    # Nobody watches or steers workers through the broker.
    "worker_send_task_events": False,
    "worker_enable_remote_control": False,
}

_TRANSPORT = {
    # Claims make a second delivery harmless, so the messages of a dead worker may come back
    # soon: a task that takes longer is delivered twice and done once.
    "visibility_timeout": 30,
    # Both are needed: at their defaults the broker looks for such messages every 100 s only.
    "unacked_restore_interval": 1,
    "unacked_restore_throttle": 1,
    # Notices a connection that a restart of the broker left dead.
    "health_check_interval": 5,
    "socket_timeout": 10,
    "socket_connect_timeout": 5,
    "socket_keepalive": True,
    # Queues take turns: a short text waits behind no row of portfolios.
    "queue_order_strategy": "round_robin",
}


def _leave_logs_alone(**_: Any) -> None:
    """Take logging out of Celery's hands, by being connected: its own lines would hold errors' texts."""


def _schedule(settings: Settings) -> dict[str, Any]:
    return {
        name: {
            "task": f"evidence.{name}",
            "schedule": when,
            # A tick that waited too long is dropped: the next one does its work.
            "options": {"queue": UPKEEP, "expires": 3600 if isinstance(when, crontab) else 30},
        }
        for name, when in ticks(settings).items()
    }


def ticks(settings: Settings) -> dict[str, timedelta | crontab]:
    """Say what is done by the clock, and when."""
    often = timedelta(seconds=settings.sweep_seconds)
    due: dict[str, timedelta | crontab] = {
        "sweep": often,
        "post": timedelta(seconds=2),
        "anchor": timedelta(minutes=1),
        "tidy": crontab(minute=7),
        "clean": crontab(hour=3, minute=17),
    }
    return due | ({"redact": often} if settings.redact_always else {})
