"""Programs that a command starts, watches and stops."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE_SECONDS = 20.0
"""How long a program may take to stop when it is asked to."""

START_SECONDS = 120.0
"""How long a program may take to get ready, on a machine that is busy with other things too."""

MOST_STARTS = 10
"""How often a program is started before its ending counts as its defect."""

LONG_SECONDS = 600.0
"""A program that ran for so long is no defect when it ends: its starts are counted anew."""


class ProgramError(Exception):
    """A program ended by itself, or did not get ready. The message names its log."""


@dataclass(slots=True)
class Program:
    """A running program, how it was started and where it writes.

    Attributes:
        starts: How often it was started since it last ran for long.
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    log: Path
    process: subprocess.Popen[bytes]
    starts: int = 1
    since: float = field(default_factory=time.monotonic)

    @property
    def is_running(self) -> bool:
        """Tell whether it has not ended."""
        return self.process.poll() is None

    def start_again(self) -> None:
        """Start it again after it ended."""
        self.kill()
        self.process = _start(self.command, self.environment, self.log)
        self.starts = 1 if time.monotonic() - self.since > LONG_SECONDS else self.starts + 1
        self.since = time.monotonic()

    def stop(self) -> None:
        """Ask it to end; end it by force where it does not."""
        if self.is_running:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(PATIENCE_SECONDS)
        self.kill()

    def kill(self) -> None:
        """End it and everything that it started, at once."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def start(name: str, command: Sequence[str], environment: Mapping[str, str], logs: Path) -> Program:
    """Start a program in a group of its own: Ctrl-C reaches us, and we stop it in order."""
    logs.mkdir(parents=True, exist_ok=True, mode=0o700)
    log = logs / f"{name}.log"
    return Program(name, tuple(command), environment, log, _start(command, environment, log))


def _start(command: Sequence[str], environment: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as out:
        return subprocess.Popen(
            [*_ends_with_us(), *command],
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )


def _ends_with_us() -> list[str]:
    """Return what makes a program end when we are killed ourselves, where the system has it."""
    setpriv = shutil.which("setpriv")
    return [] if setpriv is None else [setpriv, "--pdeathsig", "TERM", "--"]


class Keeper:
    """Starts programs again that end by themselves, until it is told to leave off."""

    def __init__(self, programs: Sequence[Program]) -> None:
        self._programs = programs
        self._is_over = threading.Event()
        self.given_up: Program | None = None
        self._thread = threading.Thread(target=self._keep, daemon=True)
        self._thread.start()

    def leave_off(self) -> None:
        """Start nothing again any more."""
        self._is_over.set()
        self._thread.join()

    def _keep(self) -> None:
        while not self._is_over.wait(0.5):
            for program in self._programs:
                if program.is_running:
                    continue
                if program.starts >= MOST_STARTS:
                    self.given_up = program
                    return
                program.start_again()


def wait_until(program: Program, is_ready: Callable[[], bool], seconds: float = START_SECONDS) -> None:
    """Wait until a program is ready.

    Raises:
        ProgramError: If it ended, or was not ready in time.
    """
    until = time.monotonic() + seconds
    while not is_ready():
        if not program.is_running or time.monotonic() > until:
            raise ProgramError(f"{program.name} did not start; see {program.log}")
        time.sleep(0.05)
