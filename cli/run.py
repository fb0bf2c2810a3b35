"""The whole system on one machine: started in order, watched, stopped in order."""

from __future__ import annotations

import contextlib
import fcntl
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

from cli.embedded import PORTAL, Login, begin_examples, portal_token, staff_logins
from cli.processes import Keeper, Program, ProgramError, start, wait_until
from cli.valkey import start_valkey
from storage.settings import Settings, load_settings, to_environment
from storage.store import Store, open_store
from workers.queue import LONG, QUEUES

CHANGED = "(its password was changed, or it was removed)"


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
        with running(with_examples(load_settings())) as system:
            with opened(system.settings) as store:
                begin_examples(store, system.settings)
                logins = staff_logins(store, system.settings)
            _say_where(console, system, logins)
            _watch(system)
    except StopError:
        console.print("Stopped. What was written is kept; start again with the same command.")
    except ProgramError as error:
        console.print(f"[bold]{error}[/bold]")
        sys.exit(1)


def with_examples(settings: Settings) -> Settings:
    """Let the start page offer the made-up practitioners, unless another portal of such is set."""
    return replace(settings, example_portal=settings.example_portal or PORTAL)


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
        with opened(settings) as store:
            token = portal_token(store, settings)
        _start_parts(programs, settings, logs)
        keeper = Keeper(programs)
        at_the_end.callback(keeper.leave_off)
        yield Running(settings, token, tuple(programs), keeper)


@contextmanager
def opened(settings: Settings) -> Iterator[Store]:
    """Open the store for a moment, its records of the newest form."""
    store = open_store(settings)
    try:
        store.records.migrate()
        yield store
    finally:
        store.records.close()


def _stop_all(programs: Sequence[Program]) -> None:
    """Stop programs, the last started first."""
    for program in reversed(programs):
        program.stop()


def _start_parts(programs: list[Program], settings: Settings, logs: Path) -> None:
    """Start the parts, the web app first: it takes uploads while the worker still loads its models."""
    programs.append(_start_part("serve", ["serve"], settings, logs))
    wait_until(programs[-1], lambda: _answers(settings.base_url))
    for name, processes, queues in workers_of(settings.worker_processes):
        own = replace(settings, worker_processes=processes)
        programs.append(_start_part(name, ["worker", *queues], own, logs))
    programs.append(_start_part("beat", ["beat"], settings, logs))


def _start_part(name: str, command: Sequence[str], settings: Settings, logs: Path) -> Program:
    return start(name, [sys.executable, "-m", "cli", *command], to_environment(settings), logs)


def workers_of(processes: int) -> list[tuple[str, int, tuple[str, ...]]]:
    """Divide worker processes: one takes every queue, the others none of those with long jobs.

    So a short text and the clock's work wait behind no row of portfolios; with a single
    process they take turns.
    """
    short = tuple(queue for queue in QUEUES if queue not in LONG)
    others = [("worker-short", processes - 1, short)] if processes > 1 else []
    return [("worker", 1, QUEUES), *others]


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


def _answers(base_url: str) -> bool:
    try:
        return httpx.get(f"{base_url}/healthz", timeout=2).is_success
    except httpx.HTTPError:
        return False


def _say_where(console: Console, system: Running, logins: Sequence[Login]) -> None:
    base = system.settings.base_url
    lines = {
        "Practitioners begin at": f"{base}/",
        "Review desk": f"{base}/sign-in",
        "The portal's API": f"{base}/v1 (described in {base}/v1/openapi.json)",
        "Portal token": system.token,
    }
    lines |= {f"Account {login.name}": login.password or CHANGED for login in logins}
    for name, value in lines.items():
        console.print(f"{name:<24} [bold]{value}[/bold]", soft_wrap=True, highlight=False)
    home = system.settings.home.absolute()
    console.print(f"Everything is kept in {home}. Stop with Ctrl-C.", soft_wrap=True, highlight=False)


def _watch(system: Running) -> None:
    """Wait until a program has ended by itself too often."""
    while system.keeper.given_up is None:
        time.sleep(0.5)
    given_up = system.keeper.given_up
    raise ProgramError(f"{given_up.name} ended by itself again and again; see {given_up.log}")


def _ask_to_stop(_number: int, _frame: FrameType | None) -> None:
    raise StopError
