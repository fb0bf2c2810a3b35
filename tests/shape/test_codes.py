"""Every code that the program gives is explained in `docs/codes.md`."""

import re
from pathlib import Path

from models.errors import ReasonCode
from storage.refusals import RefusalCode

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "codes.md").read_text(encoding="utf-8")


def _listed(heading):
    section = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return {code for row in rows for code in re.findall(r"`([a-z_]+)`", row)}


def _given(folder, pattern):
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / folder).rglob("*.py")]
    return {code for source in sources for code in re.findall(pattern, source)}


def test_every_reason_to_refuse_a_file_is_explained():
    assert _listed("Why a file is refused") == set(ReasonCode)


def test_every_need_of_an_entry_is_explained():
    assert _listed("What an entry still needs") == _given("pipeline", r"NeedKind\.\w+,\s*\"([a-z_]+)\"")


def test_every_refused_request_is_explained():
    written = _given("web", r"HTTPStatus\.[A-Z_]+,\s*\"([a-z_]+)\"")
    assert written
    assert set(RefusalCode) | written <= _listed("Why a request is refused")
