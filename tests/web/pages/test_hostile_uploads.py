"""Bad files by every way in - the API, the page, the command: one code, one sentence, and nobody is hurt."""

import html
import re

import pytest
from typer.testing import CliRunner

from cli.main import app
from models.entry import DocumentStatus
from pipeline.limits import MIB, Limits
from storage.claims import Terms
from storage.settings import Settings
from tests.reading.hostile_files import HOSTILE
from tests.tiny import TinyLine
from tests.web.test_api import refused
from tests.web.test_journey import open_entry
from workers.sandbox import read_in_child
from workers.scan import NoScanner
from workers.stages import Bench


class ReadingLine(TinyLine):
    """Reads as the service does, in a confined child; the rest is tiny."""

    def read(self, upload, limits):
        return read_in_child(upload, limits)


@pytest.fixture
def records_url(tmp_path):
    """What is looked at here lies before the database."""
    return f"sqlite:///{tmp_path / 'records.sqlite'}"


@pytest.fixture
def settings(tmp_path, records_url):
    """The limits as they come."""
    return Settings(home=tmp_path, database_url=records_url)


@pytest.fixture
def bench(service):
    return Bench(service.store, ReadingLine(), NoScanner(), Limits(), Terms(15, 3))


def plain(page):
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


@pytest.mark.all
@pytest.mark.parametrize("kind", HOSTILE)
def test_every_way_in_says_the_same(kind, portal, service, bench, visit, mine, tmp_path):
    name, build, code = HOSTILE[kind]
    entry = open_entry(portal)
    document = portal.upload(entry.id, name, build())
    service.queue.work_off(bench)
    told = portal.read_document(entry.id, document.id)
    assert told.status is DocumentStatus.REFUSED
    assert told.reason.code is code
    reader = visit(mine(entry.id))
    page = plain(reader.open(f"/entries/{entry.id}/documents/{document.id}"))
    assert told.reason.message in page
    assert told.reason.remedy in page
    (tmp_path / name).write_bytes(build())
    said = CliRunner().invoke(app, ["ledger", str(tmp_path / name)])
    assert said.exit_code == 30
    assert told.reason.message in " ".join(said.stderr.split())
    assert told.reason.remedy in " ".join(said.stderr.split())


def test_more_than_25_mb_is_refused_at_every_door(call, portal, visit, mine, tmp_path):
    large = b"x" * (25 * MIB + 1)
    entry = open_entry(portal)
    path = f"/v1/entries/{entry.id}/documents"
    refused(call, "POST", path, 413, "too_large", files={"file": ("a.txt", large)})
    reader = visit(mine(entry.id))
    files = f"/entries/{entry.id}/files"
    answer = reader.send(files, files=[("file", ("a.txt", large, "text/plain"))])
    assert "a.txt" in plain(answer.text if answer.status_code != 303 else reader.open(files))
    assert portal.read_entry(entry.id).documents == ()
    (tmp_path / "a.txt").write_bytes(large)
    said = CliRunner().invoke(app, ["ledger", str(tmp_path / "a.txt")])
    assert said.exit_code == 30
    assert "larger than we can take" in " ".join(said.stderr.split())
