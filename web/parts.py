"""Parts of the standard over HTTP: what a practitioner did with those that were suggested."""

from __future__ import annotations

from fastapi import APIRouter, Request

from storage.parts import list_part_decisions
from storage.shapes import PartDecisionView
from web.access import Who
from web.service import service_of

router = APIRouter(prefix="/v1/entries/{entry}/part-decisions", tags=["parts"])


@router.get("")
def read_part_decisions(request: Request, caller: Who, entry: str) -> list[PartDecisionView]:
    """List the parts accepted, rejected and added when parts were last chosen, with their scores."""
    return list_part_decisions(service_of(request).store, caller.portal, entry)
