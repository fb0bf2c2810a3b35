"""Check files: what the commands share. Importing it loads the line; its models load when first needed."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from cli.checked import Checked
from models.entry import DocumentStatus
from models.errors import DocumentError, ReasonCode
from models.results import Context, Results
from models.upload import Extraction, Upload
from pipeline.kit import Kit, load_kit
from pipeline.limits import Limits
from pipeline.line import check
from storage.outcomes import names_in
from workers.sandbox import read_in_child, warm_up

_HERE = Path(__file__).parents[1]


class Engine:
    """The line, ready for any number of files of one call."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        warm_up()

    @cached_property
    def kit(self) -> Kit:
        """Rules and models, loaded when the first file was read."""
        return load_kit()

    def read(self, path: Path) -> Extraction:
        """Read a file in a child process.

        Raises:
            DocumentError: The file is refused.
        """
        return read_in_child(open_upload(path, self._limits), self._limits)

    def results(self, path: Path, context: Context) -> Results:
        """Read and check a file.

        Raises:
            DocumentError: The file is refused.
        """
        return check(self.read(path), context, self.kit)

    def check(self, path: Path, context: Context) -> Checked:
        """Read and check a file, and account for whatever becomes of it."""
        return _guarded(path, lambda: self.results(path, context))

    def check_each(self, paths: Iterable[Path], context: Context) -> Iterator[Checked]:
        """Check files one by one, each on its own."""
        for path in paths:
            yield self.check(path, context)

    def check_entry(self, paths: list[Path], context: Context) -> Iterator[Checked]:
        """Check files as the documents of one entry: names and labels are shared.

        A name that is plain in the last document may be missed in the first, so every
        file is checked twice: once to learn the names, once to look for them.
        """
        for checked in self.check_each(paths, context):
            context = learned(context, checked.results)
        yield from self.check_each(paths, context)


def learned(context: Context, results: Results | None) -> Context:
    """Return the entry's context with the labels and names of one more document."""
    if results is None:
        return context
    names = sorted({*context.names, *names_in(results)})
    return replace(context, labels=results.labels, names=tuple(names))


def open_upload(path: Path, limits: Limits) -> Upload:
    """Take a file in as the portal would, and no more of it than is needed to refuse it.

    Raises:
        DocumentError: There is no such file, or it cannot be opened.
    """
    if not path.is_file():
        raise DocumentError(ReasonCode.NOT_FOUND, "There is no such file.", "Check the path.")
    try:
        with path.open("rb") as file:
            return Upload(path.name, file.read(limits.upload_bytes + 1))
    except OSError as error:
        raise DocumentError(
            ReasonCode.NOT_FOUND, "The file could not be opened.", "Check that you may read it."
        ) from error


def _guarded(path: Path, work: Callable[[], Results]) -> Checked:
    """Do the work on one file, so that whatever happens the other files are still checked."""
    try:
        results = work()
    except DocumentError as refused:
        return Checked(str(path), DocumentStatus.REFUSED, reason=refused.reason)
    except Exception as error:  # noqa: BLE001  (the one place: a fault of ours must not stop the run)
        return Checked(str(path), DocumentStatus.FAILED, fault=_fault(error))
    return Checked(str(path), DocumentStatus.READY, results)


def _fault(error: Exception) -> str:
    """Say what went wrong and where, without the message: it may hold text of the document."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).is_relative_to(_HERE)]
    own = [f for f in frames if ".venv" not in Path(f.filename).parts]
    if not own:
        return type(error).__name__
    return f"{type(error).__name__} at {Path(own[-1].filename).relative_to(_HERE)}:{own[-1].lineno}"
