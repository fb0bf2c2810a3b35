"""The commands of the service. Each loads what is heavy only when it runs."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer

app = typer.Typer()
token = typer.Typer(help="Tokens by which portals call the service.", no_args_is_help=True)
app.add_typer(token, name="token")
audit = typer.Typer(help="The record of who did what.", no_args_is_help=True)
app.add_typer(audit, name="audit")
account = typer.Typer(help="Local accounts of staff.", no_args_is_help=True)
app.add_typer(account, name="account")
keys = typer.Typer(help="The master keys that wrap the keys of entries.", no_args_is_help=True)
app.add_typer(keys, name="keys")


def _load(name: str) -> ModuleType:
    """Load the module behind a command."""
    return importlib.import_module(f"cli.{name}")


@app.command()
def run() -> None:
    """Run the whole system on this machine, until Ctrl-C."""
    _load("run").run()


@app.command()
def serve() -> None:
    """Run the web app alone."""
    _load("serving").serve()


@app.command()
def worker(
    queues: Annotated[list[str] | None, typer.Argument(help="Queues to work on. Without any: all.")] = None,
) -> None:
    """Run a worker alone."""
    _load("working").work(queues or [])


@app.command()
def beat() -> None:
    """Run the clock alone: one for the whole system."""
    _load("serving").beat()


@app.command("secrets")
def write_secrets(
    folder: Annotated[Path, typer.Argument(help="Where to.")] = Path("secrets"),
) -> None:
    """Write the secrets that docker-compose.yml names. Those that are there are kept."""
    _load("containers").write_secrets(folder)


@token.command("issue")
def issue_token(
    portal: Annotated[str, typer.Argument(help="Name of the portal whose entries the token reaches.")],
    scope: Annotated[list[str] | None, typer.Option(help="What it may do. Without any: everything.")] = None,
    days: Annotated[int | None, typer.Option(min=1, help="Days until it expires. Without: never.")] = None,
) -> None:
    """Issue a token and print it: it is shown this once."""
    _load("tokens").issue(portal, scope or [], days)


@token.command("list")
def list_tokens() -> None:
    """List the tokens that were issued."""
    _load("tokens").show()


@token.command("revoke")
def revoke_token(token_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Revoke a token from now on."""
    _load("tokens").revoke(token_id)


@audit.command("verify")
def verify_audit() -> None:
    """Check that nothing in the record was changed, cut or written anew. Exit code 1 where it was."""
    _load("upkeep").verify_audit()


@keys.command("new")
def new_key(
    name: Annotated[str, typer.Argument(help="Name of the new key, such as m2.")],
) -> None:
    """Make a new master key and put it in use: in the key file, or printed where there is none."""
    _load("upkeep").make_key(name)


@keys.command("list")
def list_keys() -> None:
    """List the master keys, and how many keys each of them wraps."""
    _load("upkeep").list_keys()


@keys.command("rotate")
def rotate_keys() -> None:
    """Wrap every key anew with the master key in use. It may run beside everything else."""
    _load("upkeep").rotate_keys()


@app.command()
def migrate() -> None:
    """Bring the records to the newest form. The web app does so by itself when it starts."""
    _load("upkeep").migrate()


@app.command()
def sample(
    seed: Annotated[int, typer.Option(help="Any number. The same one draws the same sample again.")] = 0,
    rate: Annotated[float, typer.Option(min=0, max=100, help="Per cent to draw, rounded up.")] = 2.5,
    year: Annotated[
        str | None, typer.Option(help="Registration year, such as 2026-27. Without: the newest.")
    ] = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="New folder for the assessors.")] = None,
    key: Annotated[
        Path | None, typer.Option(help="New file that says which number is whose. Never for assessors.")
    ] = None,
    *,
    nothing_found: Annotated[
        bool, typer.Option("--nothing-found", help="Draw documents in which nothing was found instead.")
    ] = False,
    estimate: Annotated[
        str | None, typer.Option(metavar="ID", help="Say what reading a sample of documents came to.")
    ] = None,
) -> None:
    """Draw practitioners and write their submitted entries for assessors, without any name.

    With --nothing-found it draws documents that staff then read in full, to estimate what
    is missed.
    """
    if estimate is not None:
        _load("sample").tell_estimate(estimate)
    elif nothing_found:
        _load("sample").documents(rate, seed)
    elif out is None:
        raise typer.BadParameter("say where to write, with --out")
    else:
        _load("sample").people(rate, seed, year, out, key)


@app.command()
def calibrate(
    standard: Annotated[str, typer.Option(help="Whose small model is refitted.")] = "swe-4",
    out: Annotated[Path | None, typer.Option(help="Folder for the refitted model.")] = None,
) -> None:
    """Refit the mapper's small model on what practitioners chose, offline. Exit code 1: refused."""
    _load("calibration").run(standard, out)


@app.command()
def profile(
    portal: Annotated[str, typer.Argument(help="Name of the portal.")],
    practitioner: Annotated[str, typer.Argument(help="The portal's reference of the practitioner.")],
    out: Annotated[Path, typer.Argument(help="File to write: .docx, .pdf or .json.")],
    span: Annotated[tuple[str, str], typer.Option(help="First and last day, as 2026-11-30.")],
    standard: Annotated[str, typer.Option(help="The CPD standard.")] = "swe-4",
    evidence: Annotated[list[str] | None, typer.Option(help="Id of an entry to show in full.")] = None,
    statement: Annotated[list[str] | None, typer.Option(help="SECTION=ENTRY/DOCUMENT")] = None,
) -> None:
    """Write a practitioner's profile: what was recorded in some time, with what is found in it hidden."""
    module = _load("profile")
    module.run(portal, practitioner, module.asked_for(standard, span, evidence or [], statement or []), out)


@account.command("add")
def add_account(
    name: Annotated[str, typer.Argument(help="What its owner signs in with.")],
    role: Annotated[str, typer.Option(help="reviewer, senior_reviewer, auditor or operator.")],
) -> None:
    """Add an account, or give an old one a new password and role. The password is made and printed."""
    _load("staffing").add(name, role)


@account.command("remove")
def remove_account(name: str) -> None:
    """Remove an account and end its sessions."""
    _load("staffing").remove(name)


@account.command("sign-out")
def sign_out(
    subject: Annotated[str, typer.Argument(metavar="ID", help="As the audit names who it was.")],
) -> None:
    """Sign a member of staff or a practitioner out everywhere."""
    _load("staffing").sign_out(subject)


@account.command("list")
def list_accounts() -> None:
    """List the accounts."""
    _load("staffing").show()
