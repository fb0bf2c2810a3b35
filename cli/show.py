"""Commands that show one thing: the text of a file, its ledger, its parts, the rules."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

import typer
from rich.table import Table

from cli.exits import Exit
from cli.lazy import load_engine, load_policy_rules, load_reader
from cli.options import OneFile, OwnName, StandardId
from cli.terminal import candidate_views, ledger_view, stderr, stdout
from models.errors import DocumentError
from models.results import Context
from pipeline.limits import Limits
from pipeline.visible import visible
from rules.display import load_display
from rules.recognizers.table import load_rows, tables
from rules.version import code_version, model_version, rules_version

T = TypeVar("T")


def extract(file: OneFile) -> None:
    """Print the text of a file exactly as it was read, without line end added.

    Offsets in the JSON of `evidence check` count the characters of this text.
    """
    text = or_refused(lambda: load_reader()(file, Limits())).document.text
    sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))


def ledger(file: OneFile) -> None:
    """List every place of a file that can hold words, and whether it was read."""
    found = or_refused(lambda: load_reader()(file, Limits())).ledger
    stdout().print(ledger_view(found))
    raise typer.Exit(Exit.NOTHING_FOUND if found.is_fully_read else Exit.STOPPED)


def show_map(file: OneFile, own_name: OwnName = None, standard: StandardId = "swe-4") -> None:
    """Suggest which parts of the CPD standard a file shows, with the sentences that show them."""
    engine = load_engine()
    results = or_refused(lambda: engine.results(file, Context(own_name=own_name, standard=standard)))
    stdout().print(*candidate_views(results), sep="\n")


def rules() -> None:
    """List what is looked for, what is done about it, and which version of the rules this is."""
    console, display = stdout(), load_display()
    found = Table(title="Looked for by patterns", title_justify="left", title_style="bold", box=None)
    for name in ("Table", "Rule", "Finds"):
        found.add_column(name, overflow="fold")
    for table in tables():
        for row in load_rows(table):
            finds = display.types[row.entity_type]
            alone = f"{finds}: left alone ({display.reason(row.look_alike)})" if row.look_alike else finds
            found.add_row(table, row.name, alone)
    policy = Table(title="What is done about a finding", title_justify="left", title_style="bold", box=None)
    for name in ("Rule", "Verdict", "Why"):
        policy.add_column(name, overflow="fold")
    for rule in load_policy_rules():
        policy.add_row(rule.id, display.verdicts[rule.verdict], rule.why)
    console.print(found, "", policy, "", sep="\n")
    console.print(f"Rules {rules_version()}, model {model_version()}, program {code_version()}")


def or_refused(work: Callable[[], T]) -> T:
    """Do the work on a file, or say why the file is refused and leave with exit code 30."""
    try:
        return work()
    except DocumentError as refused:
        reason = refused.reason
        stderr().print(f"{visible(reason.message)} What to do: {visible(reason.remedy)} ({reason.code})")
        raise typer.Exit(Exit.NOT_CHECKED) from refused
