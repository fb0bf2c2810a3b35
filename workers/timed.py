"""A line that tells how long its own work took, apart from what surrounds it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from models.document import Document
from models.redaction import FileCopy, Redaction
from models.results import Context, Results
from models.scan import ScannedPage
from models.upload import Extraction, Upload
from pipeline.limits import Limits
from workers.stages import Line

T = TypeVar("T")


class TimedLine:
    """A line with a stopwatch. The difference to a job's time is what queue and storage cost."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._seconds = 0.0

    def take(self) -> float:
        """Return the seconds since they were last taken."""
        seconds, self._seconds = self._seconds, 0.0
        return seconds

    def read(self, upload: Upload, limits: Limits) -> Extraction:
        """Read an upload."""
        return self._time(lambda: self._line.read(upload, limits))

    def scan(self, upload: Upload, page: int, limits: Limits) -> ScannedPage | None:
        """Read the pictures of one page."""
        return self._time(lambda: self._line.scan(upload, page, limits))

    def copy(
        self, upload: Upload, document: Document, redaction: Redaction, limits: Limits
    ) -> FileCopy | None:
        """Make a redacted copy."""
        return self._time(lambda: self._line.copy(upload, document, redaction, limits))

    def check(self, extraction: Extraction, context: Context) -> Results:
        """Check what was read."""
        return self._time(lambda: self._line.check(extraction, context))

    def _time(self, work: Callable[[], T]) -> T:
        began = time.perf_counter()
        try:
            return work()
        finally:
            self._seconds += time.perf_counter() - began
