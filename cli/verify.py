"""`evidence verify`: whether what was to be removed from a file is gone from its redacted copy."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.exits import Exit
from cli.lazy import load_engine, load_leaks, load_reader
from cli.options import OwnName
from cli.show import or_refused
from cli.terminal import stdout
from models.results import Context
from pipeline.limits import Limits
from pipeline.visible import on_one_line


def verify(
    original: Annotated[Path, typer.Argument(metavar="ORIGINAL", help="The file as it was.")],
    redacted: Annotated[Path, typer.Argument(metavar="REDACTED", help="The copy to look at.")],
    own_name: OwnName = None,
) -> None:
    """Look in a redacted copy for what is to be removed from the original.

    All of the copy is read: headers, comments, properties, the file name. Exit
    code: 0 nothing was found again; 20 something was, or not all of the copy could
    be read; 30 a file could not be read.
    """
    results = or_refused(lambda: load_engine().results(original, Context(own_name=own_name)))
    copy = or_refused(lambda: load_reader()(redacted, Limits()))
    leaks = load_leaks()(results.document, results.redaction, copy.document)
    console = stdout()
    for leak in leaks:
        console.print(f"Found again in {leak.place}: “{on_one_line(leak.word)}”")
    if not copy.ledger.is_fully_read:
        console.print("Part of the copy could not be read, so nobody knows what it holds.")
    if leaks or not copy.ledger.is_fully_read:
        raise typer.Exit(Exit.STOPPED)
    console.print(
        f"None of the {len(results.redaction.replacements)} places that were to be removed was found again."
        " That is not proof that the copy identifies nobody: read it."
    )
