"""Issue, list and revoke the tokens of portals."""

from __future__ import annotations

from datetime import timedelta

import typer
from rich.console import Console
from rich.table import Column, Table

from storage.audit import OPERATOR, Act, note
from storage.refusals import RequestRefusedError
from storage.settings import load_settings
from storage.store import Store, open_store
from storage.tokens import Scope, Token, issue_token, list_tokens, revoke_token

ID_LETTERS = 32
"""Letters of an id: it is shown whole however narrow the terminal, since `revoke` asks for it."""


def issue(portal: str, scopes: list[str], days: int | None) -> None:
    """Issue a token and print it."""
    unknown = sorted(set(scopes) - set(Scope))
    if unknown:
        raise typer.BadParameter(f"unknown scopes: {', '.join(unknown)}. Known: {', '.join(Scope)}")
    chosen = frozenset(map(Scope, scopes)) or frozenset(Scope)
    store = _store()
    note(store, Act(OPERATOR, "token.issued"))
    token, secret = issue_token(store, portal, chosen, None if days is None else timedelta(days=days))
    typer.echo(secret)
    typer.echo(f"id {token.id}, portal {token.portal}. The token is shown this once.", err=True)


def show() -> None:
    """List all tokens."""
    table = Table(Column("id", no_wrap=True, min_width=ID_LETTERS), "portal", "scopes", "issued", "holds")
    for token in list_tokens(_store()):
        scopes = " ".join(sorted(token.scopes))
        table.add_row(token.id, token.portal, scopes, f"{token.created_at:%Y-%m-%d}", _holds(token))
    Console().print(table)


def revoke(token_id: str) -> None:
    """Revoke a token."""
    store = _store()
    note(store, Act(OPERATOR, "token.revoked"))
    try:
        revoke_token(store, token_id)
    except RequestRefusedError as error:
        raise typer.BadParameter("there is no token of this id") from error
    typer.echo("Revoked.")


def _holds(token: Token) -> str:
    if token.revoked_at is not None:
        return f"revoked {token.revoked_at:%Y-%m-%d}"
    return "always" if token.expires_at is None else f"until {token.expires_at:%Y-%m-%d}"


def _store() -> Store:
    store = open_store(load_settings())
    store.records.migrate()
    return store
