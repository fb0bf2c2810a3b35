"""The real system with the real line: a worker killed in the middle loses nothing."""

import pytest

from cli.run import running
from cli.valkey import free_port
from models.entry import DocumentStatus
from storage.settings import Settings
from tests.demo import KINDS, SAMPLES, upload_samples
from tests.servers import until
from web.client import PortalClient

pytestmark = pytest.mark.all


def test_a_worker_killed_in_the_middle_loses_nothing(tmp_path):
    settings = Settings(home=tmp_path, port=free_port())
    with running(settings) as system, PortalClient(system.settings.base_url, system.token) as portal:
        entry = upload_samples(portal)
        until(lambda: has_begun(portal, entry.id), 120, "the first document read")
        worker = next(p for p in system.programs if p.name == "worker")
        worker.kill()
        entry = portal.wait(entry.id, 240)
        assert worker.starts == 2
    assert {d.status for d in entry.documents} == {DocumentStatus.READY}
    samples = [p.name for p in SAMPLES.iterdir() if p.suffix in KINDS]
    assert sorted(d.file_name for d in entry.documents) == sorted([*samples, ""])
    assert not any(p.is_running for p in system.programs)


def has_begun(portal, entry):
    return any(d.status is DocumentStatus.READY for d in portal.read_entry(entry).documents)
