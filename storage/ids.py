"""Ids: random, so that they tell nothing and cannot be guessed."""

from __future__ import annotations

import secrets


def new_id() -> str:
    """Make a random id."""
    return secrets.token_hex(16)
