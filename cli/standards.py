"""The CPD standards: listed, and their files checked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.terminal import standard_view, stdout
from rules.standards import check_standards, load_standard_files, load_standards, read_standard_file

app = typer.Typer(invoke_without_command=True, help="List the CPD standards, with the regulator's own words.")


@app.callback()
def standards(context: typer.Context) -> None:
    """List the CPD standards, with the regulator's own words."""
    if context.invoked_subcommand is None:
        for standard in load_standards().values():
            stdout().print(standard_view(standard))


@app.command()
def check(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE]...", help="Files to check. Without any: ours.")
    ] = None,
) -> None:
    """Check the files of standards: their form, and that they do not contradict themselves."""
    problems = [p for path in files or [] if (p := _problem(path))] if files else list(check_standards())
    for problem in problems:
        typer.echo(problem)
    if problems:
        raise typer.Exit(1)
    typer.echo(f"{len(files or load_standard_files())} checked: nothing is wrong with them.")


def _problem(path: Path) -> str | None:
    """Say what is wrong with one file, or None."""
    try:
        read_standard_file(path)
    except (OSError, ValueError) as error:
        return str(error)
    return None
