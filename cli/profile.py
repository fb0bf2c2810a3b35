"""Write a practitioner's profile to a file, from the records."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import typer

from models.profile import Profile
from models.serialize import to_json
from pipeline.profile_docx import profile_docx
from pipeline.profile_pdf import profile_pdf
from storage.audit import OPERATOR, Act, note
from storage.profile import ProfileRequest, WrittenIn, profile_of
from storage.refusals import RequestRefusedError
from storage.settings import load_settings
from storage.store import open_store


def _json(profile: Profile) -> bytes:
    return json.dumps(to_json(profile), indent=1).encode()


_WRITERS: dict[str, Callable[[Profile], bytes]] = {
    ".json": _json,
    ".docx": profile_docx,
    ".pdf": profile_pdf,
}


def run(portal: str, practitioner: str, asked: ProfileRequest, out: Path) -> None:
    """Write a profile; what kind of file is told by its ending."""
    writer = _WRITERS.get(out.suffix.lower())
    if writer is None:
        raise typer.BadParameter(f"the file must end in {', '.join(_WRITERS)}")
    store = open_store(load_settings())
    store.records.migrate()
    try:
        profile = profile_of(store, portal, practitioner, asked)
    except RequestRefusedError as refused:
        raise typer.BadParameter(refused.message) from refused
    note(store, Act(OPERATOR, "profile.made"))
    out.write_bytes(writer(profile))
    typer.echo(f"{len(profile.activities)} activities, written to {out}.")
    for said in profile.notes:
        typer.echo(f"Still to look at: {said}")


def asked_for(
    standard: str, span: tuple[str, str], evidence: list[str], statements: list[str]
) -> ProfileRequest:
    """Read what the command was given.

    Raises:
        typer.BadParameter: If a day or a statement is not written as it should be.
    """
    try:
        start, end = (date.fromisoformat(day) for day in span)
        written = {section: WrittenIn(*where.split("/", 1)) for section, where in map(_pair, statements)}
    except (TypeError, ValueError) as error:
        told = "days as 2026-11-30, statements as SECTION=ENTRY/DOCUMENT"
        raise typer.BadParameter(told) from error
    return ProfileRequest(standard, start, end, frozenset(evidence), written)


def _pair(statement: str) -> tuple[str, str]:
    section, _, where = statement.partition("=")
    return section, where
