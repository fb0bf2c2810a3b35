"""Programs that a command starts, watches and stops."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PATIENCE_SECONDS = 20.0
"""How long a program may take to stop when it is asked to."""


class ProgramError(Exception):
    """A program ended by itself, or did not get ready. The message names its log."""


@dataclass(frozen=True, slots=True)
class Program:
    """A running program and where it writes."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def is_running(self) -> bool:
        """Tell whether it has not ended."""
        return self.process.poll() is None

    def stop(self) -> None:
        """Ask it to end; end it by force where it does not."""
        if self.is_running:
            self.process.terminate()
            try:
                self.process.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
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
    with log.open("ab") as out:
        process = subprocess.Popen(
            command,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    return Program(name, process, log)


def wait_until(program: Program, is_ready: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait until a program is ready.

    Raises:
        ProgramError: If it ended, or was not ready in time.
    """
    until = time.monotonic() + seconds
    while not is_ready():
        if not program.is_running or time.monotonic() > until:
            raise ProgramError(f"{program.name} did not start; see {program.log}")
        time.sleep(0.05)
