"""Worker and beat with the tiny line: `python -m tests.faults.parts worker|beat`."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass

from cli.serving import beat
from models.document import Document
from models.redaction import FileCopy, Redaction
from models.results import Context, Results
from models.scan import ScannedPage
from models.upload import Extraction, Upload
from pipeline.limits import Limits
from storage.settings import load_settings
from tests.tiny import TinyLine
from workers.app import WorkerApp

WORK_SECONDS = 0.05
"""What one stage takes, so that a kill meets work that is under way."""


@dataclass(frozen=True)
class SlowLine:
    """The tiny line, taking its time."""

    line: TinyLine

    def read(self, upload: Upload, limits: Limits) -> Extraction:
        time.sleep(WORK_SECONDS)
        return self.line.read(upload, limits)

    def scan(self, upload: Upload, page: int, limits: Limits) -> ScannedPage | None:
        time.sleep(WORK_SECONDS)
        return self.line.scan(upload, page, limits)

    def copy(
        self, upload: Upload, document: Document, redaction: Redaction, limits: Limits
    ) -> FileCopy | None:
        return self.line.copy(upload, document, redaction, limits)

    def check(self, extraction: Extraction, context: Context) -> Results:
        time.sleep(WORK_SECONDS)
        return self.line.check(extraction, context)


def main() -> None:
    if sys.argv[1] == "beat":
        beat()
    else:
        WorkerApp(load_settings(), lambda: SlowLine(TinyLine())).run_worker()


if __name__ == "__main__":
    main()
