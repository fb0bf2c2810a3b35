"""Progress of an entry: as events that are pushed, or asked for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from models.serialize import to_json
from storage.entries import get_entry
from storage.events import events_after
from storage.shapes import Event
from storage.store import Store
from web.access import Who
from web.service import service_of

router = APIRouter(prefix="/v1/entries/{entry}", tags=["progress"])

LOOK_SECONDS = 0.25
BEAT_SECONDS = 15.0
"""How often something is sent although nothing happened, so that proxies keep the line open."""

LONGEST_SECONDS = 600.0
"""How long one stream lasts; the browser opens another by itself and goes on where it was."""

EventId = Annotated[int, Query(ge=0, lt=2**63)]


@router.get("/progress")
def read_progress(request: Request, caller: Who, entry: str, after: EventId = 0) -> list[Event]:
    """List what happened to the entry after the last event that was seen."""
    store = service_of(request).store
    _check_entry(store, caller.portal, entry)
    return events_after(store, entry, after)


@router.get("/events", response_class=StreamingResponse)
async def stream_events(
    request: Request,
    caller: Who,
    entry: str,
    after: EventId = 0,
    last_event_id: Annotated[str | None, Header(alias="Last-Event-ID")] = None,
) -> StreamingResponse:
    """Push what happens to the entry after the last event that was seen, as server-sent events."""
    store = service_of(request).store
    await run_in_threadpool(_check_entry, store, caller.portal, entry)
    last = (
        int(last_event_id) if last_event_id and last_event_id.isascii() and last_event_id.isdigit() else after
    )
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    events = _events(store, entry, min(last, 2**63 - 1))
    return StreamingResponse(events, media_type="text/event-stream", headers=headers)


async def _events(store: Store, entry: str, last: int) -> AsyncIterator[str]:
    clock = asyncio.get_running_loop().time
    ends, quiet_since = clock() + LONGEST_SECONDS, clock()
    while clock() < ends:
        found = await run_in_threadpool(events_after, store, entry, last)
        for event in found:
            last = event.id
            yield f"id: {event.id}\nevent: {event.code}\ndata: {json.dumps(to_json(event))}\n\n"
        if found:
            quiet_since = clock()
        elif clock() - quiet_since > BEAT_SECONDS:
            quiet_since = clock()
            yield ": still here\n\n"
        await asyncio.sleep(LOOK_SECONDS)


def _check_entry(store: Store, portal: str, entry: str) -> None:
    with store.records.read() as session:
        get_entry(session, portal, entry)
