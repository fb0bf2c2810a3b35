"""The commands that learn from decisions, check standards and write profiles, as a person calls them."""

import json

import pytest
from typer.testing import CliRunner

from cli.main import app
from models.entry import FormKind
from models.standards import Band
from pipeline.map import FOLDER
from pipeline.map_calibration import read_calibrations
from rules.standards import FOLDER as STANDARDS
from storage.entries import NewEntry, create_entry
from storage.records import utc_now
from storage.schema_parts import PartDecisionRow
from storage.settings import load_settings
from storage.store import open_store

SHIPPED = read_calibrations(FOLDER)["swe-4"]
UNSURE, NOTHING = [0.0, 0.0, 2.0], [-1.9, 0.0, -1.0]


def run(*words):
    return CliRunner().invoke(app, [str(w) for w in words])


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("EVIDENCE_HOME", str(tmp_path / "home"))
    store = open_store(load_settings())
    store.records.migrate()
    yield store
    store.records.close()


def decide(store, features, *, accepted, times):
    """Record so many decisions on every part."""
    new = NewEntry("SW1", None, FormKind.SINGLE, "swe-4", "2026-27")
    for _ in range(times):
        entry = create_entry(store, "north", new)
        with store.records.write() as session:
            session.add_all(
                PartDecisionRow(
                    entry_id=entry,
                    part=part,
                    standard="swe-4",
                    features=features,
                    probability=0.5,
                    shown=Band.POSSIBLE,
                    accepted=accepted,
                    rules_version="r",
                    model_version="m",
                    at=utc_now(),
                )
                for part in SHIPPED.intercepts
            )


@pytest.mark.usefixtures("store")
def test_without_decisions_there_is_nothing_to_learn(tmp_path):
    told = run("calibrate", "--out", tmp_path / "out")
    assert told.exit_code == 0
    assert "nothing to learn from" in told.stdout
    assert not (tmp_path / "out").exists()


def test_a_refit_is_shown_and_written(store, tmp_path):
    decide(store, UNSURE, accepted=False, times=8)
    told = run("calibrate", "--out", tmp_path / "out")
    assert told.exit_code == 0, told.output
    assert "64 decisions" in told.stdout
    assert "strong precision" in told.stdout
    made = read_calibrations(tmp_path / "out")["swe-4"]
    assert all(made.intercepts[part] < SHIPPED.intercepts[part] for part in made.intercepts)
    assert "64 decisions" in made.measured


def test_a_refit_that_would_be_wrong_too_often_is_refused(store, tmp_path):
    decide(store, NOTHING, accepted=True, times=60)
    told = run("calibrate", "--out", tmp_path / "out")
    assert told.exit_code == 1
    assert "Refused." in told.output
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("store")
def test_a_standard_without_labelled_texts_cannot_be_refitted():
    assert run("calibrate", "--standard", "nmc-code").exit_code == 2


def test_the_files_of_standards_are_checked(tmp_path):
    assert "nothing is wrong" in run("standards", "check").stdout
    broken = json.loads((STANDARDS / "nmc-code.json").read_text(encoding="utf-8"))
    broken["guides"].pop()
    path = tmp_path / "nmc-code.json"
    path.write_text(json.dumps(broken), encoding="utf-8")
    told = run("standards", "check", path, tmp_path / "none.json")
    assert told.exit_code == 1
    assert "nmc-code.json: each part needs one guide" in " ".join(told.stdout.split())
    assert "none.json" in told.stdout


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("ending", ["docx", "pdf", "json"])
def test_a_profile_is_written(tmp_path, ending):
    out = tmp_path / f"profile.{ending}"
    told = run("profile", "north", "SW1", out, "--span", "2026-12-01", "2027-11-30")
    assert told.exit_code == 0, told.output
    assert "0 activities" in told.stdout
    assert out.stat().st_size > 100


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    "words",
    [
        ("profile.txt", "--span", "2026-12-01", "2027-11-30"),
        ("profile.pdf", "--span", "December", "2027-11-30"),
        ("profile.pdf", "--span", "2026-12-01", "2027-11-30", "--standard", "nmc-code"),
        ("profile.pdf", "--span", "2026-12-01", "2027-11-30", "--statement", "summary"),
        ("profile.pdf", "--span", "2026-12-01", "2027-11-30", "--evidence", "none"),
    ],
)
def test_a_profile_asked_for_wrongly_is_refused(tmp_path, words):
    assert run("profile", "north", "SW1", tmp_path / words[0], *words[1:]).exit_code == 2
    assert not (tmp_path / words[0]).exists()
