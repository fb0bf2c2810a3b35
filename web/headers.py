"""Headers that requests carry beside their body."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import Header

from web.problems import ProblemError

IfMatch = Annotated[str | None, Header(alias="If-Match")]
IdempotencyKey = Annotated[str | None, Header(alias="Idempotency-Key", min_length=8, max_length=200)]


def revision_of(if_match: str | None) -> int:
    """Read the revision of an If-Match header.

    Raises:
        ProblemError: If there is none, or it is not one of our ETags.
    """
    if if_match is None:
        raise ProblemError(
            HTTPStatus.PRECONDITION_REQUIRED, "if_match_needed", "Send the ETag that was read, in If-Match."
        )
    revision = if_match.strip().removeprefix("W/").strip('"')
    if not revision.isascii() or not revision.isdigit() or len(revision) > 9:
        raise ProblemError(HTTPStatus.PRECONDITION_FAILED, "stale", "The ETag is not one of ours.")
    return int(revision)
