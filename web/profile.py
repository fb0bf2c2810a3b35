"""Profiles over HTTP: what was recorded over some time, as JSON, Word or PDF."""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from models.profile import Profile
from models.serialize import to_json
from pipeline.profile_docx import profile_docx
from pipeline.profile_pdf import profile_pdf
from storage.profile import ProfileRequest, WrittenIn, profile_around, profile_of
from web.access import Who
from web.service import service_of
from web.words import Plain, Text

router = APIRouter(prefix="/v1", tags=["profile"])

Id = Annotated[Plain, Field(max_length=64)]


class Format(StrEnum):
    """What a profile is written as."""

    JSON = "json"
    DOCX = "docx"
    PDF = "pdf"


class WrittenInDraft(BaseModel):
    """Where a statement was written: a document of an entry."""

    model_config = ConfigDict(extra="forbid")

    entry: Id
    document: Id


class AroundDraft(BaseModel):
    """What a profile is asked to hold."""

    model_config = ConfigDict(extra="forbid")

    standard: Annotated[Plain, Field(max_length=32)] = "swe-4"
    start: date
    end: date
    evidence: Annotated[list[Id], Field(max_length=500)] = []
    statements: dict[Id, WrittenInDraft] = {}
    format: Format = Format.JSON


class ProfileDraft(AroundDraft):
    """The same, with whose profile it is."""

    practitioner: Annotated[Text, Field(min_length=1, max_length=200)]


_FILE = {"type": "string", "format": "binary"}
_KINDS = {
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PDF: "application/pdf",
}
_ANSWER = {
    200: {
        "description": "The profile. It holds redacted words only.",
        "model": Profile,
        "content": {kind: {"schema": _FILE} for kind in _KINDS.values()},
    }
}


@router.post("/profile", response_class=Response, responses=_ANSWER)  # type: ignore[arg-type]
def make_profile(request: Request, caller: Who, draft: ProfileDraft) -> Response:
    """Make the profile of a practitioner: the dated list, selected evidence, statements."""
    store = service_of(request).store
    return _written(profile_of(store, caller.portal, draft.practitioner, _asked(draft)), draft.format)


@router.post("/entries/{entry}/profile", response_class=Response, responses=_ANSWER)  # type: ignore[arg-type]
def make_profile_around(request: Request, caller: Who, entry: str, draft: AroundDraft) -> Response:
    """Make the same for the practitioner of an entry."""
    store = service_of(request).store
    return _written(profile_around(store, caller.portal, entry, _asked(draft)), draft.format)


def _asked(draft: AroundDraft) -> ProfileRequest:
    statements = {
        section: WrittenIn(where.entry, where.document) for section, where in draft.statements.items()
    }
    return ProfileRequest(draft.standard, draft.start, draft.end, frozenset(draft.evidence), statements)


def _written(profile: Profile, how: Format) -> Response:
    if how is Format.JSON:
        return Response(json.dumps(to_json(profile)), media_type="application/json")
    content = profile_docx(profile) if how is Format.DOCX else profile_pdf(profile)
    headers = {
        "Content-Disposition": f'attachment; filename="profile.{how}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=_KINDS[how], headers=headers)
