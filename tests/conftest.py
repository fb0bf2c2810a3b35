"""What tests of several parts share: an empty database of each kind."""

import pytest

from tests.servers import Postgres


@pytest.fixture(scope="session")
def postgres():
    server = Postgres()
    yield server
    server.remove()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.all)])
def records_url(request, tmp_path):
    """An empty database of each kind: one contract for both."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'records.sqlite'}"
    return request.getfixturevalue("postgres").new_database()
