"""`evidence redact`: copies of files, or their texts, with neutral labels in place of personal data."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.checked import Checked
from cli.exits import Exit, gravest
from cli.files import would_overwrite
from cli.lazy import load_engine
from cli.options import IsEntry, OwnName
from cli.terminal import not_checked_view, stderr
from models.document import SegmentKind
from models.results import Context, Results
from pipeline.redactors.labelled import labelled
from pipeline.redactors.notes import COPY_NOTES
from pipeline.verify import by_segment
from pipeline.visible import on_one_line
from workers.copies import NoCopyError

if TYPE_CHECKING:
    from cli.engine import Engine

TEXT = ".txt"
NO_COPY_SAID = (
    "No copy could be made from which everything is gone, so none was written."
    " A person must redact it. For its redacted text, give -o a name that ends in .txt."
)
TEXT_SAID = (
    "The text only, not a copy of the file. What stands beside the text (headers, comments,"
    " properties) is not in it."
)


def redact(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="The files to redact.")],
    out: Annotated[
        Path, typer.Option("-o", "--out", help="Where to write: a file, or a folder for several files.")
    ],
    own_name: OwnName = None,
    *,
    is_entry: IsEntry = False,
) -> None:
    """Write copies of files with neutral labels in place of personal data.

    In a folder, every file becomes a file: PDF, Word, Excel, message and text stay what
    they are, rich text and OpenDocument become Word files, pictures PNG. A single file is
    written as text, unless OUT ends as its copy does.
    The files themselves are never changed. Exit code: 20 when part of a file could
    not be read or redacted; 30 when a file could not be read at all.
    """
    is_folder = out.is_dir() or len(files) > 1
    if not is_folder and would_overwrite(out, files):
        raise typer.BadParameter("the redacted copy would overwrite the file itself")
    if is_folder and not out.is_dir():
        raise typer.BadParameter("for several files, give a folder that is there")
    if not out.parent.is_dir():
        raise typer.BadParameter("the folder to write into is not there")
    engine, context = load_engine(), Context(own_name=own_name)
    done = engine.check_entry(files, context) if is_entry else engine.check_each(files, context)
    codes = [_write(engine, item, out) for item in done]
    if any(code is not Exit.NOT_CHECKED for code in codes):
        stderr().print(
            "Read what was written before you use it: only a person can say that nobody is known by it."
        )
    raise typer.Exit(gravest(codes))


def _write(engine: Engine, checked: Checked, out: Path) -> Exit:
    """Write the redacted copy or text of one file, and say which it is."""
    console, results = stderr(), checked.results
    if results is None:
        console.print(not_checked_view(checked))
        return Exit.NOT_CHECKED
    ending = engine.ending(checked)
    is_copy_wanted = out.is_dir() or out.suffix.lower() == ending
    try:
        copy = engine.copy(checked) if is_copy_wanted else None
    except NoCopyError:
        console.print(f"{on_one_line(checked.file)}: {NO_COPY_SAID}")
        return Exit.STOPPED
    path = _free(out, redacted_name(results), TEXT if copy is None else ending) if out.is_dir() else out
    path.write_bytes(results.redaction.text.encode() if copy is None else copy)
    said = TEXT_SAID if copy is None or checked.kind is None else COPY_NOTES[checked.kind]
    console.print(f"{on_one_line(str(path))}: {said}")
    if results.ledger.is_fully_read:
        return Exit.NOTHING_FOUND
    console.print("Part of the file could not be read, so nobody knows what it holds.")
    return Exit.STOPPED


def _free(folder: Path, name: str, ending: str) -> Path:
    """Return a path in a folder at which nothing is yet: no file is ever written over."""
    stem = f"{name}.redacted"
    names = (f"{stem}{ending}" if number == 1 else f"{stem}.{number}{ending}" for number in count(1))
    return next(path for path in map(folder.joinpath, names) if not path.exists())


def redacted_name(results: Results) -> str:
    """Return the file's name with what identifies someone replaced: names stand in file names too."""
    segment = next(s for s in results.document.segments if s.kind is SegmentKind.FILE_NAME)
    replacements = by_segment(results.redaction).get(segment.id, ())
    return labelled(segment, replacements).replace("/", "_")
