import pytest
from fastapi.testclient import TestClient

from pipeline.limits import Limits
from storage.claims import Terms
from storage.settings import Settings
from storage.store import open_store
from storage.tokens import Scope, issue_token
from tests.tiny import HeldQueue, TinyLine
from web.app import build_app
from web.client import PortalClient
from web.service import Service
from workers.scan import NoScanner
from workers.stages import Bench


@pytest.fixture
def settings(tmp_path, records_url):
    return Settings(home=tmp_path, database_url=records_url, upload_bytes=100_000, body_bytes=200_000)


@pytest.fixture
def service(settings):
    store = open_store(settings)
    store.records.migrate()
    yield Service(settings, store, HeldQueue())
    store.records.close()


@pytest.fixture
def bench(service):
    return Bench(service.store, TinyLine(), NoScanner(), Limits(), Terms(15, 3))


@pytest.fixture
def call(service):
    """The HTTP API with the token of one portal that may do everything."""
    _, secret = issue_token(service.store, "north", frozenset(Scope))
    client = TestClient(build_app(service), headers={"Authorization": f"Bearer {secret}"})
    with client:
        yield client


@pytest.fixture
def portal(call):
    client = PortalClient("http://testserver", call.headers["Authorization"].split()[1])
    client.http = call
    return client
