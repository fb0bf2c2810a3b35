"""The compose file and the code agree."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from storage.settings import Settings, load_settings, variable_of

SERVICES = yaml.safe_load((Path(__file__).parents[2] / "docker-compose.yml").read_text(encoding="utf-8"))[
    "services"
]
OURS = {"web": "serve", "worker": "worker", "beat": "beat"}


@pytest.mark.parametrize(("name", "command"), OURS.items())
def test_our_parts_run_commands_and_settings_that_there_are(name, command):
    assert SERVICES[name]["command"] == [command]
    given = SERVICES[name]["environment"]
    settings = load_settings({variable: str(value) for variable, value in given.items()})
    read = {variable_of(field.name): getattr(settings, field.name) for field in fields(Settings)}
    assert {variable: str(read[variable]).lower() for variable in given} == {
        variable: str(value).lower() for variable, value in given.items()
    }


def test_only_the_web_port_is_published():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["web"]


def test_every_image_is_pinned():
    images = [service["image"] for service in SERVICES.values() if "image" in service]
    assert len(images) == 3
    assert all(re.search(r":\d+\.\d+", image) for image in images)


def test_there_is_one_beat_and_the_queue_keeps_what_it_holds():
    assert "deploy" not in SERVICES["beat"]
    command = SERVICES["queue"]["command"]
    assert command[command.index("--appendonly") + 1] == "yes"
    assert command[command.index("--maxmemory-policy") + 1] == "noeviction"
