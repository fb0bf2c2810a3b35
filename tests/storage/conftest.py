import pytest

from storage.local import LocalObjects
from storage.records import Records
from storage.sealing import MasterKeys, new_key
from storage.store import Store


@pytest.fixture
def store(tmp_path):
    records = Records(f"sqlite:///{tmp_path / 'records.sqlite'}")
    records.migrate()
    yield Store(records, LocalObjects(tmp_path / "objects"), MasterKeys({"m1": new_key()}, "m1"))
    records.close()
