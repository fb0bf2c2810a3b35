"""A worker with the real line, but for one text, of which it breaks off: `python -m tests.canary.parts`."""

from __future__ import annotations

from models.results import Context, Results
from models.upload import Extraction
from pipeline.kit import load_kit
from storage.settings import load_settings
from workers.app import WorkerApp
from workers.line import KitLine

BREAKS = "This text meets a defect of ours."


class DefectiveLine(KitLine):
    """The real line with a defect whose error quotes the text, as errors of libraries do."""

    def check(self, extraction: Extraction, context: Context) -> Results:
        text = extraction.document.text
        if BREAKS in text:
            raise ValueError(f"cannot make sense of {text!r} of {extraction.file_name}, own name {context}")
        return super().check(extraction, context)


if __name__ == "__main__":
    WorkerApp(load_settings(), lambda: DefectiveLine(load_kit())).run_worker()
