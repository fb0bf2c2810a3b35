"""One worker at a time has a document; nothing is lost, doubled, stuck or tried for ever."""

from datetime import timedelta

import pytest

from models.entry import DocumentStatus
from models.results import Outcome
from models.upload import Upload
from storage.claims import claim, renew
from storage.documents import Replacing, remove_document, replace_document
from storage.events import events_after
from storage.jobs import Job, Stage
from storage.outcomes import save_extraction, save_results
from storage.views import view_document
from storage.work import load_text, load_upload
from tests.workers.conftest import PORTAL
from workers.stages import work
from workers.upkeep import PATIENCE, sweep_lost

LEASE = timedelta(seconds=15)


def status(desk, entry, received):
    return view_document(desk.store, PORTAL, entry, received.document).status


def sweep(desk):
    return sweep_lost(desk.store, desk.queue, desk.bench.terms)


def read(desk, held):
    return desk.bench.line.read(load_upload(desk.store, held), desk.bench.limits)


def test_a_document_goes_down_the_line_once(desk):
    entry = desk.entry()
    received = desk.upload(entry, "I met Zebedee.")
    desk.queue.work_off(desk.bench)
    view = view_document(desk.store, PORTAL, entry, received.document)
    assert (view.status, view.outcome) == (DocumentStatus.READY, Outcome.BLOCKED)
    told = [e.code for e in events_after(desk.store, entry, 0)]
    steps = ["received", "reading", "checking", "ready", "copy_made"]
    assert told == ["entry.created", *(f"document.{s}" for s in steps)]


def test_every_message_twice_does_the_work_once(desk):
    entry = desk.entry()
    desk.upload(entry)
    while desk.queue.jobs:
        job = desk.queue.jobs.popleft()
        desk.queue.send([*work(desk.bench, job), *work(desk.bench, job)])
    told = [e.code for e in events_after(desk.store, entry, 0)]
    assert (
        told.count("document.reading") == told.count("document.checking") == told.count("document.ready") == 1
    )


def test_what_one_worker_has_no_other_gets(desk):
    received = desk.upload(desk.entry())
    assert claim(desk.store, received.job, desk.bench.terms) is not None
    assert claim(desk.store, received.job, desk.bench.terms) is None


def test_a_dead_workers_document_is_given_out_again_when_its_lease_ends(desk, clock):
    entry = desk.entry()
    received = desk.upload(entry)
    desk.queue.jobs.clear()
    assert claim(desk.store, received.job, desk.bench.terms) is not None
    assert sweep(desk) == []
    clock.now += LEASE
    assert sweep(desk) == [received.job]
    desk.queue.work_off(desk.bench)
    assert status(desk, entry, received) is DocumentStatus.READY


def test_a_sign_of_life_keeps_a_document(desk, clock):
    received = desk.upload(desk.entry())
    held = claim(desk.store, received.job, desk.bench.terms)
    clock.now += LEASE - timedelta(seconds=1)
    assert renew(desk.store, held, desk.bench.terms)
    clock.now += LEASE - timedelta(seconds=1)
    assert sweep(desk) == []


def test_who_lost_the_claim_saves_nothing(desk, clock):
    entry = desk.entry()
    received = desk.upload(entry)
    late = claim(desk.store, received.job, desk.bench.terms)
    clock.now += LEASE
    sweep(desk)
    quick = claim(desk.store, received.job, desk.bench.terms)
    assert save_extraction(desk.store, late, read(desk, late), "not_scanned") == []
    assert not renew(desk.store, late, desk.bench.terms)
    assert save_extraction(desk.store, quick, read(desk, quick), "not_scanned") != []
    kept = list(desk.store.objects.names(f"{entry}/{received.document}/1/extraction"))
    assert len(kept) == 1


@pytest.mark.parametrize("hours", [-48, 48], ids=["back", "forth"])
def test_a_clock_that_jumps_leaves_nothing_stuck(desk, clock, hours):
    entry = desk.entry()
    received = desk.upload(entry)
    desk.queue.jobs.clear()
    claim(desk.store, received.job, desk.bench.terms)
    clock.now += timedelta(hours=hours)
    sweep(desk)
    desk.queue.work_off(desk.bench)
    assert status(desk, entry, received) is DocumentStatus.READY


def test_three_attempts_and_no_more(desk, clock):
    entry = desk.entry()
    received = desk.upload(entry, "CRASH Zebedee")
    for _ in range(3):
        with pytest.raises(RuntimeError):
            desk.queue.work_off(desk.bench)
        clock.now += LEASE
        sweep(desk)
    assert status(desk, entry, received) is DocumentStatus.FAILED
    assert not desk.queue.jobs
    assert claim(desk.store, received.job, desk.bench.terms) is None


def test_a_poisonous_message_that_comes_back_by_itself_is_stopped_too(desk, clock):
    entry = desk.entry()
    received = desk.upload(entry)
    for _ in range(3):
        assert claim(desk.store, received.job, desk.bench.terms) is not None
        clock.now += LEASE
    assert claim(desk.store, received.job, desk.bench.terms) is None
    assert status(desk, entry, received) is DocumentStatus.FAILED


def test_a_refused_document_is_never_tried_again(desk, clock):
    entry = desk.entry()
    received = desk.upload(entry, "")
    desk.queue.work_off(desk.bench)
    view = view_document(desk.store, PORTAL, entry, received.document)
    assert (view.status, view.reason.code, view.attempts) == (DocumentStatus.REFUSED, "empty", 1)
    clock.now += timedelta(hours=1)
    assert sweep(desk) == []


def test_an_empty_broker_is_filled_again_from_the_records(desk, clock):
    entry = desk.entry()
    received = [desk.upload(entry, f"text {n}") for n in range(3)]
    desk.queue.jobs.clear()
    assert sweep(desk) == []
    clock.now += PATIENCE + timedelta(seconds=1)
    assert len(sweep(desk)) == 3
    desk.queue.work_off(desk.bench)
    assert {status(desk, entry, r) for r in received} == {DocumentStatus.READY}


def test_a_long_queue_is_not_filled_twice(desk, clock):
    entry = desk.entry()
    for n in range(3):
        desk.upload(entry, f"text {n}")
    clock.now += timedelta(hours=1)
    assert sweep(desk) == []
    assert len(desk.queue.jobs) == 3


def test_a_late_result_never_lands_on_newer_content(desk):
    entry = desk.entry()
    received = desk.upload(entry, "I met Zebedee.")
    desk.queue.send(work(desk.bench, desk.queue.jobs.popleft()))
    held = claim(desk.store, desk.queue.jobs.popleft(), desk.bench.terms)
    results = desk.bench.line.check(*load_text(desk.store, held))
    newer = replace_document(
        desk.store, PORTAL, entry, received.document, Upload("b.txt", b"I met a child."), Replacing(1)
    )
    assert save_results(desk.store, held, results) == []
    assert status(desk, entry, received) is DocumentStatus.RECEIVED
    desk.queue.send([newer.job])
    desk.queue.work_off(desk.bench)
    view = view_document(desk.store, PORTAL, entry, received.document)
    assert (view.version, view.outcome) == (2, Outcome.NOTHING_FOUND)


def test_a_removed_document_takes_no_result(desk):
    entry = desk.entry()
    received = desk.upload(entry)
    held = claim(desk.store, received.job, desk.bench.terms)
    extraction = read(desk, held)
    remove_document(desk.store, PORTAL, entry, received.document)
    assert save_extraction(desk.store, held, extraction, "not_scanned") == []
    assert list(desk.store.objects.names(f"{entry}/")) == []


def test_documents_of_one_entry_are_checked_one_after_the_other(desk):
    entry = desk.entry()
    first, second = desk.upload(entry, "one"), desk.upload(entry, "two")
    checks = [work(desk.bench, r.job)[0] for r in (first, second)]
    held = claim(desk.store, checks[0], desk.bench.terms)
    assert claim(desk.store, checks[1], desk.bench.terms) is None
    results = desk.bench.line.check(*load_text(desk.store, held))
    assert save_results(desk.store, held, results) == [checks[1]]
    assert claim(desk.store, checks[1], desk.bench.terms) is not None


def test_a_message_for_what_never_was_is_dropped(desk):
    assert work(desk.bench, Job(Stage.READ, "none", 1)) == []


def test_a_new_name_sends_back_the_documents_in_which_it_stands(desk):
    entry = desk.entry()
    early = desk.upload(entry, "I met ZEBEDEE twice.")
    other = desk.upload(entry, "I met a child.")
    desk.queue.work_off(desk.bench)
    assert view_document(desk.store, PORTAL, entry, early.document).outcome is Outcome.NOTHING_FOUND
    desk.upload(entry, "Zebedee was well.")
    desk.queue.work_off(desk.bench)
    assert view_document(desk.store, PORTAL, entry, early.document).outcome is Outcome.BLOCKED
    told = [e.code for e in events_after(desk.store, entry, 0) if e.document == other.document]
    assert told.count("document.ready") == 1
