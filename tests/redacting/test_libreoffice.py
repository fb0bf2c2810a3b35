"""Redacted files open in LibreOffice, and say there what they should and nothing else."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.programs import needed
from tests.reading.planted_docx import PLANTED, PLANTING
from tests.reading.planted_xlsx import PLANTED as WORKBOOK
from tests.reading.planted_xlsx import PLANTING as IN_WORKBOOK
from tests.reading.planting import Planting
from tests.redacting.test_other_kinds import planted, redacted

pytestmark = pytest.mark.all

KINDS = {".docx": "fodt", ".xlsx": "fods"}
"""What each kind is turned into: one file of plain XML with all that LibreOffice took from it."""


@dataclass(frozen=True)
class Source:
    """A file with planted names, under the name that its copy is given."""

    name: str
    content: bytes
    planting: Planting


def _sources() -> dict[str, Source]:
    """Build the planted files, by the name of the copy of each."""
    rtf, odt = planted("made-up.rtf"), planted("made-up.odt")
    return {
        "word.docx": Source("a.docx", PLANTED, PLANTING),
        "workbook.xlsx": Source("a.xlsx", WORKBOOK, IN_WORKBOOK),
        "rich.docx": Source("a.rtf", rtf[1], rtf[0]),
        "open.docx": Source("a.odt", odt[1], odt[0]),
    }


SOURCES = _sources()
ORIGINALS = {"original.docx": "word.docx", "original.xlsx": "workbook.xlsx"}


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What LibreOffice makes of the copies and of two originals, in one start for each kind of answer."""
    soffice, folder = needed("soffice"), tmp_path_factory.mktemp("libreoffice")
    for name, source in SOURCES.items():
        names = map(source.planting.name_in, source.planting.places)
        (folder / name).write_bytes(redacted(source.name, source.content, *names))
    for name, copy in ORIGINALS.items():
        (folder / name).write_bytes(SOURCES[copy].content)
    for suffix, kind in KINDS.items():
        _convert(soffice, folder, kind, sorted(folder.glob(f"*{suffix}")))
    _convert(soffice, folder, "pdf", [folder / name for name in SOURCES])
    return folder


def _convert(soffice: str, folder: Path, kind: str, files: Iterable[Path]) -> None:
    subprocess.run(
        [
            soffice,
            f"-env:UserInstallation=file://{folder}/profile",
            *("--headless", "--convert-to", kind, "--outdir", str(folder), *map(str, files)),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )


def _names(planting: Planting, text: str) -> list[str]:
    return [place for place in planting.places if planting.name_in(place) in text]


def _all_of(folder: Path, name: str) -> str:
    path = folder / name
    return path.with_suffix(f".{KINDS[path.suffix]}").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SOURCES)
def test_a_copy_opens_and_holds_no_planted_name(name: str, seen: Path):
    text = _all_of(seen, name)
    assert "[Person" in text
    assert _names(SOURCES[name].planting, text) == []


@pytest.mark.parametrize(("name", "least"), [("original.docx", 25), ("original.xlsx", 15)])
def test_the_same_look_finds_planted_names_in_an_original(name: str, least: int, seen: Path):
    assert len(_names(SOURCES[ORIGINALS[name]].planting, _all_of(seen, name))) >= least


@pytest.mark.parametrize("name", SOURCES)
def test_a_copy_can_be_printed(name: str, seen: Path):
    command = [needed("pdftotext"), str((seen / name).with_suffix(".pdf")), "-"]
    text = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    assert "[Person" in text
    assert _names(SOURCES[name].planting, text) == []
