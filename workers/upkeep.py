"""What is done by the clock: lost work, webhooks, redaction for owners who have it done always, tidying."""

from __future__ import annotations

from datetime import timedelta

from storage.claims import Terms, sweep
from storage.copies import redact_all
from storage.forgetting import forget_what_is_over
from storage.idempotency import forget_old_keys
from storage.jobs import Job, Stage
from storage.pieces import sweep_pieces
from storage.retention import destroy_expired
from storage.sessions import forget_old_sessions
from storage.settings import Settings
from storage.store import Store
from workers.queue import Queue

PATIENCE = timedelta(seconds=10)
"""How long a message may be under way before it counts as lost, where its queue is empty."""


def sweep_lost(store: Store, queue: Queue, terms: Terms) -> list[Job]:
    """Send again what a dead worker held and what the broker forgot.

    While a queue holds messages, what waits in it is not lost, however long it waits.

    Returns:
        The jobs that were sent again.
    """
    empty = frozenset(stage for stage in Stage if queue.length(stage.value) == 0)
    jobs = [*sweep(store, terms, PATIENCE, empty), *sweep_pieces(store, terms, PATIENCE, empty)]
    queue.send(jobs)
    return jobs


def redact_blocked(store: Store, queue: Queue) -> None:
    """Put the redacted copy in place of what is blocked, for owners who have it done always."""
    queue.send(redact_all(store))


def tidy(store: Store, settings: Settings) -> None:
    """Forget and destroy what is kept for a time only."""
    forget_old_keys(store)
    forget_old_sessions(store, timedelta(minutes=settings.session_minutes))
    destroy_expired(store, settings)
    forget_what_is_over(store, settings)
