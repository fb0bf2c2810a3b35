"""The whole system on one machine: started in order, watched, stopped in order."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType

import httpx
from rich.console import Console

from cli.processes import Keeper, Program, ProgramError, start, wait_until
from cli.valkey import start_valkey
from storage.settings import Settings, load_settings, to_environment
from storage.store import Store, open_store
from storage.tokens import Scope, find_token, issue_token

EMBEDDED_PORTAL = "embedded"


@dataclass(frozen=True, slots=True)
class Running:
    """The system as it runs.

    Attributes:
        settings: With the addresses that were chosen.
        token: A portal token that may do everything a portal may.
        programs: In the order in which they were started.
        keeper: Starts those again that end by themselves.
    """

    settings: Settings
    token: str
    programs: tuple[Program, ...]
    keeper: Keeper


class StopError(Exception):
    """Somebody asked us to stop."""


def run() -> None:
    """Start everything, say where it is, and wait until told to stop."""
    console = Console()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _ask_to_stop)
    try:
        with running(load_settings()) as system:
            _say_where(console, system)
            _watch(system)
    except StopError:
        console.print("Stopped. What was written is kept; start again with the same command.")
    except ProgramError as error:
        console.print(f"[bold]{error}[/bold]")
        sys.exit(1)


@contextmanager
def running(settings: Settings) -> Iterator[Running]:
    """Run Valkey (unless one is configured), the web app, a worker and beat; stop them at the end."""
    logs = settings.home / "logs"
    programs: list[Program] = []
    with _alone(settings.home), contextlib.ExitStack() as at_the_end:
        at_the_end.callback(_stop_all, programs)
        if not settings.redis_url:
            valkey, url = start_valkey(settings.home / "queue", logs)
            programs.append(valkey)
            settings = replace(settings, redis_url=url)
        store = open_store(settings)
        store.records.migrate()
        token = _embedded_token(store, settings.home / "keys" / "portal-token")
        store.records.close()
        _start_parts(programs, settings, logs)
        keeper = Keeper(programs)
        at_the_end.callback(keeper.leave_off)
        yield Running(settings, token, tuple(programs), keeper)


def _stop_all(programs: Sequence[Program]) -> None:
    """Stop programs, the last started first."""
    for program in reversed(programs):
        program.stop()


def _start_parts(programs: list[Program], settings: Settings, logs: Path) -> None:
    """Start the parts, the web app first: it takes uploads while the worker still loads its models."""
    environment = to_environment(settings)
    for name in ("serve", "worker", "beat"):
        programs.append(start(name, [sys.executable, "-m", "cli", name], environment, logs))
        if name == "serve":
            wait_until(programs[-1], lambda: _answers(settings.base_url))


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Hold a folder for this run alone: two systems on one folder would undo each other's work."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (home / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ProgramError(f"the system runs already in {home}") from error
        yield


def _embedded_token(store: Store, path: Path) -> str:
    """Return the embedded portal's token; issue one on first use or where it does not hold any more."""
    if path.exists() and find_token(store, path.read_text()) is not None:
        return path.read_text()
    _, secret = issue_token(store, EMBEDDED_PORTAL, frozenset(Scope))
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:  # noqa: PTH123  (mode)
        file.write(secret)
    return secret


def _answers(base_url: str) -> bool:
    try:
        return httpx.get(f"{base_url}/healthz", timeout=2).is_success
    except httpx.HTTPError:
        return False


def _say_where(console: Console, system: Running) -> None:
    console.print(f"The service answers at [bold]{system.settings.base_url}[/bold] (API: /v1/openapi.json)")
    console.print(f"Portal token: [bold]{system.token}[/bold]", soft_wrap=True)
    console.print(f"Everything is kept in {system.settings.home}. Stop with Ctrl-C.")


def _watch(system: Running) -> None:
    """Wait until a program has ended by itself too often."""
    while system.keeper.given_up is None:
        time.sleep(0.5)
    given_up = system.keeper.given_up
    raise ProgramError(f"{given_up.name} ended by itself again and again; see {given_up.log}")


def _ask_to_stop(_number: int, _frame: FrameType | None) -> None:
    raise StopError
