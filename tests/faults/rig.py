"""A whole system of processes to break: Valkey, worker, beat, around the tiny line."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, select

from cli.processes import Program, start, wait_until
from cli.valkey import free_port, start_valkey
from models.entry import DocumentStatus, FormKind
from models.upload import Upload
from storage.counts import count_all
from storage.documents import Received, add_document
from storage.entries import NewEntry, create_entry
from storage.events import events_after
from storage.schema import DocumentRow
from storage.settings import Settings, to_environment
from storage.store import Store, open_store
from storage.views import view_entry, view_results
from workers.listening import EXIT_DEAF
from workers.queue import CeleryQueue, QueueUnavailableError, make_app

PORTAL = "north"


class Rig:
    """The parts that run, each of which can be killed and started again."""

    def __init__(self, settings: Settings) -> None:
        self.logs = settings.home / "logs"
        self.port = free_port()
        self.queue_folder = settings.home / "queue"
        self.valkey, url = start_valkey(self.queue_folder, self.logs, self.port)
        self.settings = replace(settings, redis_url=url)
        self.store: Store = open_store(self.settings)
        self.store.records.migrate()
        self.queue = CeleryQueue(make_app(self.settings), url)
        self.workers: list[Program] = []
        self._followed: list[Program] = []
        self.beat = self._start("beat")
        self.entries: list[str] = []
        self.sent: list[Received] = []

    def start_worker(self, part: str = "worker", url: str | None = None) -> Program:
        """Start a worker and wait until it takes work: how long a program boots is not ours to judge.

        Args:
            part: Which kind of worker.
            url: Where it finds the broker, if not where that is.
        """
        settings = self.settings if url is None else replace(self.settings, redis_url=url)
        worker = self._start(part, settings)
        self.workers.append(worker)
        wait_until(worker, lambda: "ready." in worker.log.read_text(), seconds=120)
        return worker

    def keep_up(self) -> None:
        """Start a worker after each that ended since it heard nothing, as what runs the service does."""
        for worker in list(self.workers):
            if worker.process.poll() == EXIT_DEAF and worker not in self._followed:
                self._followed.append(worker)
                self.start_worker()

    def restart_broker(self, *, empty: bool) -> None:
        self.valkey.kill()
        if empty:
            for path in (self.queue_folder / "appendonlydir").iterdir():
                path.unlink()
        self.valkey, _ = start_valkey(self.queue_folder, self.logs, self.port)

    def upload(self, count: int, *, per_entry: int = 4, with_defect: bool = False) -> None:
        """Upload, as the web app does. A few are empty, which is refused; one may meet a defect of ours."""
        for number in range(count):
            if number % per_entry == 0:
                new = NewEntry(f"SW{number}", None, FormKind.SINGLE, "swe-4", "2026-27")
                self.entries.append(create_entry(self.store, PORTAL, new))
            text = b"" if number % 20 == 7 else f"I met Zebedee {number} times.".encode()
            if with_defect and number == 5:
                text = b"CRASH"
            upload = Upload(f"{number}.txt", text)
            self.sent.append(add_document(self.store, PORTAL, self.entries[-1], upload))
            try:
                self.queue.send([self.sent[-1].job])
            except QueueUnavailableError:
                continue  # as the web app does: the sweeper sends it later

    def statuses(self) -> dict[DocumentStatus, int]:
        query = select(DocumentRow.status, func.count()).group_by(DocumentRow.status)
        with self.store.records.read() as session:
            return dict(iter(session.execute(query)))

    def ended(self) -> int:
        return sum(count for status, count in self.statuses().items() if status.is_final)

    def is_done(self) -> bool:
        """Tell whether everything that was sent has ended, and nothing stands on the line."""
        standing = count_all(self.store).stages.values()
        return self.ended() == len(self.sent) and not any(s.waiting or s.working for s in standing)

    def check_nothing_lost_or_doubled(self, *, failed: int = 0, nameless: int = 0) -> None:
        """Every document ended once: ready, refused or failed, with one last event each.

        Args:
            failed: Documents that are to have failed.
            nameless: Sealed objects that may be left which no row names, because the records, or
                who wrote them, went away between an object and its row. They go when their entry goes.
        """
        documents = [d for e in self.entries for d in view_entry(self.store, PORTAL, e).documents]
        assert sorted(d.id for d in documents) == sorted(r.document for r in self.sent)
        statuses = Counter(d.status for d in documents)
        empty = sum(d.size == 0 for d in documents)
        assert statuses[DocumentStatus.FAILED] == failed
        assert statuses[DocumentStatus.REFUSED] == empty
        assert statuses[DocumentStatus.READY] == len(documents) - failed - empty
        finals: Counter[str] = Counter()
        for entry in self.entries:
            for event in events_after(self.store, entry, 0):
                if event.code in ("document.ready", "document.refused", "document.failed"):
                    finals[str(event.document)] += 1
        assert set(finals.values()) == {1}
        for entry in self.entries:
            results = [n for n in self.store.objects.names(f"{entry}/") if "/results/" in n]
            ready = [d for d in view_entry(self.store, PORTAL, entry).documents if d.outcome]
            assert len(ready) <= len(results) <= len(ready) + nameless

        for entry in self.entries:
            for document in view_entry(self.store, PORTAL, entry).documents:
                if document.status is DocumentStatus.READY:
                    assert view_results(self.store, PORTAL, entry, document.id).ledger.is_fully_read

    def stop(self) -> None:
        for program in (self.beat, *self.workers, self.valkey):
            program.kill()
        self.store.records.close()

    def _start(self, part: str, settings: Settings | None = None) -> Program:
        command = [sys.executable, "-m", "tests.faults.parts", part]
        environment = to_environment(settings or self.settings)
        return start(f"{part}-{len(self.workers)}", command, environment, self.logs)


def _text(number: int) -> str:
    """Make up a text: every twentieth is empty, every fourth a scan, whose pages are read one by one."""
    if number % 20 == 7:
        return ""
    pages = "".join(f"<picture {page}>Page {page}." for page in range(2, 8)) if number % 4 == 1 else ""
    return f"I met Zebedee {number} times.{pages}"


def children_of(program: Program) -> list[int]:
    """Return the pids of a program's children."""
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(program.process.pid)], capture_output=True, text=True, check=False
    )
    return [int(pid) for pid in found.stdout.split()]


def stall(pids: Sequence[int], *, go_on: bool = False) -> None:
    """Let processes stand still, as on a machine that hangs, or go on."""
    for pid in pids:
        os.kill(pid, signal.SIGCONT if go_on else signal.SIGSTOP)
