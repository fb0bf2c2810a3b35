"""The desk's queue: what waits, with its filters."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from fastapi import APIRouter, Request, Response

from models.errors import ReasonCode
from models.results import Outcome
from storage.review_queue import Sought, Which, count_queue, list_queue
from web.access import Caller, Visitor
from web.pages.review_frame import DESK, render_desk
from web.service import service_of

router = APIRouter(prefix=DESK, include_in_schema=False, default_response_class=Response)

AGES = {0: "Any age", 1: "A day or more", 3: "3 days or more", 7: "A week or more", 28: "4 weeks or more"}

Code = TypeVar("Code", bound=StrEnum)


@router.get("")
def queue(request: Request, caller: Visitor) -> Response:
    """Show what waits, the gravest and oldest first."""
    store = service_of(request).store
    sought = _sought(request, caller)
    return render_desk(
        request,
        caller,
        "queue.html",
        queue=list_queue(store, sought),
        counts=count_queue(store),
        sought=sought,
        outcomes=Outcome,
        codes=ReasonCode,
        ages=AGES,
    )


def _sought(request: Request, caller: Caller) -> Sought:
    """Read the filters of an address. What is none of ours filters nothing."""
    asked = request.query_params
    page = asked.get("page", "1")
    days = asked.get("age", "0")
    return Sought(
        which=_code(Which, asked.get("which", "")) or Which.WAITING,
        outcome=_code(Outcome, asked.get("outcome", "")),
        reason=_code(ReasonCode, asked.get("reason", "")),
        days=int(days) if days.isdecimal() and int(days) in AGES else 0,
        assigned_to=caller.actor if asked.get("mine") else None,
        page=min(max(int(page), 1), 10_000) if page.isdecimal() else 1,
    )


def _code(codes: type[Code], written: str) -> Code | None:
    return codes(written) if written in set(codes) else None
