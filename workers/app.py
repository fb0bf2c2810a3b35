"""The worker processes: Celery's tasks as thin shells around what the other modules do."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from celery import Celery, Task
from celery.signals import worker_process_init

from storage.audit import anchor
from storage.claims import Terms
from storage.jobs import Job, Stage
from storage.retention import remove_strays
from storage.settings import Settings
from storage.store import open_store
from workers.listening import Listening
from workers.logs import write_logs
from workers.post import post_due
from workers.preparing import Preparing
from workers.queue import QUEUES, WORK, CeleryQueue, answering_for, make_app, ticks
from workers.scan import open_scanner
from workers.stages import Bench, Ended, Line, log_end, work
from workers.tally import BrokerTally
from workers.timed import TimedLine
from workers.upkeep import redact_blocked, sweep_lost, tidy


def terms_of(settings: Settings) -> Terms:
    """Return the terms on which work is given out."""
    return Terms(settings.lease_seconds, settings.attempts)


class WorkerApp:
    """One worker: a Celery app with our tasks, whose children each open and load for themselves.

    Args:
        settings: What the operator set.
        load_line: Loads the line; called once in each child, after the fork, because the
            thread pools of the models do not survive one.
    """

    def __init__(self, settings: Settings, load_line: Callable[[], Line]) -> None:
        self._settings = settings
        self._load_line = load_line
        self._bench: Bench | None = None
        self._preparing = Preparing(settings.worker_processes)
        self.app: Celery = make_app(settings)
        self.queue = CeleryQueue(self.app, settings.redis_url)
        self._register()
        worker_process_init.connect(self._begin, weak=False)

    def run_worker(self, queues: Sequence[str] = QUEUES) -> None:
        """Work until told to stop. SIGTERM lets running tasks end first."""
        write_logs("worker", self._settings.log_level)
        Listening(self._settings, queues)
        self.app.worker_main(
            [
                "--quiet",  # its greeting is no line of JSON
                "worker",
                "--pool=prefork",
                f"--concurrency={self._settings.worker_processes}",
                f"--queues={','.join(queues)}",
                # Workers have nothing to say to each other: the records tell all.
                "--without-gossip",
                "--without-mingle",
                "--without-heartbeat",
                f"--loglevel={self._settings.log_level}",
            ]
        )

    def _begin(self, **_: Any) -> None:
        with self._preparing:
            self._bench = self._prepare()
        gc.collect()
        gc.freeze()  # the models stay as long as the child does: no collection looks through them again

    def _prepare(self) -> Bench:
        """Open and load everything that this child works with."""
        store = open_store(self._settings, is_durable=False)
        tally = BrokerTally(self._settings.redis_url)
        line = TimedLine(self._load_line())

        def watch(ended: Ended) -> None:
            log_end(ended)
            tally.note(ended, line.take())

        return Bench(
            store=store,
            line=line,
            scanner=open_scanner(self._settings),
            limits=self._settings.limits,
            terms=terms_of(self._settings),
            watch=watch,
        )

    def _ready_bench(self) -> Bench:
        if self._bench is None:
            raise RuntimeError("a task was run outside a worker's child")
        return self._bench

    def _register(self) -> None:
        def do(task: Task, stage: str, document: str, version: int, page: int = 0) -> None:
            with answering_for(task):
                self.queue.send(work(self._ready_bench(), Job(Stage(stage), document, version, page)))

        self.app.task(name=WORK, bind=True)(do)
        for tick in ticks(replace(self._settings, redact_always=True)):
            self.app.task(name=f"evidence.{tick}", bind=True)(self._tick(tick))

    def _tick(self, name: str) -> Callable[[Task], None]:
        """Return what a tick of the clock does."""

        def do(task: Task) -> None:
            bench = self._ready_bench()
            acts: dict[str, Callable[[], object]] = {
                "sweep": lambda: sweep_lost(bench.store, self.queue, bench.terms),
                "post": lambda: post_due(bench.store, self._settings),
                "redact": lambda: redact_blocked(bench.store, self.queue),
                "anchor": lambda: anchor(bench.store, self._settings.anchor_path),
                "tidy": lambda: tidy(bench.store, self._settings),
                "clean": lambda: remove_strays(bench.store),
            }
            with answering_for(task):
                acts[name]()

        return do
