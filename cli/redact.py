"""`evidence redact`: a copy with neutral labels in place of personal data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.exits import Exit
from cli.files import would_overwrite
from cli.lazy import load_engine
from cli.options import OneFile, OwnName
from cli.show import or_refused
from cli.terminal import stderr
from models.results import Context


def redact(
    file: OneFile,
    out: Annotated[
        Path, typer.Option("-o", "--out", dir_okay=False, help="Where to write the redacted text.")
    ],
    own_name: OwnName = None,
) -> None:
    """Write the text of a file with neutral labels in place of personal data.

    The file itself is never changed. Exit code 20 when part of it could not be read.
    """
    if would_overwrite(out, [file]):
        raise typer.BadParameter("the redacted text would overwrite the file itself")
    engine = load_engine()
    results = or_refused(lambda: engine.results(file, Context(own_name=own_name)))
    out.write_text(results.redaction.text, encoding="utf-8", newline="")
    hidden = sum(results.document.by_id[r.segment].start is not None for r in results.redaction.replacements)
    stderr().print(
        f"{hidden} places hidden in {out}. It is the text only: a redacted copy of the file itself was"
        " not made, and what stands beside the text (comments, headers, properties) is not in it."
        " Read it before you use it."
    )
    if not results.ledger.is_fully_read:
        stderr().print("Part of the file could not be read and is not in the redacted text.")
        raise typer.Exit(Exit.STOPPED)
