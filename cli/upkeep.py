"""Verify the audit, look after master keys, migrate the records."""

from __future__ import annotations

from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from storage.audit import OPERATOR, Act, note, verify
from storage.rotation import rotate, wrapped_by
from storage.sealing import format_master_key, new_key
from storage.settings import Settings, load_settings
from storage.store import Store, load_master_keys, open_store


def verify_audit() -> None:
    """Check the audit and say what came of it."""
    settings = load_settings()
    found = verify(_store(settings), settings.anchor_path)
    typer.echo(f"{found.rows} rows, {found.anchors} anchored ends compared.")
    if found.broken_at is not None:
        typer.echo(f"The chain is broken at row {found.broken_at}.")
    if found.lost_anchor is not None:
        typer.echo(f"Row {found.lost_anchor} was anchored and is gone, or is another now.")
    if not found.holds:
        raise typer.Exit(1)
    typer.echo("The chain holds.")


def make_key(name: str) -> None:
    """Make a master key; the last one of the file is in use."""
    settings = load_settings()
    store = _store(settings)
    if name in store.masters.keys or not name.isalnum():
        raise typer.BadParameter("choose a name of letters and digits that no key has yet")
    line = format_master_key(name, new_key())
    if settings.master_keys:
        typer.echo(line)
        typer.echo("Add it to EVIDENCE_MASTER_KEYS; the last one there is in use.", err=True)
        return
    with _key_file(settings).open("a") as file:
        file.write(line + "\n")
    note(store, Act(OPERATOR, "keys.made"))
    typer.echo(f"{name} is in use now. Restart the service, then: evidence keys rotate")


def list_keys() -> None:
    """List the master keys with what they wrap."""
    settings = load_settings()
    masters, counts = load_master_keys(settings), wrapped_by(_store(settings))
    table = Table("master key", "wraps", "")
    for name in [*masters.keys, *sorted(set(counts) - set(masters.keys))]:
        missing = "MISSING: what it wraps cannot be opened" if name not in masters.keys else ""
        table.add_row(name, str(counts[name]), "in use" if name == masters.in_use else missing)
    Console().print(table)


def rotate_keys() -> None:
    """Wrap every key anew."""
    typer.echo(f"{rotate(_store(load_settings()))} keys wrapped anew.")


def migrate() -> None:
    """Bring the records to the newest form."""
    _store(load_settings())
    typer.echo("The records are of the newest form.")


def _key_file(settings: Settings) -> Path:
    return Path(settings.master_key_file) if settings.master_key_file else settings.home / "keys" / "master"


def _store(settings: Settings) -> Store:
    store = open_store(settings)
    store.records.migrate()
    return store
