"""Requirements at a glance over HTTP: where a practitioner stands in a registration year."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from models.requirements import Glance
from storage.requirements import glance_around, view_glance
from web.access import Who
from web.service import service_of
from web.words import Text, Year

router = APIRouter(prefix="/v1", tags=["requirements"])

Reference = Annotated[Text, Query(min_length=1, max_length=200)]


@router.get("/requirements")
def read_requirements(
    request: Request,
    caller: Who,
    practitioner: Reference,
    year: Annotated[Year, Query()],
    standard: Annotated[str, Query(max_length=32)] = "swe-4",
) -> Glance:
    """Say what a practitioner has recorded in a year, and what is still needed."""
    return view_glance(service_of(request).store, caller.portal, practitioner, standard, year)


@router.get("/entries/{entry}/requirements")
def read_requirements_around(request: Request, caller: Who, entry: str) -> Glance:
    """Say the same for the practitioner, year and standard of an entry."""
    return glance_around(service_of(request).store, caller.portal, entry)
