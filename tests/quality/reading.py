"""Read every file of a folder in the confined child, and tell how that ended: `FOLDER [KIND ...]`."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from models.errors import DocumentError
from models.ledger import LedgerState
from models.upload import Upload
from pipeline.limits import Limits
from workers.sandbox import ReaderLostError, read_in_child


@dataclass(frozen=True)
class Ending:
    """How the reading of one file ended."""

    name: str
    ending: str
    seconds: float
    unread: tuple[str, ...] = ()


def main(folder: str, *suffixes: str) -> None:
    """Print a table of endings, the places that were not read, and the slowest files."""
    paths = sorted(p for p in Path(folder).rglob("*") if p.is_file())
    endings = [read(p) for p in paths if not suffixes or p.suffix.lstrip(".") in suffixes]
    for (suffix, ending), count in sorted(Counter((Path(e.name).suffix, e.ending) for e in endings).items()):
        print(f"| {suffix} | {ending} | {count} |")
    print("\nnot read, in so many files:")
    for place, count in Counter(place for e in endings for place in e.unread).most_common():
        print(f"{count:5} {place}")
    _print_times(endings)


def read(path: Path) -> Ending:
    """Read one file."""
    start = time.perf_counter()
    unread: Iterable[str] = ()
    try:
        ledger = read_in_child(Upload(path.name, path.read_bytes()), Limits()).ledger
    except DocumentError as refused:
        ending = f"refused: {refused.reason.code}"
    except ReaderLostError:
        ending = "LOST"
    else:
        ending = "read" if ledger.is_fully_read else "read, but not all of it"
        doubtful = (LedgerState.NOT_READ, LedgerState.LOW_CONFIDENCE)
        unread = {f"{line.kind}: {line.reason}" for line in ledger.lines if line.state in doubtful}
    return Ending(path.name, ending, time.perf_counter() - start, tuple(sorted(unread)))


def _print_times(endings: list[Ending]) -> None:
    times = [e.seconds for e in endings]
    print(f"\n{len(endings)} files, median {median(times):.3f} s, {sum(times):.0f} s in all; the slowest:")
    for ending in sorted(endings, key=lambda e: -e.seconds)[:5]:
        print(f"{ending.seconds:6.1f} s  {ending.name}  {ending.ending}")


if __name__ == "__main__":
    main(*sys.argv[1:])
