"""The deadline evening: 2,000 uploads waiting at once, short texts and portfolios together.

The queue, the records, the objects and the worker processes are real and divided as on one
machine; only the line is a stand-in, which takes a set time for a short text and fifty times
that for a portfolio, so that what is measured is who waits for whom.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from statistics import median, quantiles

from sqlalchemy import func, select

from cli.processes import Program, ProgramError, start
from cli.run import workers_of
from cli.valkey import start_valkey
from models.entry import DocumentStatus, FormKind
from models.results import Context, Results
from models.upload import Extraction, Upload
from pipeline.limits import Limits
from storage.documents import add_document
from storage.entries import NewEntry, create_entry
from storage.jobs import LONG_CHARACTERS
from storage.schema import DocumentRow
from storage.settings import Settings, load_settings, to_environment
from storage.store import Store, open_store
from tests.tiny import TinyLine
from workers.app import WorkerApp
from workers.queue import CeleryQueue, make_app

UPLOADS = int(os.environ.get("LOAD_EVENING", "2000"))
PORTFOLIOS = UPLOADS // 20
SHORT_SECONDS, LONG_SECONDS = 0.02, 1.0
PORTAL = "north"
LONGEST = 1_800.0


class PacedLine(TinyLine):
    """The tiny line, taking a set time for each text."""

    def read(self, upload: Upload, limits: Limits) -> Extraction:
        time.sleep(SHORT_SECONDS / 4)
        return super().read(upload, limits)

    def check(self, extraction: Extraction, context: Context) -> Results:
        is_long = len(extraction.document.text) > LONG_CHARACTERS
        time.sleep(LONG_SECONDS if is_long else SHORT_SECONDS)
        return super().check(extraction, context)


def compare_evening() -> dict[str, float]:
    """Work the evening off with the portfolios and without them."""
    shorts, longs, seconds = evening(portfolios=PORTFOLIOS)
    alone, _, _ = evening(portfolios=0)
    return {
        "short texts": float(len(shorts)),
        "portfolios among them, each worth fifty short texts": float(len(longs)),
        "short texts done, seconds after work began, median": median(shorts),
        "the same, the last but 5 of 100": quantiles(shorts, n=20)[-1],
        "without any portfolio, the last but 5 of 100": quantiles(alone, n=20)[-1],
        "ratio: what portfolios cost short texts": quantiles(shorts, n=20)[-1] / quantiles(alone, n=20)[-1],
        "the last portfolio done": max(longs),
        "everything done": seconds,
    }


def evening(portfolios: int) -> tuple[list[float], list[float], float]:
    """Upload everything, then start the workers; tell when short texts, portfolios and all were done."""
    with tempfile.TemporaryDirectory(prefix="evidence-evening-") as home:
        settings = Settings(home=Path(home), log_level="warning")
        valkey, url = start_valkey(settings.home / "queue", settings.home / "logs")
        settings = replace(settings, redis_url=url)
        store = open_store(settings)
        store.records.migrate()
        upload_all(store, settings, portfolios)
        workers = start_workers(settings)
        try:
            wait_for_all(store, workers)
            ends = ends_of(store)
        finally:
            for program in (*workers, valkey):
                program.kill()
            store.records.close()
    first = min(at for at, _ in ends)  # the workers' own start is not what is measured
    after = [((at - first).total_seconds(), size > LONG_CHARACTERS) for at, size in ends]
    shorts, longs = ([s for s, is_long in after if is_long == kind] for kind in (False, True))
    return shorts, longs, max(shorts + longs)


def upload_all(store: Store, settings: Settings, portfolios: int) -> None:
    """Upload short texts, with the portfolios spread evenly among them, each in an entry of its own."""
    queue = CeleryQueue(make_app(settings), settings.redis_url)
    every = UPLOADS // portfolios if portfolios else 0
    for number in range(UPLOADS if portfolios else UPLOADS - PORTFOLIOS):
        is_long = bool(every) and number % every == 0
        text = f"I met a family {number} times. " * (LONG_CHARACTERS // 20 if is_long else 10)
        entry = create_entry(
            store, PORTAL, NewEntry(f"SW{number}", None, FormKind.SINGLE, "swe-4", "2026-27")
        )
        queue.send([add_document(store, PORTAL, entry, Upload(f"{number}.txt", text.encode())).job])


def start_workers(settings: Settings) -> list[Program]:
    """Start worker processes, divided as on one machine."""
    programs = []
    for name, processes, queues in workers_of(settings.worker_processes):
        command = [sys.executable, "-m", "tests.bench.evening", *queues]
        environment = to_environment(replace(settings, worker_processes=processes))
        programs.append(start(name, command, environment, settings.home / "logs"))
    return programs


def wait_for_all(store: Store, workers: list[Program]) -> None:
    """Wait until no document is on the line any more."""
    statuses = (DocumentStatus.RECEIVED, DocumentStatus.READING, DocumentStatus.CHECKING)
    query = select(func.count()).where(DocumentRow.status.in_(statuses))
    until = time.monotonic() + LONGEST
    while True:
        with store.records.read() as session:
            if session.scalars(query).one() == 0:
                return
        if time.monotonic() > until or not all(worker.is_running for worker in workers):
            raise ProgramError("the evening did not end")
        time.sleep(1)


def ends_of(store: Store) -> list[tuple[datetime, int]]:
    """Return when each document was ready, and how long its text is."""
    query = select(DocumentRow.finished_at, DocumentRow.characters).where(
        DocumentRow.status == DocumentStatus.READY
    )
    with store.records.read() as session:
        return [(at, size) for at, size in session.execute(query) if at is not None]


if __name__ == "__main__":
    WorkerApp(load_settings(), PacedLine).run_worker(sys.argv[1:])
