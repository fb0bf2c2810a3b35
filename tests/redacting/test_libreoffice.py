"""Redacted files open in LibreOffice, and say there what they should and nothing else."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.reading.planted_docx import PLANTED, PLANTING
from tests.reading.planted_xlsx import PLANTED as WORKBOOK
from tests.reading.planted_xlsx import PLANTING as IN_WORKBOOK
from tests.reading.planting import Planting
from tests.redacting.test_other_kinds import redacted

pytestmark = [
    pytest.mark.all,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]


def _text_of(path: Path, profile: Path) -> str:
    kind = "csv" if path.suffix == ".xlsx" else "txt:Text (encoded):UTF8"
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{profile}",
            *("--headless", "--convert-to", kind, "--outdir", str(path.parent), str(path)),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return path.with_suffix(".csv" if path.suffix == ".xlsx" else ".txt").read_text(errors="replace")


@pytest.mark.parametrize(
    ("name", "content", "planting"),
    [("copy.docx", PLANTED, PLANTING), ("copy.xlsx", WORKBOOK, IN_WORKBOOK)],
)
def test_a_copy_opens_and_holds_no_planted_name(
    name: str, content: bytes, planting: Planting, tmp_path: Path
):
    if name.endswith(".xlsx") and shutil.which("scalc") is None and shutil.which("localc") is None:
        pytest.skip("LibreOffice's spreadsheet is not installed")
    path = tmp_path / name
    path.write_bytes(redacted(name, content, *map(planting.name_in, planting.places)))
    text = _text_of(path, tmp_path / "profile")
    assert "[Person" in text
    assert [p for p in planting.places if planting.name_in(p) in text] == []
