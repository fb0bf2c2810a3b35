"""Staff accounts of the embedded mode: one file, each password as a slow hash."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass, replace
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from models.serialize import from_json, to_json
from storage.ids import new_id
from storage.sessions import StaffRole

_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash(secrets.token_urlsafe(16))
"""Checked where there is no such account, so that the time taken does not tell."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account.

    Attributes:
        id: Random; what decisions and audit name.
        name: What its owner signs in with.
    """

    id: str
    name: str
    role: StaffRole
    password_hash: str


@dataclass(frozen=True, slots=True)
class AccountFile:
    """All accounts."""

    accounts: tuple[Account, ...] = ()

    def find(self, name: str) -> Account | None:
        """Return the account of a name, or None."""
        return next((a for a in self.accounts if a.name == name), None)

    def add(self, name: str, role: StaffRole, password: str) -> AccountFile:
        """Return the accounts with one more, or with the account of this name anew."""
        old = self.find(name)
        account = Account(old.id if old else new_id(), name, role, _HASHER.hash(password))
        others = tuple(a for a in self.accounts if a.name != name)
        return replace(self, accounts=(*others, account))

    def remove(self, name: str) -> AccountFile:
        """Return the accounts without one."""
        return replace(self, accounts=tuple(a for a in self.accounts if a.name != name))


def load_accounts(path: Path) -> AccountFile:
    """Load the accounts; none where there is no file.

    Raises:
        ValueError: If the file is not one of accounts.
    """
    return from_json(AccountFile, json.loads(path.read_text())) if path.exists() else AccountFile()


def save_accounts(path: Path, accounts: AccountFile) -> None:
    """Save the accounts, readable by the owner of the file alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:  # noqa: PTH123  (mode)
        json.dump(to_json(accounts), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def check_password(accounts: AccountFile, untrusted_name: str, untrusted_password: str) -> Account | None:
    """Return the account that a name and a password open, or None."""
    account = accounts.find(untrusted_name)
    try:
        _HASHER.verify(account.password_hash if account else _NOBODY, untrusted_password)
    except (VerifyMismatchError, InvalidHashError):
        return None
    return account
