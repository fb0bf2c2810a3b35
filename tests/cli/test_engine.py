"""Whatever becomes of one file, the others are still checked, and no fault tells of its text."""

import os

import pytest

from cli.engine import Engine, learned
from cli.reading import open_upload
from models.entry import DocumentStatus
from models.errors import DocumentError, ReasonCode
from models.results import Context
from pipeline.limits import Limits
from tests.cli.made_up import results


class _BrokenKit(Engine):
    """An engine whose rules cannot be loaded, as after a bad edit of a table."""

    @property
    def kit(self):
        raise ValueError("secret words of the document")


def test_a_fault_of_ours_stops_one_file_only_and_tells_no_text(tmp_path):
    (tmp_path / "a.txt").write_text("Some words.")
    (tmp_path / "b.txt").write_text("Other words.")
    done = list(
        _BrokenKit().check_each([tmp_path / "a.txt", tmp_path / "nowhere", tmp_path / "b.txt"], Context())
    )
    assert [d.status for d in done] == [DocumentStatus.FAILED, DocumentStatus.REFUSED, DocumentStatus.FAILED]
    assert done[0].fault.startswith("ValueError")
    assert "secret" not in repr(done)


@pytest.mark.parametrize("name", ["nowhere.txt", "."])
def test_what_is_no_file_is_refused(tmp_path, name):
    with pytest.raises(DocumentError) as refused:
        open_upload(tmp_path / name, Limits())
    assert refused.value.reason.code is ReasonCode.NOT_FOUND


def test_a_file_that_nothing_writes_to_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DocumentError):
        open_upload(tmp_path / "pipe", Limits())


def test_no_more_is_taken_in_than_is_needed_to_refuse(tmp_path):
    (tmp_path / "big.txt").write_bytes(b"a" * 1000)
    assert len(open_upload(tmp_path / "big.txt", Limits(upload_bytes=10)).untrusted_bytes) == 11


def test_an_entry_learns_names_and_labels_from_each_document():
    context = learned(Context(names=("Zoe",)), results())
    assert context.names == ("Ann", "Ann <b>Ó Sé</b>", "Zoe")
    assert learned(context, None) == context
