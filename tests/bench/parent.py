"""Whether the memory of the processes that have strangers' files read stays flat.

usage: python -m tests.bench.parent [FILES] [FOLDER]
Reads the files of a folder (the project's samples by themselves) in confined children, round and round.
"""

from __future__ import annotations

import contextlib
import re
import sys
from itertools import cycle, islice
from pathlib import Path

from models.errors import DocumentError
from models.upload import Upload
from pipeline.limits import Limits
from workers.sandbox import Sandbox

FILES = 1000
STEP = 100
SAMPLES = Path("tests/samples")


def main(files: str = str(FILES), folder: str = str(SAMPLES)) -> None:
    """Print what both processes hold: the one that asks, and the warm one whose children read."""
    paths = sorted(path for path in Path(folder).rglob("*") if path.is_file())
    sandbox = Sandbox()
    print("| files read | the process that asks, MiB | the reader process, MiB |\n|---|---|---|")
    for number, path in enumerate(islice(cycle(paths), int(files)), start=1):
        _read(sandbox, path)
        if number % STEP == 0 or number == 1:
            reader = resident(str(sandbox.warm().pid))
            print(f"| {number:,} | {resident('self'):.1f} | {reader:.1f} |", flush=True)
    sandbox.close()


def _read(sandbox: Sandbox, path: Path) -> None:
    with contextlib.suppress(DocumentError):  # a refused file is an answer too
        sandbox.read(Upload(path.name, path.read_bytes()), Limits())


def resident(process: str) -> float:
    """Tell how much memory a process holds, in MiB."""
    told = re.search(r"VmRSS:\s+(\d+) kB", Path("/proc", process, "status").read_text())
    if told is None:
        raise OSError("this system does not tell the memory of a process")
    return int(told[1]) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
