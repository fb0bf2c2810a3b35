"""Servers that tests start and stop: S3 from a wheel, PostgreSQL from Debian's package."""

from __future__ import annotations

import os
import pwd
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cli.processes import Program, start, wait_until
from cli.valkey import free_port
from storage.objects import ObjectsUnavailableError
from storage.s3 import S3Address, S3Objects

BUCKET = "docs"
KEYS = {"AWS_ACCESS_KEY_ID": "made-up-key", "AWS_SECRET_ACCESS_KEY": "made-up-secret"}


def start_s3(folder: Path, port: int | None = None) -> tuple[Program, S3Address]:
    """Start SeaweedFS on the loopback address. Every port is named: each opens one 10,000 above too."""
    own, *others = free_low_ports(5)
    port = port or own
    ports = dict(zip(("master", "volume", "filer", "admin"), others, strict=True))
    folder.mkdir(parents=True, exist_ok=True)
    weed = Path(sys.executable).with_name("weed")
    command = [
        str(weed), "mini", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-bucket={BUCKET}",
        f"-s3.port={port}", "-s3.port.iceberg=0", "-s3.port.lance=0", "-webdav=false", "-admin.ui=false",
        "-master.telemetry=false", *(f"-{name}.port={number}" for name, number in ports.items()),
    ]  # fmt: skip
    program = start("s3", command, {**os.environ, **KEYS, "WEED_S3_SSE_KEY": "made-up"}, folder / "logs")
    address = S3Address(
        f"127.0.0.1:{port}", BUCKET, *KEYS.values(), secure=False, timeout_seconds=2, retries=1
    )
    wait_until(program, lambda: _holds(S3Objects(address)))
    return program, address


def _holds(objects: S3Objects) -> bool:
    try:
        objects.put("probe", b"probe")
    except ObjectsUnavailableError:
        return False
    return True


def free_low_ports(count: int) -> list[int]:
    """Return different ports that are free, and free 10,000 above as well.

    They lie below the range from which the system draws ports for outgoing connections
    (32,768 and up), so that none is taken between choosing it and using it.
    """
    found: list[int] = []
    while len(found) < count:
        port = random.randint(11_000, 21_000)
        if port not in found and _is_free(port) and _is_free(port + 10_000):
            found.append(port)
    return found


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


POSTGRES = Path("/usr/lib/postgresql")


def postgres_binaries() -> Path:
    """Find PostgreSQL's programs; install Debian's package where they are missing."""
    if not POSTGRES.exists():
        subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", "postgresql"], check=True)
    return max(POSTGRES.iterdir()) / "bin"


class Postgres:
    """A PostgreSQL server of its own, run as the user `postgres`, whom it insists on when we are root."""

    def __init__(self) -> None:
        folder = Path(tempfile.mkdtemp(prefix="evidence-postgres-"))  # pytest's own are closed to others
        self._folder = folder
        self._binaries = postgres_binaries()
        self._data = folder / "data"
        self._user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        self._databases = 0
        self.port = free_port()
        if os.geteuid() == 0:
            shutil.chown(folder, self._user)
        self._do("initdb", "-D", str(self._data), "-A", "trust", "-U", "evidence", "--no-sync")
        self.start()

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://evidence@127.0.0.1:{self.port}/postgres"

    def new_database(self) -> str:
        """Make an empty database and return its address."""
        self._databases += 1
        name = f"evidence_{self._databases}"
        self._do("createdb", *self._at(), name)
        return self.url.rpartition("/")[0] + "/" + name

    def write_out(self) -> Path:
        """Write everything that waits in memory to files, and return their folder."""
        self.say("checkpoint", "postgres")
        return self._data

    def dump(self, url: str) -> bytes:
        """Return everything that a database holds, row by row, as its own tool writes it."""
        command = [str(self._binaries / "pg_dump"), "--inserts", *self._at(), url.rpartition("/")[2]]
        return subprocess.run(command, check=True, capture_output=True, cwd="/").stdout

    def say(self, sql: str, database: str) -> None:
        """Let the server do something."""
        self._do("psql", *self._at(), "-c", sql, database)

    def start(self) -> None:
        options = f"-c listen_addresses=127.0.0.1 -p {self.port} -c unix_socket_directories={self._data}"
        self._do("pg_ctl", "-D", str(self._data), "-o", options, "-l", str(self._data / "log"), "-w", "start")

    def stop(self, mode: str = "fast") -> None:
        self._do("pg_ctl", "-D", str(self._data), "-m", mode, "-w", "stop")

    def cut_connections(self) -> None:
        """End every connection to every database of ours, as a failing network does."""
        cut = "select pg_terminate_backend(pid) from pg_stat_activity where datname like 'evidence%'"
        self.say(cut, "postgres")

    def remove(self) -> None:
        """Stop the server and remove everything of it."""
        self.stop("immediate")
        shutil.rmtree(self._folder)

    def _at(self) -> tuple[str, ...]:
        return ("-h", "127.0.0.1", "-p", str(self.port), "-U", "evidence")

    def _do(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self._binaries / program), *arguments],
            check=True,
            user=self._user if os.geteuid() == 0 else None,
            stdout=subprocess.DEVNULL,
            cwd="/",
        )


@contextmanager
def stopped(*programs: Program) -> Iterator[None]:
    """Stop programs at the end."""
    try:
        yield
    finally:
        for program in programs:
            program.kill()


def until(is_so: Callable[[], bool], seconds: float, what: str) -> float:
    """Wait until something is so, and return how many seconds it took."""
    began = time.monotonic()
    while not is_so():
        if time.monotonic() - began > seconds:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.2)
    return time.monotonic() - began
