"""What each process loads when it starts: the web app and the clock carry no model's library."""

import subprocess
import sys

import pytest

MODELS = {"spacy", "presidio_analyzer", "presidio_anonymizer", "onnxruntime", "cv2", "rapidocr", "pypdfium2"}


@pytest.mark.parametrize("module", ["web.app", "cli.serving"])
def test_it_loads_no_models_library(module):
    told = subprocess.run(
        [sys.executable, "-c", f"import sys, {module}; print(*sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert MODELS.isdisjoint(told.stdout.split())


def test_the_first_redaction_loads_what_it_needs():
    told = subprocess.run(
        [sys.executable, "-c", "import sys, pipeline.redact as r; r._load_replacer(); print(*sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "presidio_anonymizer" in told.stdout.split()
