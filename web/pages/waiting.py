"""Waiting: an answer is held back for a moment, so that what was just sent is already checked on it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool

from models.entry import DocumentRole
from storage.records import RecordsUnavailableError
from storage.refusals import RefusalCode, RequestRefusedError
from storage.shapes import DocumentView
from storage.store import Store
from storage.views import view_entry

LONGEST = 4.0
"""Seconds for which a page is held back at most: a reflection takes less than two on a warm worker."""

PAUSE = 0.15
"""Seconds between two looks."""


async def wait_checked(
    store: Store, portal: str, entry: str, is_awaited: Callable[[DocumentView], bool]
) -> None:
    """Wait until some documents of a record are checked, but not for long. No thread is held meanwhile."""

    def is_moving() -> bool:
        """Tell whether a document that is waited for is still being read."""
        try:
            documents = view_entry(store, portal, entry).documents
        except RequestRefusedError as refused:
            if refused.code is not RefusalCode.NOT_FOUND:
                raise
            return False  # it was deleted meanwhile, which the page after this one says
        except RecordsUnavailableError:  # what was sent is saved all the same
            return False
        return any(is_awaited(d) and not d.status.is_final for d in documents)

    until = time.monotonic() + LONGEST
    while await run_in_threadpool(is_moving) and time.monotonic() < until:  # noqa: ASYNC110  (workers tell the database, not us)
        await asyncio.sleep(PAUSE)


def is_answers(document: DocumentView) -> bool:
    """Tell whether a document is what was written in the form."""
    return document.role is DocumentRole.ANSWERS


def is_upload(document: DocumentView) -> bool:
    """Tell whether a document is a file."""
    return document.role is DocumentRole.UPLOAD
