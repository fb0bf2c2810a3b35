"""The sampling command: what it writes, prints, and will not write over."""

import csv
import json
import stat

import pytest
from typer.testing import CliRunner

from cli.main import app
from models.entry import FormKind
from pipeline.limits import Limits
from rules.forms import load_forms
from storage.audit import verify
from storage.claims import Terms
from storage.entries import NewEntry, create_entry, save_answers
from storage.settings import Settings
from storage.store import open_store
from storage.submission import submit
from storage.views import view_entry
from tests.tiny import HeldQueue, TinyLine
from workers.scan import NoScanner
from workers.stages import Bench


@pytest.fixture
def command(tmp_path, monkeypatch):
    """The command on a folder in which three people have submitted something."""
    home = tmp_path / "home"
    monkeypatch.setenv("EVIDENCE_HOME", str(home))
    store, queue = open_store(Settings(home=home)), HeldQueue()
    store.records.migrate()
    bench = Bench(store, TinyLine(), NoScanner(), Limits(), Terms(15, 3))
    questions = {q.id: f"I learnt to listen to {q.id}." for q in load_forms()[FormKind.SINGLE].questions}
    for person in ("R-1", "R-2", "R-3"):
        entry = create_entry(store, "north", NewEntry(person, None, FormKind.SINGLE, "swe-4", "2026-27"))
        _, job = save_answers(store, "north", entry, questions, 1)
        queue.send([job])
        queue.work_off(bench)
        submit(store, "north", entry, view_entry(store, "north", entry).revision)
    yield lambda *arguments: CliRunner().invoke(app, ["sample", *map(str, arguments)])
    assert verify(store, tmp_path / "none").holds
    store.records.close()


def test_a_sample_is_written_once_and_who_is_who_apart_from_it(command, tmp_path):
    out, key = tmp_path / "out", tmp_path / "key.csv"
    done = command("--rate", 40, "--seed", 7, "--out", out, "--key", key)
    assert done.exit_code == 0, done.output
    assert "2 of 3 people who submitted for 2026-27: 2 entries written" in done.output
    rows = list(csv.DictReader(key.open()))
    assert [row["number"] for row in rows] == ["1", "2"]
    assert {row["practitioner"] for row in rows} < {"R-1", "R-2", "R-3"}
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(out.stat().st_mode) == 0o700
    assert not any("R-" in p.read_text() for p in out.rglob("*.*") if p.is_file())
    assert json.loads((out / "report.json").read_text())["population"] == 3
    again = command("--rate", 40, "--seed", 7, "--out", out)
    assert again.exit_code == 2
    assert "nothing is written over" in again.output
    other = command("--rate", 40, "--seed", 7, "--out", tmp_path / "other", "--key", tmp_path / "other.csv")
    assert other.exit_code == 0
    assert (tmp_path / "other.csv").read_text() == key.read_text()


def test_documents_are_drawn_for_the_desk_and_estimated(command):
    drawn = command("--nothing-found", "--rate", 100, "--seed", 1)
    assert drawn.exit_code == 0
    (sample, *_) = drawn.stdout.split()
    told = command("--estimate", sample)
    assert "0 of 3 read" in told.output
    assert command("--estimate", "none").exit_code == 2


def test_where_to_write_must_be_said(command):
    assert command("--rate", 2.5).exit_code == 2
