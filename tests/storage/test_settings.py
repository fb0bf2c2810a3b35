import re
from dataclasses import fields
from pathlib import Path

import pytest

from storage.settings import Settings, SettingsError, load_settings, to_environment, variable_of

FOLDERS = ("models", "rules", "pipeline", "storage", "workers", "web", "cli")
SOURCES = [p for folder in FOLDERS for p in Path(folder).rglob("*.py")]


def test_nothing_set_gives_what_works_on_one_machine():
    assert load_settings({}) == Settings()


def test_values_are_read_as_what_they_are():
    settings = load_settings(
        {
            "EVIDENCE_HOME": "/srv/e",
            "EVIDENCE_PORT": "9000",
            "EVIDENCE_S3_SECURE": "no",
            "EVIDENCE_LEASE_SECONDS": "2.5",
            "REDIS_URL": "redis://broker:6379/0",
            "PATH": "/bin",
        }
    )
    assert (settings.home, settings.port, settings.s3_secure) == (Path("/srv/e"), 9000, False)
    assert (settings.lease_seconds, settings.redis_url) == (2.5, "redis://broker:6379/0")


@pytest.mark.parametrize(
    ("variable", "value"),
    [("EVIDENCE_PORT", "many"), ("EVIDENCE_S3_SECURE", "perhaps"), ("EVIDENCE_PROT", "8000")],
)
def test_what_cannot_be_read_is_named_without_its_value(variable, value):
    with pytest.raises(SettingsError, match=variable) as refused:
        load_settings({variable: value})
    assert value not in str(refused.value)


def test_settings_go_to_a_process_and_come_back():
    settings = Settings(home=Path("/srv/e"), port=1, s3_secure=False, redis_url="redis://x")
    around = {"PATH": "/bin", "EVIDENCE_PORT": "2", "DATABASE_URL": "sqlite://"}
    environment = to_environment(settings, around)
    assert load_settings(environment) == settings
    assert environment["PATH"] == "/bin"


def test_every_setting_is_documented():
    told = re.findall(r"^        (\w+):", str(Settings.__doc__), re.MULTILINE)
    assert told == [f.name for f in fields(Settings)]
    assert len({variable_of(name) for name in told}) == len(told)


def test_the_environment_is_read_in_one_place_only():
    reads = re.compile(r"os\.(environ|getenv)")
    found = [str(p) for p in SOURCES if reads.search(p.read_text())]
    assert found == ["storage/settings.py"]


def test_a_secret_can_lie_in_a_file(tmp_path):
    path = tmp_path / "secret"
    path.write_text("made-up\n")
    environment = {"EVIDENCE_S3_SECRET_KEY_FILE": str(path), "PATH": "/bin"}
    settings = load_settings(environment)
    assert settings.s3_secret_key == "made-up"
    assert load_settings(to_environment(settings, environment)) == settings


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"EVIDENCE_MASTER_KEYS_FILE": "/nowhere/at/all"}, "EVIDENCE_MASTER_KEYS_FILE"),
        ({"REDIS_URL_FILE": "/dev/null", "REDIS_URL": "redis://made-up"}, "REDIS_URL"),
        ({"EVIDENCE_HOST_FILE": "/dev/null"}, "EVIDENCE_HOST_FILE"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(given, named):
    with pytest.raises(SettingsError, match=named) as refused:
        load_settings(given)
    assert "made-up" not in str(refused.value)
