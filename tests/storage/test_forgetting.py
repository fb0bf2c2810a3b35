"""What is kept beside entries goes with the last of what it was for, or when its term is over."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select, update

from models.entry import EntryStatus, FormKind, Step
from models.findings import EntityType
from models.upload import Upload
from storage.audit import Act, anchor, cut, note, verify
from storage.documents import add_document
from storage.entries import NewEntry, create_entry
from storage.examples import EXAMPLE_PORTAL, add_examples
from storage.forgetting import forget_what_is_over
from storage.lifecycle import destroy, list_receipts
from storage.links import LinkError, make_link, open_link
from storage.local import LocalObjects
from storage.records import Records, RecordsUnavailableError, utc_now
from storage.samples import sample_documents
from storage.schema import DecisionRow, DocumentRow, EntryRow, EventRow, PractitionerRow
from storage.schema_review import ListWordRow, ReviewRow, SampleRow
from storage.schema_service import (
    AuditHeadRow,
    AuditRow,
    DeliveryRow,
    LinkRow,
    ReceiptRow,
    SessionRow,
    StaffRow,
    WebhookRow,
)
from storage.sealing import MasterKeys, new_key
from storage.sessions import StaffRole, begin_session, end_session, find_session, forget_old_sessions
from storage.settings import Settings
from storage.staff import staff_id
from storage.store import Store
from storage.webhooks import add_webhook, remove_webhook

HOST = "portal.example"
OLD = timedelta(days=100)


class Clock:
    def __init__(self):
        self.now = utc_now()

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(tmp_path, clock, records_url):
    records = Records(records_url, clock=clock)
    records.migrate()
    yield Store(records, LocalObjects(tmp_path / "objects"), MasterKeys({"m1": new_key()}, "m1"))
    records.close()


def an_entry(store, practitioner="SW1"):
    new = NewEntry(practitioner, "Rowan Hale", FormKind.SINGLE, "swe-4", "2026-27")
    entry = create_entry(store, "north", new)
    add_document(store, "north", entry, Upload("a.txt", b"words"))
    return entry


def count(store, table):
    with store.records.read() as session:
        return session.scalars(select(func.count()).select_from(table)).one()


def gone(store, entry):
    return destroy(store, "north", entry, "request", 35)


def test_a_practitioner_goes_with_their_last_entry_and_the_receipt_says_so(store):
    first, second, other = an_entry(store), an_entry(store), an_entry(store, "SW2")
    assert count(store, PractitionerRow) == 2
    assert not gone(store, first).is_last
    assert count(store, PractitionerRow) == 2
    assert gone(store, second).is_last
    with store.records.read() as session:
        (left,) = session.scalars(select(PractitionerRow.id))
        assert left == session.get(EntryRow, other).practitioner_id
    assert [r.is_last for r in list_receipts(store, "north")].count(True) == 1


def test_somebody_who_is_signed_in_is_forgotten_when_they_are_not_any_more(store):
    entry = an_entry(store)
    with store.records.read() as session:
        practitioner = session.get(EntryRow, entry).practitioner_id
    secret = begin_session(store, practitioner, None)
    assert gone(store, entry).is_last
    forget_what_is_over(store, Settings())
    assert count(store, PractitionerRow) == 1
    end_session(store, secret)
    forget_what_is_over(store, Settings())
    assert count(store, PractitionerRow) == 0
    again = an_entry(store)
    with store.records.read() as session:
        assert session.get(EntryRow, again).practitioner_id != practitioner


def test_somebody_who_is_noted_and_forgotten_by_others_meanwhile_is_nobody(store, monkeypatch):
    monkeypatch.setattr("storage.entries.add_if_absent", lambda *_: False)
    with pytest.raises(RecordsUnavailableError):
        create_entry(store, "north", NewEntry("SW1", None, FormKind.SINGLE, "swe-4", "2026-27"))
    assert count(store, EntryRow) == 0


def test_what_happened_to_an_entry_and_its_links_go_with_it(store, clock):
    entry, other = an_entry(store), an_entry(store)
    for of in (entry, entry, other):
        link = make_link(store, "north", of, timedelta(minutes=10))
    gone(store, entry)
    with store.records.read() as session:
        assert set(session.scalars(select(LinkRow.entry_id))) == {other}
        codes = list(session.scalars(select(EventRow.code).where(EventRow.entry_id == entry)))
    assert codes == ["entry.deleted"]
    clock.now += OLD
    forget_what_is_over(store, Settings())
    with store.records.read() as session:
        assert set(session.scalars(select(EventRow.entry_id))) == {other}
    with pytest.raises(LinkError, match="link_unknown"):
        open_link(store, link.token)


@pytest.mark.parametrize(("days", "left"), [(90, 0), (101, 1), (0, 1)])
def test_logs_go_when_their_term_is_over(store, clock, days, left):
    entry = an_entry(store)
    webhook, _ = add_webhook(store, "north", f"https://{HOST}/", Settings(webhook_hosts=HOST))
    an_entry_deleted = an_entry(store, "SW2")
    gone(store, an_entry_deleted)
    with store.records.write() as session:
        session.execute(update(DeliveryRow).values(next_at=None))
        now = clock.now
        word = ListWordRow(
            id="w", kind="deny", entity_type=EntityType.LOCATION, word=b"sealed", owner="a", removes=0,
            hides=0, adopted_at=now, expires_at=now,
        )  # fmt: skip
        session.add(word)
    remove_webhook(store, "north", webhook.id)
    make_link(store, "north", entry, timedelta())
    clock.now += OLD
    forget_what_is_over(store, Settings(retain_log_days=days))
    for table in (DeliveryRow, WebhookRow, LinkRow, ListWordRow):
        assert count(store, table) == left, table


def test_what_is_still_on_its_way_or_acts_is_kept_however_old(store, clock):
    add_webhook(store, "north", f"https://{HOST}/", Settings(webhook_hosts=HOST))
    gone(store, an_entry(store))
    clock.now += OLD
    forget_what_is_over(store, Settings(retain_log_days=1))
    assert (count(store, DeliveryRow), count(store, WebhookRow)) == (1, 1)


@pytest.mark.parametrize(
    ("retained", "backups", "left"), [(99, 35, 0), (101, 35, 1), (99, 400, 1), (0, 35, 1)]
)
def test_a_receipt_outlives_every_backup(store, clock, retained, backups, left):
    destroy(store, "north", an_entry(store), "request", backups)
    clock.now += OLD
    forget_what_is_over(store, Settings(retain_receipt_days=retained))
    assert count(store, ReceiptRow) == left


def test_examples_that_were_deleted_stay_deleted_when_receipts_expire(store, clock):
    assert add_examples(store, EXAMPLE_PORTAL)
    with store.records.read() as session:
        entries = list(session.scalars(select(EntryRow.id)))
    for entry in entries:
        destroy(store, EXAMPLE_PORTAL, entry, "request", 35)
    gone(store, an_entry(store))
    clock.now += OLD
    forget_what_is_over(store, Settings(retain_receipt_days=1))
    assert add_examples(store, EXAMPLE_PORTAL) == []
    assert list_receipts(store, "north") == []


def test_an_audit_that_is_cut_still_holds_and_shows_every_change(store, clock, tmp_path):
    path = tmp_path / "anchor.jsonl"
    for number in range(6):
        note(store, Act(f"a{number}", "results.read", "e1"))
        anchor(store, path)
        clock.now += timedelta(days=1)
    assert cut(store, clock.now - timedelta(days=2, hours=1)) == 3
    found = verify(store, path)
    assert (found.rows, found.anchors, found.holds) == (3, 6, True)
    assert cut(store, clock.now - timedelta(days=2, hours=1)) == 0
    note(store, Act("later", "x"))
    assert verify(store, path).holds
    assert cut(store, clock.now + timedelta(days=1)) == 3
    assert (verify(store, path).rows, verify(store, path).holds) == (1, True)


def test_a_clock_that_was_wrong_once_cuts_nothing_young(store, clock, tmp_path):
    right = clock.now
    for number, days in enumerate((-900, -800, 0, -2000, 0)):
        clock.now = right + timedelta(days=days)
        note(store, Act(f"a{number}", "x"))
    clock.now = right
    assert cut(store, right - timedelta(days=365)) == 1
    assert (verify(store, tmp_path / "none").rows, verify(store, tmp_path / "none").holds) == (4, True)


def test_an_audit_in_which_nothing_is_old_or_nothing_is_at_all_is_not_cut(store, clock):
    assert cut(store, clock.now + timedelta(days=1)) == 0
    note(store, Act("a", "x"))
    note(store, Act("b", "x"))
    assert cut(store, clock.now - timedelta(days=1)) == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s.execute(delete(AuditRow).where(AuditRow.id == 4)),
        lambda s: s.execute(update(AuditRow).where(AuditRow.id == 4).values(actor="x")),
        lambda s: s.execute(update(AuditRow).where(AuditRow.id == 5).values(actor="x")),
        lambda s: s.execute(delete(AuditHeadRow).where(AuditHeadRow.name == "audit beginning")),
        lambda s: (
            s.execute(delete(AuditRow).where(AuditRow.id < 6)),
            s.execute(update(AuditHeadRow).where(AuditHeadRow.name == "audit beginning").values(last=6)),
        ),
        lambda s: s.execute(delete(AuditRow)),
        lambda s: (
            s.execute(delete(AuditRow)),
            s.execute(update(AuditHeadRow).where(AuditHeadRow.name == "audit beginning").values(last=8)),
            s.execute(update(AuditHeadRow).where(AuditHeadRow.name == "audit").values(last=7, mac="0" * 64)),
        ),
    ],
    ids=[
        "first gone", "first changed", "next changed", "beginning gone", "more taken away", "all gone",
        "all gone and the ends written to fit",
    ],
)  # fmt: skip
@pytest.mark.parametrize("has_anchors", [False, True])
def test_what_is_changed_after_a_cut_shows(store, clock, tmp_path, change, has_anchors):
    path = tmp_path / "anchor.jsonl"
    for number in range(7):
        note(store, Act(f"a{number}", "x"))
        if has_anchors:
            anchor(store, path)
        clock.now += timedelta(days=1)
    cut(store, clock.now - timedelta(days=3, hours=1))
    assert verify(store, path).holds
    with store.records.write() as session:
        change(session)
    found = verify(store, path)
    assert found.broken_at is not None
    assert not found.holds


def test_staff_and_samples_go_with_the_audit_that_names_them(store, clock):
    gone_since, busy, here = (staff_id(store, "https://id.example", name) for name in ("a", "b", "c"))
    note(store, Act(gone_since, "staff.signed_in"))
    sample_documents(store, gone_since, 100, 1)
    clock.now += OLD
    note(store, Act(busy, "results.read"))
    begin_session(store, here, StaffRole.AUDITOR)
    forget_what_is_over(store, Settings())
    assert (count(store, StaffRow), count(store, SampleRow)) == (3, 1)
    forget_what_is_over(store, Settings(retain_audit_days=90))
    with store.records.read() as session:
        assert set(session.scalars(select(StaffRow.id))) == {busy, here}
    assert count(store, SampleRow) == 0


def test_staff_whose_steps_and_documents_are_there_come_back_under_the_same_id(store, clock):
    names = ("decided", "assigned", "at work", "gone")
    staff = {name: staff_id(store, "https://id.example", name) for name in names}
    entry = an_entry(store)
    with store.records.write() as session:
        document = session.scalars(select(DocumentRow.id)).one()
        session.add(
            DecisionRow(
                entry_id=entry, document_id=document, version=1, step=Step.ASK_RELEASE, by_reviewer=True,
                actor=staff["decided"], at=clock.now, reason_code="other",
            )
        )  # fmt: skip
        for number, row in enumerate(({"assigned_to": staff["assigned"]}, {"locked_by": staff["at work"]})):
            session.add(ReviewRow(document_id=f"d{number}", entry_id=entry, version=1, waits=True, **row))
    clock.now += OLD
    forget_what_is_over(store, Settings(retain_audit_days=90))
    again = {name: staff_id(store, "https://id.example", name) for name in names}
    assert [name for name in names if again[name] == staff[name]] == ["decided", "assigned", "at work"]


def test_sessions_that_have_ended_are_forgotten(store, clock):
    hour = timedelta(hours=1)
    begin_session(store, "unused", None)
    clock.now += timedelta(minutes=50)
    used = begin_session(store, "used", None)
    clock.now += timedelta(minutes=20)
    forget_old_sessions(store, hour)
    assert count(store, SessionRow) == 1
    assert find_session(store, used, hour) is not None
    clock.now += timedelta(hours=13)
    forget_old_sessions(store, timedelta(days=2))
    assert count(store, SessionRow) == 0


def test_nothing_of_an_entry_that_is_there_is_forgotten(store, clock):
    entry = an_entry(store)
    with store.records.write() as session:
        session.get(EntryRow, entry).status = EntryStatus.SUBMITTED
    before = (count(store, PractitionerRow), count(store, EventRow))
    clock.now += timedelta(days=4000)
    forget_what_is_over(store, Settings(retain_log_days=1, retain_audit_days=1, retain_receipt_days=1))
    assert (count(store, PractitionerRow), count(store, EventRow)) == before
