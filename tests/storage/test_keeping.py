"""Rotation of keys, retention with receipts, and what is left over."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from models.entry import EntryStatus, FormKind
from models.upload import Upload
from storage.audit import acts_on
from storage.copies import read_original
from storage.documents import add_document
from storage.entries import NewEntry, create_entry, save_answers
from storage.lifecycle import destroy, list_receipts, reopen, withdraw
from storage.records import utc_now
from storage.refusals import RequestRefusedError
from storage.retention import destroy_expired, remove_strays
from storage.rotation import rotate, wrapped_by
from storage.schema import EntryRow
from storage.sealing import MasterKeys, SealError, new_key
from storage.settings import Settings
from storage.views import view_entry

NEW = NewEntry("SW1", "Rowan Hale", FormKind.SINGLE, "swe-4", "2026-27")


def an_entry(store, status=EntryStatus.DRAFT, days=0):
    entry = create_entry(store, "north", NEW)
    received = add_document(store, "north", entry, Upload("a.txt", b"words"))
    with store.records.write() as session:
        row = session.get(EntryRow, entry)
        row.status = status
        row.updated_at = row.submitted_at = utc_now() - timedelta(days=days)
    return entry, received.document


def test_after_rotation_the_old_key_opens_nothing_and_the_new_one_all(store):
    entry, document = an_entry(store)
    both = MasterKeys({**store.masters.keys, "m2": new_key()}, "m2")
    rotating = replace(store, masters=both)
    assert rotate(rotating) >= 2
    assert set(wrapped_by(store)) == {"m2"}
    only_new = replace(store, masters=MasterKeys({"m2": both.keys["m2"]}, "m2"))
    assert read_original(only_new, "north", entry, document).untrusted_bytes == b"words"
    assert view_entry(only_new, "north", entry).own_name == "Rowan Hale"
    with pytest.raises(SealError):
        view_entry(store, "north", entry)
    assert rotate(only_new) == 0


def test_a_rotation_that_was_stopped_goes_on(store, monkeypatch):
    monkeypatch.setattr("storage.rotation.AT_ONCE", 2)
    entries = [an_entry(store)[0] for _ in range(5)]
    rotating = replace(store, masters=MasterKeys({**store.masters.keys, "m2": new_key()}, "m2"))
    assert rotate(rotating) >= 5
    assert all(view_entry(rotating, "north", e).practitioner == "SW1" for e in entries)


@pytest.mark.parametrize(
    ("status", "days", "settings", "is_destroyed"),
    [
        (EntryStatus.DRAFT, 400, Settings(retain_draft_days=365), True),
        (EntryStatus.DRAFT, 300, Settings(retain_draft_days=365), False),
        (EntryStatus.DRAFT, 4000, Settings(), False),
        (EntryStatus.SUBMITTED, 400, Settings(retain_draft_days=1, retain_submitted_days=365), True),
        (EntryStatus.SUBMITTED, 400, Settings(retain_draft_days=1, retain_withdrawn_days=1), False),
        (EntryStatus.WITHDRAWN, 31, Settings(retain_withdrawn_days=30), True),
    ],
)
def test_an_entry_is_destroyed_when_its_time_is_over(store, status, days, settings, is_destroyed):
    entry, _ = an_entry(store, status, days)
    receipts = destroy_expired(store, settings)
    assert bool(receipts) is is_destroyed
    assert bool(list(store.objects.names(entry))) is not is_destroyed
    if is_destroyed:
        with pytest.raises(RequestRefusedError):
            view_entry(store, "north", entry)
        (receipt,) = list_receipts(store, "north")
        assert (receipt.cause, receipt.documents, receipt.objects) == ("retention", 1, 1)
        assert receipt.backups_until - receipt.deleted_at == timedelta(days=settings.backup_days)


@pytest.mark.parametrize(
    "come_back",
    [
        lambda store, entry: save_answers(store, "north", entry, {"what_you_did": "I came back."}, 2),
        lambda store, entry: destroy(store, "north", entry, "request", 35),
    ],
    ids=["edited", "deleted"],
)
def test_an_entry_whose_writer_came_back_meanwhile_is_left_alone(store, monkeypatch, come_back):
    first, second, third = sorted(an_entry(store, days=400)[0] for _ in range(3))
    destroyed = []

    def destroy_later(store, portal, entry, *more):
        if entry == second:
            come_back(store, entry)
        destroyed.append(entry)
        return destroy(store, portal, entry, *more)

    monkeypatch.setattr("storage.retention.destroy", destroy_later)
    assert {r.entry for r in destroy_expired(store, Settings(retain_draft_days=365))} == {first, third}
    assert sorted(destroyed) == [first, second, third]
    noted = {entry: [act.action for act in acts_on(store, entry)] for entry in (first, second, third)}
    assert noted == {first: ["entry.expired"], second: [], third: ["entry.expired"]}


@pytest.mark.parametrize(
    ("status", "step"),
    [
        (EntryStatus.SUBMITTED, lambda store, entry, seen: withdraw(store, "north", entry, seen, Settings())),
        (EntryStatus.SUBMITTED, lambda store, entry, seen: reopen(store, "north", entry, seen, Settings())),
    ],
    ids=["withdrawn", "reopened"],
)
def test_a_move_of_an_entry_raises_its_revision(store, status, step):
    entry, _ = an_entry(store, status)
    seen = view_entry(store, "north", entry).revision
    step(store, entry, seen)
    assert view_entry(store, "north", entry).revision == seen + 1


def test_a_destroyed_entrys_key_is_in_no_page_of_the_file(store, tmp_path):
    entry, _ = an_entry(store, days=10)
    with store.records.read() as session:
        sealed = session.get(EntryRow, entry).key_sealed
    destroy_expired(store, Settings(retain_draft_days=1))
    with store.records.write() as session:
        session.execute(text("select 1"))
    store.records.close()
    assert sealed not in (tmp_path / "records.sqlite").read_bytes()


def test_what_no_row_names_is_removed_once_the_entry_is_at_rest(store):
    resting, _ = an_entry(store, days=2)
    busy, _ = an_entry(store)
    for entry in (resting, busy, "0" * 32):
        store.objects.put(f"{entry}/d/1/results/stray", b"sealed")
    assert remove_strays(store) == 2
    left = list(store.objects.names(""))
    assert f"{busy}/d/1/results/stray" in left
    assert len(left) == 3
