"""Decisions over HTTP: what a practitioner does with a finding."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from models.entry import Step
from storage.decisions import NewDecision, decide, list_decisions
from storage.shapes import DecisionView
from web.access import Who
from web.service import service_of
from web.words import Plain, Text

router = APIRouter(prefix="/v1/entries/{entry}/decisions", tags=["decisions"])


class DecisionDraft(BaseModel):
    """A step that a practitioner takes, on a finding or on the whole document."""

    model_config = ConfigDict(extra="forbid")

    document: Annotated[Plain, Field(max_length=64)]
    version: Annotated[int, Field(ge=1, le=1_000_000_000)]
    finding: Annotated[Plain | None, Field(max_length=80)] = None
    step: Step
    reason: Annotated[Plain, Field(max_length=64)]
    note: Annotated[Text | None, Field(max_length=2000)] = None


@router.post("", status_code=HTTPStatus.CREATED)
def take(request: Request, caller: Who, entry: str, draft: DecisionDraft) -> DecisionView:
    """Record a practitioner's decision."""
    new = NewDecision(**draft.model_dump())
    return decide(service_of(request).store, caller.portal, entry, new)


@router.get("")
def read_decisions(request: Request, caller: Who, entry: str) -> list[DecisionView]:
    """List the decisions on an entry in the order in which they were taken."""
    return list_decisions(service_of(request).store, caller.portal, entry)
