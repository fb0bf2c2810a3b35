"""Tokens as an operator issues, lists and revokes them."""

import re

import pytest
from typer.testing import CliRunner

from cli.main import app


@pytest.fixture
def command(tmp_path, monkeypatch):
    monkeypatch.setenv("EVIDENCE_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "80")
    return lambda *words: CliRunner().invoke(app, ["token", *words])


def test_what_is_listed_can_be_revoked(command):
    issued = command("issue", "council", "--scope", "entries:read", "--days", "30")
    assert issued.stdout.startswith("evt_")
    (shown,) = re.findall(r"\b[0-9a-f]{32}\b", command("list").output)
    assert shown in issued.output
    assert "evt_" not in command("list").output
    assert command("revoke", shown).output == "Revoked.\n"
    assert "revoked" in command("list").output
    assert command("revoke", "0" * 32).exit_code == 2


def test_an_unknown_scope_is_refused_with_those_that_there_are(command):
    refused = command("issue", "council", "--scope", "everything")
    assert refused.exit_code == 2
    assert "entries:read" in refused.output
