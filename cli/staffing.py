"""Local accounts of staff: added, removed, listed."""

from __future__ import annotations

import secrets

import typer
from rich.console import Console
from rich.table import Table

from storage.accounts import load_accounts, save_accounts
from storage.audit import OPERATOR, Act, note
from storage.sessions import StaffRole, end_sessions_of
from storage.settings import load_settings
from storage.store import Store, open_store


def add(name: str, role: str) -> None:
    """Add an account with a password that is printed this once."""
    if role not in frozenset(StaffRole):
        raise typer.BadParameter(f"unknown role. Known: {', '.join(StaffRole)}")
    path = load_settings().staff_path
    password = secrets.token_urlsafe(12)
    accounts = load_accounts(path).add(name, StaffRole(role), password)
    save_accounts(path, accounts)
    _note("account.added")
    typer.echo(password)
    typer.echo("The password is shown this once.", err=True)


def remove(name: str) -> None:
    """Remove an account; who is signed in by it is signed out."""
    path = load_settings().staff_path
    accounts = load_accounts(path)
    account = accounts.find(name)
    if account is None:
        raise typer.BadParameter("there is no such account")
    save_accounts(path, accounts.remove(name))
    end_sessions_of(_note("account.removed"), account.id)
    typer.echo("Removed.")


def sign_out(subject: str) -> None:
    """End every session of somebody."""
    end_sessions_of(_note("account.signed_out"), subject)
    typer.echo("Signed out.")


def show() -> None:
    """List the accounts."""
    table = Table("name", "role", "id")
    for account in load_accounts(load_settings().staff_path).accounts:
        table.add_row(account.name, account.role, account.id)
    Console().print(table)


def _note(action: str) -> Store:
    store = open_store(load_settings())
    store.records.migrate()
    note(store, Act(OPERATOR, action))
    return store
