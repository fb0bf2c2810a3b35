"""What every request needs: the store, the queue and the settings."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field

from starlette.requests import HTTPConnection

from storage.jobs import Job
from storage.settings import Settings
from storage.store import Store
from workers.queue import Queue, QueueUnavailableError
from workers.tally import LocalTally, Tally

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Service:
    """The running service.

    Attributes:
        tally: Where workers add up how their jobs ended.
    """

    settings: Settings
    store: Store
    queue: Queue
    tally: Tally = field(default_factory=LocalTally)

    def send(self, jobs: Iterable[Job | None]) -> None:
        """Send jobs to the workers. Where the broker is away they wait in the records."""
        try:
            self.queue.send(job for job in jobs if job is not None)
        except QueueUnavailableError:
            log.warning("broker away: the sweeper sends the job later")


def service_of(connection: HTTPConnection) -> Service:
    """Return the service behind a request."""
    service: Service = connection.app.state.service
    return service
