"""One contract for every object store."""

import os
import threading
from dataclasses import replace

import pytest

from storage.local import LocalObjects
from storage.objects import NoSuchObjectError, ObjectsUnavailableError
from storage.s3 import S3Address, S3Objects
from tests.servers import BUCKET, start_s3, stopped


@pytest.fixture(scope="module")
def s3_address(tmp_path_factory):
    program, address = start_s3(tmp_path_factory.mktemp("s3"))
    with stopped(program):
        yield address


@pytest.fixture(params=["folder", pytest.param("s3", marks=pytest.mark.all)])
def objects(request, tmp_path):
    if request.param == "folder":
        return LocalObjects(tmp_path)
    found = S3Objects(request.getfixturevalue("s3_address"))
    for name in list(found.names("")):
        found.delete(name)
    return found


def test_what_was_put_is_got(objects):
    objects.put("a/1/original", b"\x00\xff" * 10)
    assert objects.get("a/1/original") == b"\x00\xff" * 10


def test_an_empty_object_and_a_large_one(objects):
    large = os.urandom(6 * 1024 * 1024)
    objects.put("empty", b"")
    objects.put("large", large)
    assert objects.get("empty") == b""
    assert objects.get("large") == large


def test_put_replaces(objects):
    objects.put("a", b"one")
    objects.put("a", b"two")
    assert objects.get("a") == b"two"


def test_what_was_never_put_is_not_there(objects):
    with pytest.raises(NoSuchObjectError):
        objects.get("a/none")


def test_delete_removes_and_may_be_repeated(objects):
    objects.put("a", b"one")
    objects.delete("a")
    objects.delete("a")
    with pytest.raises(NoSuchObjectError):
        objects.get("a")


def test_names_are_listed_in_order_by_prefix(objects):
    for name in ("e2/x", "e1/d/2", "e1/d/1", "e11/x"):
        objects.put(name, b".")
    assert list(objects.names("e1/")) == ["e1/d/1", "e1/d/2"]
    assert list(objects.names("e1")) == ["e1/d/1", "e1/d/2", "e11/x"]
    assert list(objects.names("none/")) == []


def test_many_writers_of_one_name_leave_one_whole_object(objects):
    contents = [bytes([n]) * 50_000 for n in range(8)]
    threads = [threading.Thread(target=objects.put, args=("a", content)) for content in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert objects.get("a") in contents
    assert list(objects.names("")) == ["a"]


def test_a_store_that_works_says_so(objects):
    objects.check()


def test_the_folder_takes_no_name_that_leads_out_of_it(tmp_path):
    for name in ("../a", "/etc/a", "a/../b", "a//b", "", ".part-1", "a/.."):
        with pytest.raises(ValueError, match="not the name"):
            LocalObjects(tmp_path).put(name, b".")


def test_a_write_that_fails_leaves_what_was_there(tmp_path, monkeypatch):
    objects = LocalObjects(tmp_path)
    objects.put("a", b"one")

    def full(_handle):
        raise OSError(28, "no space left on device")

    monkeypatch.setattr("storage.local.os.fsync", full)
    with pytest.raises(ObjectsUnavailableError):
        objects.put("a", b"two")
    assert objects.get("a") == b"one"
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_an_s3_server_that_is_away_is_noticed_within_bounds():
    away = S3Objects(S3Address("127.0.0.1:9", BUCKET, "k", "s", secure=False, timeout_seconds=1, retries=1))
    with pytest.raises(ObjectsUnavailableError):
        away.get("a")


@pytest.mark.all
def test_a_wrong_secret_is_refused(s3_address):
    with pytest.raises(ObjectsUnavailableError):
        S3Objects(replace(s3_address, secret_key="wrong")).get("probe")
