"""One system and one browser for all tests of pages."""

import pytest

from models.entry import FormKind, Step
from models.upload import Upload
from storage.decisions import NewDecision, decide
from storage.documents import add_document
from storage.sessions import StaffRole, begin_session
from storage.views import list_findings
from tests.browser.desk_states import KIM
from tests.browser.rig import PATIENCE, find_chromium, seat, started_browser, started_system


@pytest.fixture(scope="session")
def chromium():
    path = find_chromium()
    if path is None:
        pytest.skip("no browser: Debian's chromium is not there and tests/browser/install-chromium.sh failed")
    with started_browser(path) as browser:
        yield browser


@pytest.fixture(scope="session")
def system(chromium, tmp_path_factory):
    assert chromium.is_connected()  # without a browser there is no need of a system
    with started_system(tmp_path_factory.mktemp("system")) as running:
        yield running


@pytest.fixture
def sit(system, chromium):
    """Sit the example practitioner down before a browser; closed at the end."""
    contexts = []

    def seated(**how):
        contexts.append(seat(system, chromium, **how))
        return contexts[-1].new_page()

    yield seated
    for context in contexts:
        context.close()


@pytest.fixture
def staff(system, chromium):
    contexts = []

    def seated(who=KIM, role=StaffRole.REVIEWER, **how):
        size = {"width": how.pop("width", 1200), "height": 900}
        context = chromium.new_context(viewport=size, **how)
        context.set_default_timeout(PATIENCE)
        secret = begin_session(system.store, who, role)
        context.add_cookies([{"name": "evidence", "value": secret, "url": system.base}])
        contexts.append(context)
        return context.new_page()

    yield seated
    for context in contexts:
        context.close()


@pytest.fixture
def put(system):
    """Put a document on the desk, asked about by its writer; return its address and ids."""

    def on_desk(name, data):
        entry = system.new_entry(FormKind.UNSTRUCTURED)
        document = add_document(system.store, "embedded", entry, Upload(name, data)).document
        system.wait_checked(entry, 240)
        found = list_findings(system.store, "embedded", entry, document)
        blocking = [f.id for f in found if f.verdict == "block"]
        asked = NewDecision(document, 1, blocking[0] if blocking else None, Step.ASK_REVIEW, "not_sure")
        decide(system.store, "embedded", entry, asked)
        return f"{system.base}/desk/entries/{entry}/documents/{document}", entry, document

    return on_desk
