"""What the system on one machine makes for itself: a portal token, staff accounts, example entries.

Secrets lie in files that their owner alone can read, so that each start can print them again.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from storage.accounts import AccountFile, check_password, load_accounts, save_accounts
from storage.audit import OPERATOR, Act, note
from storage.examples import EXAMPLE_PORTAL, add_examples
from storage.sessions import StaffRole
from storage.settings import Settings
from storage.store import Store
from storage.tokens import Scope, find_token, issue_token
from workers.queue import CeleryQueue, QueueUnavailableError, make_app

PORTAL = EXAMPLE_PORTAL


@dataclass(frozen=True, slots=True)
class Login:
    """A staff account as it is printed.

    Attributes:
        name: What its owner signs in with: the account of each role is called like the role.
        password: None where it was changed, or the account removed, since it was made.
    """

    name: str
    password: str | None


def portal_token(store: Store, settings: Settings) -> str:
    """Return the embedded portal's token; issue one on first use or where it does not hold any more."""
    path = settings.home / "keys" / "portal-token"
    if path.exists() and find_token(store, path.read_text()) is not None:
        return path.read_text()
    _, secret = issue_token(store, PORTAL, frozenset(Scope))
    path.unlink(missing_ok=True)
    _write_secret(path, secret)
    return secret


def staff_logins(store: Store, settings: Settings) -> list[Login]:
    """Return an account of each role, made on the first start.

    None are made where the operator named a file of accounts or an identity provider: staff
    are theirs to admit. What an operator does to these accounts later is left as it is.
    """
    if settings.staff_file or settings.oidc_issuer:
        return []
    path = settings.home / "keys" / "staff-passwords.json"
    if not path.exists():
        made = {role.value: secrets.token_urlsafe(12) for role in StaffRole}
        _write_secret(path, json.dumps(made))
        _add_accounts(store, settings, made)
    passwords: dict[str, str] = json.loads(path.read_text())
    accounts = load_accounts(settings.staff_path)
    return [_login(accounts, name, password) for name, password in passwords.items()]


def begin_examples(store: Store, settings: Settings) -> None:
    """Load the example entries where they are not, and send their documents down the line."""
    jobs = add_examples(store, PORTAL)
    with contextlib.suppress(QueueUnavailableError):  # the sweeper sends them later
        CeleryQueue(make_app(settings), settings.redis_url).send(jobs)


def _add_accounts(store: Store, settings: Settings, passwords: Mapping[str, str]) -> None:
    accounts = load_accounts(settings.staff_path)
    for name, password in passwords.items():
        if accounts.find(name) is None:
            accounts = accounts.add(name, StaffRole(name), password)
            note(store, Act(OPERATOR, "account.added"))
    save_accounts(settings.staff_path, accounts)


def _login(accounts: AccountFile, name: str, password: str) -> Login:
    holds = check_password(accounts, name, password) is not None
    return Login(name, password if holds else None)


def _write_secret(path: Path, secret: str) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:  # noqa: PTH123  (mode)
        file.write(secret)
