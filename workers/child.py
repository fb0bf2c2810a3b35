"""A child process that does one thing with a stranger's file, and can hurt nobody."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from workers.wire import receive, send


def ask_child(
    module: str, header: dict[str, Any], untrusted: bytes, seconds: float, most: int
) -> tuple[dict[str, Any], bytes]:
    """Start a module as a child of its own, give it one file, and end it when it has answered.

    Args:
        module: What is run; it confines itself before it looks at the file.
        header: What the child is told beside the file.
        untrusted: The file.
        seconds: Longest wait for the answer.
        most: Bytes that the answer may have.

    Raises:
        WireClosedError: If it died, was too slow, or answered with too much.
    """
    with subprocess.Popen(
        [sys.executable, "-I", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LC_ALL": "C.UTF-8"},
        start_new_session=True,
    ) as child:
        assert child.stdin is not None  # noqa: S101  (told to mypy; it was asked for above)
        assert child.stdout is not None  # noqa: S101
        try:
            send(child.stdin.fileno(), header, untrusted)
            return receive(child.stdout.fileno(), seconds, most)
        finally:
            child.kill()
