"""`evidence check`: what could identify someone, and which parts of the standard a text may show."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from cli.checked import Checked
from cli.exits import exit_code, gravest
from cli.files import gather, would_overwrite
from cli.json_line import json_line
from cli.lazy import load_engine, load_report
from cli.options import IsEntry, OwnName, StandardId
from cli.terminal import checked_view, stderr, stdout, summary_view
from models.results import Context


def check(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Files, or folders with files.")],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object a line, one for each file.")
    ] = False,
    report: Annotated[
        Path | None, typer.Option(metavar="FILE.html", dir_okay=False, help="Write a report to look at.")
    ] = None,
    own_name: OwnName = None,
    standard: StandardId = "swe-4",
    is_entry: IsEntry = False,
) -> None:
    """Find personal data in files, and suggest parts of the CPD standard.

    Exit code: 0 nothing found; 10 please look; 20 must be changed, or not fully
    read; 30 could not be read or checked. The highest of several files counts.
    """
    files = gather(paths, leave_out=report)
    if report and would_overwrite(report, files):
        raise typer.BadParameter("the report would overwrite a file that is to be checked")
    if report and not report.absolute().parent.is_dir():
        raise typer.BadParameter("there is no such folder to write the report to")
    engine = load_engine()
    context = Context(own_name=own_name, standard=standard)
    results = engine.check_entry(files, context) if is_entry else engine.check_each(files, context)
    done = list(_told(_with_progress(results, len(files)), as_json=as_json))
    if len(done) > 1 and not as_json:
        stdout().print(summary_view(done))
    if report:
        report.write_text(load_report()(done), encoding="utf-8")
        stderr().print(
            f"Report written to {report}. It shows the personal data that was found: keep it safe."
        )
    raise typer.Exit(gravest(exit_code(item) for item in done))


def _told(results: Iterator[Checked], *, as_json: bool) -> Iterator[Checked]:
    """Print each result as soon as it is there."""
    console = stdout()
    for item in results:
        if as_json:
            sys.stdout.write(json_line(item) + "\n")
            sys.stdout.flush()
            if item.fault:
                stderr().print(f"{item.file}: {item.fault}")
        else:
            console.print(checked_view(item))
        yield item


def _with_progress(results: Iterator[Checked], total: int) -> Iterator[Checked]:
    """Show on stderr how far the call has come, where someone is looking."""
    console = stderr()
    progress = Progress(
        TextColumn("Checking"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
        redirect_stdout=False,
        disable=not console.is_terminal,
    )
    task = progress.add_task("Checking", total=total)
    progress.start()
    try:
        for item in results:
            progress.advance(task)
            progress.stop()  # so that the bar and the result do not write over each other
            yield item
            progress.start()
    finally:
        progress.stop()
