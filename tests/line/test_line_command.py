"""`evidence check` on real files, as a person calls it."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from cli.main import app
from tests.samples.builder.samples import FOLDER

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "json-schema.json").read_text(encoding="utf-8"))
REFLECTION, CLUB = FOLDER / "reflection.txt", FOLDER / "journal-club.txt"


def _run(*words):
    return CliRunner().invoke(app, [str(w) for w in words], catch_exceptions=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder as people have them: good files, a locked one, an empty one, something odd."""
    folder = tmp_path_factory.mktemp("evidence")
    for name in ("asye-portfolio.docx", "training-certificate.pdf", "journal-club.txt"):
        (folder / name).write_bytes((FOLDER / name).read_bytes())
    (folder / "empty.txt").touch()
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    return folder


@pytest.fixture(scope="module")
def checked(folder):
    return _run("check", folder, "--json", "--report", folder / "report.html", "--name", "Ifeoma Nwachukwu")


def test_every_file_has_its_line_and_keeps_to_the_contract(checked):
    lines = [json.loads(line) for line in checked.stdout.splitlines()]
    for line in lines:
        jsonschema.Draft202012Validator(SCHEMA).validate(line)
    assert {Path(line["file"]).name: (line["status"], line["outcome"]) for line in lines} == {
        "asye-portfolio.docx": ("ready", "blocked"),
        "broken.pdf": ("refused", None),
        "empty.txt": ("refused", None),
        "journal-club.txt": ("ready", "nothing_found"),
        "picture.png": ("refused", None),
        "training-certificate.pdf": ("ready", "blocked"),
    }
    assert checked.exit_code == 30


def test_the_report_holds_every_file(checked, folder):
    html = (folder / "report.html").read_text(encoding="utf-8")
    assert html.count('<section class="file"') == 6
    assert "Keep this page as safe" in html
    assert "Report written" in checked.stderr


def test_offsets_cut_the_words_from_what_extract_prints():
    line = json.loads(_run("check", REFLECTION, "--json").stdout)
    text = _run("extract", REFLECTION).stdout_bytes.decode()
    words = {text[f["start"] : f["end"]] for f in line["findings"] if f["start"] is not None}
    assert "01632 960417" in words


@pytest.mark.parametrize(
    ("files", "code"),
    [([CLUB], 0), ([REFLECTION], 20), ([CLUB, REFLECTION], 20), ([CLUB, "nowhere.txt"], 30)],
)
def test_the_exit_code_is_the_highest(files, code):
    assert _run("check", *files).exit_code == code


def test_people_read_what_where_why_and_what_instead():
    printed = _run("check", REFLECTION).stdout
    for words in ("What", "Where", "Why", "Instead", "Parts of the standard", "What was read"):
        assert words in printed
    assert max(map(len, printed.splitlines())) <= 80


def test_nothing_found_is_no_proof():
    assert "Nothing found. That is not proof." in _run("check", CLUB).stdout


def test_redact_writes_a_copy_and_says_so(tmp_path):
    before = REFLECTION.read_bytes()
    told = _run("redact", REFLECTION, "-o", tmp_path / "out.txt")
    text = (tmp_path / "out.txt").read_text(encoding="utf-8")
    assert told.exit_code == 0
    assert "[phone number]" in text
    assert "960417" not in text
    assert "A copy of the text" in " ".join(told.stderr.split())
    assert REFLECTION.read_bytes() == before


def test_the_text_of_a_pdf_says_that_it_is_no_copy(tmp_path):
    told = _run("redact", FOLDER / "training-certificate.pdf", "-o", tmp_path / "out.txt")
    assert told.exit_code == 0
    assert "The text only, not a copy" in " ".join(told.stderr.split())


def test_redact_into_a_folder_writes_over_nothing_and_no_name_stands_in_a_file_name(tmp_path):
    source = tmp_path / "Mrs Shazia Azizkhan.txt"
    source.write_text("I saw Mrs Shazia Azizkhan at home.")
    out = tmp_path / "out"
    out.mkdir()
    for _ in range(2):
        assert _run("redact", source, CLUB, "-o", out).exit_code == 0
    written = sorted(path.name for path in out.iterdir())
    assert len(written) == 4
    assert not [name for name in written if "Shazia" in name]
    assert "Azizkhan" not in (out / written[0]).read_text(encoding="utf-8")


def test_a_pdf_becomes_a_pdf_from_which_the_words_are_gone(tmp_path):
    record = FOLDER / "supervision-record.pdf"
    told = _run("redact", record, CLUB, "-o", tmp_path)
    assert told.exit_code == 0, told.stderr
    copy = tmp_path / "supervision-record.pdf.redacted.pdf"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["journal-club.txt.redacted.txt", copy.name]
    pages = "".join(page.extract_text() for page in PdfReader(copy).pages)
    assert "999 208 2127" not in pages
    assert "Cases discussed" in pages
    assert _run("verify", record, copy).exit_code == 0


def test_verify_finds_what_is_still_there(tmp_path):
    copy = tmp_path / "copy.txt"
    _run("redact", REFLECTION, "-o", copy)
    kept = _run("verify", REFLECTION, copy)
    assert kept.exit_code == 0, kept.stdout
    assert "None of the" in kept.stdout
    copy.write_text(copy.read_text(encoding="utf-8") + "\nRing 01632 960417.", encoding="utf-8")
    leaking = _run("verify", REFLECTION, copy)
    assert leaking.exit_code == 20
    assert "Found again in the text: “960417”" in leaking.stdout
    assert _run("verify", REFLECTION, tmp_path / "nowhere.txt").exit_code == 30


def test_one_person_has_one_label_in_all_documents_of_an_entry(tmp_path):
    note, record = tmp_path / "note.txt", tmp_path / "record.txt"
    note.write_text("A short note. i spoke to shazia again at the door.")
    record.write_text("His uncle, Mr Jan Kowalski, was out. Her mother, Mrs Shazia Azizkhan, let me in.")
    assert _run("redact", "--entry", note, record, "-o", tmp_path).exit_code == 0
    first = re.search(r"spoke to (\[.*?\]) again", (tmp_path / "note.txt.redacted.txt").read_text())
    second = re.search(r"Her mother, (\[.*?\]), let", (tmp_path / "record.txt.redacted.txt").read_text())
    assert first
    assert second
    assert first[1] == second[1]


def test_map_shows_parts_with_the_texts_own_words():
    told = _run("map", CLUB)
    assert told.exit_code == 0
    assert "“" in told.stdout
    assert "4.5 Open and creative learning culture" in told.stdout
