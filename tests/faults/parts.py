"""Worker and beat with the tiny line: `python -m tests.faults.parts worker|deaf|damaged|beat`."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from celery import signals

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


DEAF_AFTER = 3
"""Messages after which a worker goes deaf."""


def go_deaf_once(mark: Path) -> None:
    """Let this worker stop taking messages after a few, though it runs on; the next one does not."""
    if mark.exists():
        return
    heard = []

    def note(sender: Any, **_: Any) -> None:
        heard.append(sender)
        if len(heard) == DEAF_AFTER:
            mark.touch()
            sender.task_consumer.cancel()

    signals.task_received.connect(note, weak=False)


def load_damaged(mark: Path) -> SlowLine:
    """Load the line from damaged data. The mark holds how often it will fail yet: that many dots."""
    if mark.exists() and (rest := mark.read_text()):
        mark.write_text(rest[1:])
        raise ValueError("damaged: words of the data file")
    return SlowLine(TinyLine())


def main() -> None:
    if sys.argv[1] == "beat":
        beat()
        return
    settings = load_settings()
    if sys.argv[1] == "deaf":
        go_deaf_once(settings.home / "deaf")
    WorkerApp(settings, lambda: load_damaged(settings.home / "damaged")).run_worker()


if __name__ == "__main__":
    main()
