"""Check files with the line. Importing it loads the libraries; rules and models load when first needed."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from cli.checked import Checked
from cli.reading import open_upload, read_file
from models.entry import DocumentStatus
from models.errors import DocumentError
from models.results import Context, Results
from pipeline.attach import facts_in, names_in
from pipeline.kit import Kit, load_kit
from pipeline.limits import Limits
from pipeline.line import check
from pipeline.redactors.table import COPY_ENDINGS, FILE_REDACTORS
from workers.copies import redact_in_child
from workers.sandbox import warm_up

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

    def results(self, path: Path, context: Context) -> Results:
        """Read and check a file.

        Raises:
            DocumentError: The file is refused.
        """
        extraction = read_file(path, self._limits)
        return check(extraction, context, self.kit)

    def check(self, path: Path, context: Context) -> Checked:
        """Read and check a file, and account for whatever becomes of it.

        A fault of ours must not stop the run: the other files are still checked, and the
        exit code and the line about this file say that it was not.
        """
        try:
            extraction = read_file(path, self._limits)
            results = check(extraction, context, self.kit)
        except DocumentError as refused:
            return Checked(str(path), DocumentStatus.REFUSED, reason=refused.reason)
        except Exception as error:  # noqa: BLE001  (the one place: see above)
            return Checked(str(path), DocumentStatus.FAILED, fault=_fault(error))
        return Checked(str(path), DocumentStatus.READY, results, kind=extraction.kind)

    def copy(self, checked: Checked) -> bytes | None:
        """Make a redacted copy of a checked file, where files of its kind can be redacted.

        Raises:
            NoCopyError: No copy could be made from which everything is gone.
        """
        if checked.results is None or checked.kind not in FILE_REDACTORS:
            return None
        upload = open_upload(Path(checked.file), self._limits)
        results = checked.results
        return redact_in_child(upload, results.document, results.redaction, self._limits).data

    def ending(self, checked: Checked) -> str:
        """Return how the name of a checked file's redacted copy ends (".docx")."""
        own = Path(checked.file).suffix.lower()
        return own if checked.kind is None else COPY_ENDINGS.get(checked.kind, own)

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
    """Return the entry's context with the labels, names and kinds of fact of one more document."""
    if results is None:
        return context
    names = sorted({*context.names, *names_in(results)})
    facts = sorted({*context.facts, *facts_in(results)})
    return replace(context, labels=results.labels, names=tuple(names), facts=tuple(facts))


def _fault(error: Exception) -> str:
    """Say what went wrong and where, without the message: it may hold text of the document."""
    own = [
        f"{Path(frame.filename).relative_to(_HERE)}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(_HERE) and "site-packages" not in frame.filename
    ]
    return f"{type(error).__name__} at {own[-1]}" if own else type(error).__name__
