"""The `evidence` command. Each command loads what is heavy only when it runs."""

from __future__ import annotations

import sys

import typer

from cli.check import check
from cli.redact import redact
from cli.service import app as service
from cli.show import extract, ledger, rules, show_map
from cli.standards import app as standards
from cli.verify import verify
from storage.settings import SettingsError

app = typer.Typer(
    name="evidence",
    help="Check CPD evidence before it is submitted: what could identify someone, and what it shows.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,  # locals hold text of documents
)
app.command()(check)
app.command()(redact)
app.command()(verify)
app.command()(extract)
app.command()(ledger)
app.command("map")(show_map)
app.command()(rules)
app.add_typer(standards, name="standards")
app.add_typer(service)


def main() -> None:
    """Run the command. Settings that cannot be used are told in a sentence."""
    try:
        app()
    except SettingsError as error:
        sys.exit(f"The settings cannot be used: {error}. They are explained in docs/operators.md.")
