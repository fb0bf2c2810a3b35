"""How much memory a long text takes, measured in a process of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from models.results import Context
from models.upload import Upload
from pipeline.kit import load_kit
from pipeline.limits import Limits
from pipeline.line import check, read
from tests.bench.texts import words_of_text

LONG, SHORT = 20_000, 200


def peak_memory() -> dict[str, float]:
    """Measure the peak memory of the whole line on a short and on a long text, in MiB."""
    return {f"{words} words, MiB": _in_a_process(words) for words in (SHORT, LONG)}


def _in_a_process(words: int) -> float:
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench.memory", str(words)], capture_output=True, text=True, check=True
    )
    return float(told.stdout)


def main() -> None:
    """Read and check a text in this process and print the peak of its memory in MiB.

    The kernel's high-water mark of this program alone: the usual `ru_maxrss` starts with
    that of the process which started it.
    """
    upload = Upload("long.txt", words_of_text(int(sys.argv[1])).encode())
    check(read(upload, Limits()), Context(), load_kit())
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    if peak is None:
        raise OSError("this system does not tell the peak of a process's memory")
    print(int(peak[1]) / 1024)


if __name__ == "__main__":
    main()
