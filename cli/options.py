"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rules.standards import load_standards


def _known_standard(value: str) -> str:
    known = sorted(load_standards())
    if value not in known:
        raise typer.BadParameter(f"known standards: {', '.join(known)}")
    return value


OwnName = Annotated[
    str | None,
    typer.Option("--name", metavar="NAME", help="Your own name, so that it is not taken for someone else's."),
]
StandardId = Annotated[
    str,
    typer.Option(
        "--standard", callback=_known_standard, help="The CPD standard, as `evidence standards` lists."
    ),
]
OneFile = Annotated[Path, typer.Argument(metavar="FILE", help="The file to read.")]
IsEntry = Annotated[
    bool, typer.Option("--entry", help="The files belong to one record: share its names and labels.")
]
