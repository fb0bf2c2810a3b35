"""The line as workers call it: reading in a child process, checking with the kit of this process."""

from __future__ import annotations

from dataclasses import dataclass

from models.document import Document
from models.redaction import FileCopy, Redaction
from models.results import Context, Results
from models.scan import ScannedPage
from models.upload import Extraction, Upload
from pipeline.kit import Kit, load_kit
from pipeline.limits import Limits
from pipeline.line import check
from workers.copies import NoCopyError, redact_in_child
from workers.sandbox import read_page_in_child, read_words_in_child, warm_up
from workers.stages import Line


class ConfinedFiles:
    """What opens uploads: in child processes that can reach neither the network nor this one's memory."""

    def read(self, upload: Upload, limits: Limits) -> Extraction:
        """Read an upload, but for the pictures of its pages."""
        return read_words_in_child(upload, limits)

    def scan(self, upload: Upload, page: int, limits: Limits) -> ScannedPage | None:
        """Read the pictures of one page; None where that cannot be done."""
        return read_page_in_child(upload, page, limits)

    def copy(
        self, upload: Upload, document: Document, redaction: Redaction, limits: Limits
    ) -> FileCopy | None:
        """Make a redacted copy; None where none can be made from which everything is gone."""
        try:
            return redact_in_child(upload, document, redaction, limits)
        except NoCopyError:
            return None


@dataclass(frozen=True, slots=True)
class KitLine(ConfinedFiles):
    """The line of `pipeline/line.py`."""

    kit: Kit

    def check(self, extraction: Extraction, context: Context) -> Results:
        """Check what was read."""
        return check(extraction, context, self.kit)


def load_line() -> Line:
    """Load the rules and models, and start the reader. It takes seconds: do it once in each process."""
    warm_up()
    return KitLine(load_kit())
