"""One system and one browser for all tests of pages."""

import pytest

from tests.browser.rig import find_chromium, seat, started_browser, started_system


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
