"""The web app and the clock as processes. They load no model."""

from __future__ import annotations

import uvicorn

from storage.settings import load_settings
from workers.logs import write_logs
from workers.queue import make_app


def serve() -> None:
    """Answer HTTP requests until told to stop."""
    settings = load_settings()
    write_logs("web", settings.log_level)
    # The app is named, not imported: the command and the web app do not know each other.
    uvicorn.run(
        "web.app:create_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        access_log=False,  # our own lines say what was asked, without what addresses hold
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=10,
        h11_max_incomplete_event_size=32 * 1024,
        limit_concurrency=200,
        log_level=settings.log_level,
    )


def beat() -> None:
    """Tick until told to stop: what is done by the clock is sent to the workers. Run one of these.

    It keeps no state: what is due is seen from the records.
    """
    settings = load_settings()
    write_logs("beat", settings.log_level)
    clock = make_app(settings).Beat(
        scheduler_cls="celery.beat:Scheduler",
        loglevel=settings.log_level,
        quiet=True,  # its greeting is no line of JSON
    )
    clock.run()
