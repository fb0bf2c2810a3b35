"""A worker as a process."""

from __future__ import annotations

from collections.abc import Sequence

from storage.settings import load_settings
from workers.app import WorkerApp
from workers.line import load_line
from workers.queue import QUEUES


def work(queues: Sequence[str]) -> None:
    """Do the jobs of some queues (of all, where none is named) until told to stop."""
    WorkerApp(load_settings(), load_line).run_worker(queues or QUEUES)
