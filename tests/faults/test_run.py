"""`evidence run` as somebody types it: what it prints holds, Ctrl-C stops it, the next start goes on."""

import os
import re
import signal
import subprocess
import sys

import httpx
import pytest

from cli.valkey import free_port
from storage.sessions import StaffRole
from tests.faults.test_processes import is_alive
from tests.servers import until

pytestmark = pytest.mark.all


class Session:
    """One run of the command, from its start to Ctrl-C."""

    def __init__(self, home, port):
        environment = {**os.environ, "EVIDENCE_HOME": str(home), "EVIDENCE_PORT": str(port)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cli", "run"], env=environment, stdout=subprocess.PIPE, text=True
        )
        self.printed = ""
        while "Ctrl-C" not in self.printed:
            line = self.process.stdout.readline()
            if not line:
                raise AssertionError(f"it ended: {self.printed}")
            self.printed += line
        told = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True, check=True
        )
        self.parts = [int(pid) for pid in told.stdout.split() if is_alive(int(pid))]
        self.address = re.search(r"(http://\S+?)/\s", self.printed)[1]
        self.token = re.search(r"Portal token +(\S+)", self.printed)[1]
        self.accounts = dict(re.findall(r"Account (\w+) +(\S+)", self.printed))

    def entries(self):
        headers = {"Authorization": f"Bearer {self.token}"}
        found = [
            httpx.get(f"{self.address}/v1/entries", params={"practitioner": who}, headers=headers).json()
            for who in ("EXAMPLE-1", "EXAMPLE-2")
        ]
        return sorted(entry["id"] for entries in found for entry in entries)

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.printed += self.process.communicate(timeout=120)[0]
        return self.process.returncode


@pytest.fixture
def begin(tmp_path):
    """Begin a session on one folder and port; whatever the test comes to, it is ended."""
    port, sessions = free_port(), []

    def session():
        sessions.append(Session(tmp_path, port))
        return sessions[-1]

    yield session
    for begun in sessions:
        begun.process.terminate()
        begun.process.wait(120)


def test_it_prints_what_holds_stops_whole_and_goes_on(begin):
    first = begin()
    desk = re.search(r"Review desk +(\S+)", first.printed)[1]
    assert httpx.get(desk, timeout=30).status_code == 200
    assert httpx.get(first.address, timeout=30).status_code == 200
    assert set(first.accounts) == set(StaffRole)
    sign_in = {"name": "reviewer", "password": first.accounts["reviewer"]}
    assert httpx.post(f"{first.address}/v1/session/staff", json=sign_in, timeout=30).status_code == 200
    entries = first.entries()
    assert len(entries) >= 3
    assert len(first.parts) >= 5
    assert first.stop() == 0
    assert "Stopped" in first.printed
    until(lambda: not any(is_alive(pid) for pid in first.parts), 10, "every part ended")

    second = begin()
    assert (second.token, second.accounts, second.entries()) == (first.token, first.accounts, entries)
    assert second.stop() == 0
