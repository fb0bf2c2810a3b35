"""The commands as a person calls them."""

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from cli.main import app, main
from tests.samples.builder.samples import FOLDER

HEAVY = {"spacy", "presidio_analyzer", "presidio_anonymizer", "onnxruntime", "numpy", "docx", "lxml", "pypdf"}
HEAVY |= {"pypdfium2", "jinja2", "celery", "redis", "fastapi", "sqlalchemy", "minio", "cryptography"}
COMMANDS = ("check", "redact", "verify", "extract", "ledger", "map", "standards", "rules")


def _run(*words):
    return CliRunner().invoke(app, [str(w) for w in words])


def test_help_loads_no_heavy_library():
    told = subprocess.run(
        [sys.executable, "-c", "import sys, cli.main; print(*sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert HEAVY.isdisjoint(told.stdout.split())


def test_help_names_every_command():
    told = _run("--help")
    assert told.exit_code == 0
    assert all(f"│ {name} " in told.stdout for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name):
    assert _run(name, "--help").exit_code == 0


@pytest.mark.parametrize(
    "words",
    [
        ["check"],
        ["check", "x.txt", "--standard", "swe-5"],
        ["check", FOLDER / "reflection.txt", "--report", FOLDER / "reflection.txt"],
        ["check", FOLDER / "reflection.txt", "--report", FOLDER / "nowhere" / "report.html"],
        ["redact", FOLDER / "reflection.txt"],
        ["redact", FOLDER / "reflection.txt", "-o", FOLDER / "reflection.txt"],
        ["redact", FOLDER / "reflection.txt", FOLDER / "learning-log.md", "-o", FOLDER / "nowhere"],
        ["redact", FOLDER / "reflection.txt", "-o", FOLDER / "nowhere" / "copy.txt"],
        ["nonsense"],
    ],
    ids=lambda words: " ".join(str(w).rpartition("/")[2] for w in words),
)
def test_a_wrong_call_ends_with_2_and_changes_nothing(words):
    before = (FOLDER / "reflection.txt").read_bytes()
    assert _run(*words).exit_code == 2
    assert (FOLDER / "reflection.txt").read_bytes() == before


@pytest.mark.parametrize("name", ["reflection.txt", "feedback-email.txt", "learning-log.md"])
def test_extract_prints_a_text_file_unchanged(name):
    data = (FOLDER / name).read_bytes()
    encoding = "cp1252" if name == "feedback-email.txt" else "utf-8"
    told = _run("extract", FOLDER / name)
    assert told.exit_code == 0
    assert told.stdout_bytes == data.decode(encoding).encode()


@pytest.mark.parametrize("command", ["extract", "ledger", "map"])
def test_a_file_that_cannot_be_read_ends_with_30_and_what_to_do(command, tmp_path):
    (tmp_path / "empty.txt").touch()
    told = _run(command, tmp_path / "empty.txt")
    assert told.exit_code == 30
    assert "What to do:" in told.stderr
    assert told.stdout == ""


def test_ledger_lists_the_places_of_a_file():
    told = _run("ledger", FOLDER / "asye-portfolio.docx")
    assert told.exit_code == 0
    assert "comments" in told.stdout


def test_standards_are_in_the_regulators_words():
    told = " ".join(_run("standards").stdout.split())
    assert "4.8 Reflect on my own values and challenge the impact they have on my practice." in told


def test_rules_tell_what_is_looked_for_and_what_is_done():
    told = _run("rules").stdout
    for words in ("NHS number", "Must be changed", "Left alone", "Rules "):
        assert words in told


def test_settings_that_cannot_be_used_are_told_in_a_sentence(monkeypatch):
    monkeypatch.setenv("EVIDENCE_NONSENSE", "1")
    with pytest.raises(SystemExit) as told:
        _main_with("serve")
    assert "unknown settings: EVIDENCE_NONSENSE" in str(told.value.code)


def _main_with(*words):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "argv", ["evidence", *words])
        main()
