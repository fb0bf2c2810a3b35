"""The line as workers call it: reading in a child process, checking with the kit of this process."""

from __future__ import annotations

from dataclasses import dataclass

from models.results import Context, Results
from models.upload import Extraction, Upload
from pipeline.kit import Kit, load_kit
from pipeline.limits import Limits
from pipeline.line import check
from workers.sandbox import read_in_child, warm_up
from workers.stages import Line


@dataclass(frozen=True, slots=True)
class KitLine:
    """The line of `pipeline/line.py`."""

    kit: Kit

    def read(self, upload: Upload, limits: Limits) -> Extraction:
        """Read an upload in a child process that cannot reach the network or this one's memory."""
        return read_in_child(upload, limits)

    def check(self, extraction: Extraction, context: Context) -> Results:
        """Check what was read."""
        return check(extraction, context, self.kit)


def load_line() -> Line:
    """Load the rules and models, and start the reader. It takes seconds: do it once in each process."""
    warm_up()
    return KitLine(load_kit())
