"""Which files a call is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path


def gather(paths: Sequence[Path], leave_out: Path | None = None) -> list[Path]:
    """List the files of a call, each once: those named, and all in the folders named.

    Args:
        paths: Files and folders as they were given. Hidden files in a folder are passed
            over; a path that does not exist is kept, so that it is reported.
        leave_out: A file that this call writes; passed over in folders.
    """
    written = leave_out.resolve() if leave_out else None
    once: dict[Path, Path] = {}
    for path in paths:
        for file in _walk(path, written):
            once.setdefault(file.resolve(), file)
    return list(once.values())


def _walk(path: Path, leave_out: Path | None) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    inside = [p for p in sorted(path.rglob("*")) if p.is_file() and p.resolve() != leave_out]
    shown = [p for p in inside if not any(n.startswith(".") for n in p.relative_to(path).parts)]
    yield from shown or [path]


def would_overwrite(out: Path, inputs: Sequence[Path]) -> bool:
    """Tell whether writing a file would destroy one that was given to be read."""
    return out.resolve() in {p.resolve() for p in inputs}
