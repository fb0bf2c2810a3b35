"""The parts of the service as processes: web app, worker, beat."""

from __future__ import annotations

from collections.abc import Sequence

import uvicorn

from storage.settings import load_settings
from workers.app import WorkerApp
from workers.line import load_line
from workers.queue import QUEUES


def serve() -> None:
    """Answer HTTP requests until told to stop."""
    settings = load_settings()
    # The app is named, not imported: the command and the web app do not know each other.
    uvicorn.run(
        "web.app:create_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        access_log=False,  # our own lines say what was asked, without the query
        server_header=False,
        timeout_graceful_shutdown=10,
        h11_max_incomplete_event_size=32 * 1024,
        limit_concurrency=200,
        log_level=settings.log_level,
    )


def work(queues: Sequence[str]) -> None:
    """Do the jobs of some queues (of all, where none is named) until told to stop."""
    WorkerApp(load_settings(), load_line).run_worker(queues or QUEUES)


def beat() -> None:
    """Tick: what is done by the clock is sent to the workers. Run one of these."""
    WorkerApp(load_settings(), load_line).run_beat()
