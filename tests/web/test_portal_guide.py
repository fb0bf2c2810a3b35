"""The guide for portals: its commands and programs run as they stand, in order, against a running service."""

import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import uvicorn

from cli.valkey import free_port
from storage.settings import Settings
from storage.tokens import Scope, issue_token
from web.app import build_app

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "portal.md").read_text(encoding="utf-8")

pytestmark = pytest.mark.all


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def records_url(tmp_path):
    return f"sqlite:///{tmp_path / 'records.sqlite'}"


@pytest.fixture
def settings(tmp_path, records_url):
    return Settings(home=tmp_path, database_url=records_url, webhook_hosts="portal.example", port=free_port())


@pytest.fixture
def around(service, bench, settings):
    """The environment of a portal beside a running service with a worker."""
    server = uvicorn.Server(uvicorn.Config(build_app(service), port=settings.port, log_level="error"))
    stop = threading.Event()

    def work():
        while not stop.wait(0.05):
            service.queue.work_off(bench)

    threads = [threading.Thread(target=server.run), threading.Thread(target=work)]
    for thread in threads:
        thread.start()
    while not server.started:
        time.sleep(0.05)
    _, token = issue_token(service.store, "north", frozenset(Scope))
    yield {**os.environ, "BASE": f"http://127.0.0.1:{settings.port}", "TOKEN": token, "PYTHONPATH": str(ROOT)}
    stop.set()
    server.should_exit = True
    for thread in threads:
        thread.join()


def run(command, script, folder, around):
    done = subprocess.run(
        command,
        input=script,
        cwd=folder,
        env=around,
        text=True,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def test_the_commands_run_as_they_stand(around, tmp_path):
    said = run(["bash", "-euo", "pipefail"], "\n".join(blocks("sh")), tmp_path, around)
    told = said.splitlines()
    for line in (
        "event: document.ready",
        "blocked",
        "made_up",
        "True",
        "submitted",
        "withdrawn",
    ):
        assert line in told, said
    assert told[-1] == "unauthorised"
    assert "request" in told


def test_the_programs_run_as_they_stand(around, tmp_path):
    said = run([sys.executable, "-"], "\n\n".join(blocks("python")), tmp_path, around)
    assert "409 gate_closed" in said
    assert "blocked" in said
