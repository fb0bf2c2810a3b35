"""`evidence redact`: the text of files with neutral labels in place of personal data."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Annotated

import typer

from cli.checked import Checked
from cli.exits import Exit, gravest
from cli.files import would_overwrite
from cli.lazy import load_engine
from cli.options import IsEntry, OwnName
from cli.terminal import not_checked_view, stderr
from cli.visible import on_one_line
from models.document import SegmentKind
from models.results import Context, Results

ENDING = ".redacted.txt"


def redact(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="The files to redact.")],
    out: Annotated[
        Path, typer.Option("-o", "--out", help="Where to write: a file, or a folder for several files.")
    ],
    own_name: OwnName = None,
    *,
    is_entry: IsEntry = False,
) -> None:
    """Write the text of files with neutral labels in place of personal data.

    The files themselves are never changed. Exit code: 20 when part of a file could
    not be read; 30 when a file could not be read at all.
    """
    is_folder = out.is_dir() or len(files) > 1
    if not is_folder and would_overwrite(out, files):
        raise typer.BadParameter("the redacted text would overwrite the file itself")
    if is_folder and not out.is_dir():
        raise typer.BadParameter("for several files, give a folder that is there")
    engine, context = load_engine(), Context(own_name=own_name)
    done = engine.check_entry(files, context) if is_entry else engine.check_each(files, context)
    codes = [_written(item, out) for item in done]
    stderr().print(
        "This is the text only: the files themselves were not redacted, and what stands beside the text"
        " (comments, headers, properties) is not in it. Read it before you use it."
    )
    raise typer.Exit(gravest(codes))


def _written(checked: Checked, out: Path) -> Exit:
    """Write the redacted text of one file, and say so."""
    results = checked.results
    if results is None:
        stderr().print(not_checked_view(checked))
        return Exit.NOT_CHECKED
    path = _free(out, redacted_name(results)) if out.is_dir() else out
    path.write_text(results.redaction.text, encoding="utf-8", newline="")
    hidden = sum(results.document.by_id[r.segment].start is not None for r in results.redaction.replacements)
    stderr().print(f"{on_one_line(checked.file)}: {hidden} places hidden in {on_one_line(str(path))}")
    if results.ledger.is_fully_read:
        return Exit.NOTHING_FOUND
    stderr().print("Part of the file could not be read and is not in the redacted text.")
    return Exit.STOPPED


def _free(folder: Path, name: str) -> Path:
    """Return a path in a folder at which nothing is yet: no file is ever written over."""
    names = (f"{name}{ENDING}" if number == 1 else f"{name}.{number}{ENDING}" for number in count(1))
    return next(path for path in map(folder.joinpath, names) if not path.exists())


def redacted_name(results: Results) -> str:
    """Return the file's name with what identifies someone replaced: names stand in file names too."""
    segment = next(s for s in results.document.segments if s.kind is SegmentKind.FILE_NAME)
    pieces, at = [], 0
    for replacement in sorted(results.redaction.replacements, key=lambda r: r.span):
        if replacement.segment == segment.id:
            pieces += [segment.text[at : replacement.span.start], replacement.label]
            at = replacement.span.end
    return "".join([*pieces, segment.text[at:]]).replace("/", "_")
