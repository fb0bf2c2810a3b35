"""The guides say what the program does: settings and their defaults, metrics, queues, commands."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app
from storage.settings import SECRETS, Settings, variable_of
from workers.queue import QUEUES

ROOT = Path(__file__).parents[2]
OPERATORS = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
GUIDES = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}


def written(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_every_setting_stands_in_the_guide_with_its_default():
    told = dict(re.findall(r"^\| `([A-Z0-9_]+)` \| (?:`([^`]*)`)? ?\|", OPERATORS, re.MULTILINE))
    assert told == {variable_of(f.name): written(getattr(Settings(), f.name)) for f in fields(Settings)}


def test_the_secrets_that_may_lie_in_files_are_named():
    (listed,) = re.findall(r"^All settings.*?Secrets \((.*?)\) may lie", OPERATORS, re.MULTILINE | re.DOTALL)
    assert set(re.findall(r"`(\w+)`", listed)) == {variable_of(name) for name in SECRETS}


def test_every_metric_is_explained():
    source = (ROOT / "web" / "metrics.py").read_text(encoding="utf-8")
    assert set(re.findall(r"`(evidence_\w+)`", OPERATORS)) == set(re.findall(r'"(evidence_\w+)"', source))


def test_every_queue_is_named():
    (listed,) = re.findall(r"^The queues are (.*?)\.", OPERATORS, re.MULTILINE)
    assert sorted(re.findall(r"`(\w+)`", listed)) == sorted(QUEUES)


@pytest.mark.parametrize("guide", sorted(GUIDES))
def test_every_command_that_a_guide_names_is_there(guide):
    named = re.findall(
        r"(?:^|`)evidence ((?:token|account|keys|audit) [\w-]+|[a-z]+)", GUIDES[guide], re.MULTILINE
    )
    for command in set(named):
        shown = CliRunner().invoke(app, [*command.split(), "--help"])
        assert shown.exit_code == 0, command


@pytest.mark.parametrize("guide", sorted(GUIDES))
def test_every_page_that_a_guide_points_to_is_there(guide):
    for target in re.findall(r"\]\(([^)#:]+)\)", GUIDES[guide]):
        assert (ROOT / "docs" / target).exists(), target


def test_every_code_of_the_audit_that_a_guide_names_is_noted():
    folders = ("storage", "workers", "web", "cli")
    sources = "".join(p.read_text(encoding="utf-8") for f in folders for p in (ROOT / f).rglob("*.py"))
    (listed,) = re.findall(r"^Codes in the audit.*?: (.*)$", GUIDES["breach.md"], re.MULTILINE)
    named = re.findall(r"`([\w.]+)`", listed)
    assert len(named) > 20
    assert [code for code in named if f'"{code}"' not in sources] == []
