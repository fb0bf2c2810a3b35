"""The pages of a scan and the redacted copy: done by any worker, lost with none, once each."""

from datetime import timedelta

import pytest

from models.entry import DocumentStatus, Step
from models.results import Outcome
from models.upload import Upload
from storage.copies import redacted_copy
from storage.documents import Replacing, replace_document
from storage.events import events_after
from storage.jobs import Stage
from storage.lifecycle import destroy
from storage.pieces import claim_piece, pieces_of
from storage.refusals import RequestRefusedError
from storage.retention import remove_strays
from storage.review_decisions import take
from storage.review_step import ReviewStep
from storage.schema import DocumentRow, EntryRow
from storage.schema_pieces import PieceState
from storage.schema_review import ReviewRow
from storage.vault import open_vault
from storage.views import list_findings, view_document, view_results
from tests.workers.conftest import PORTAL
from workers.stages import work
from workers.upkeep import PATIENCE, sweep_lost

LEASE = timedelta(seconds=15)
SCAN = "Front. <picture 2>I met Zebedee.<picture 3><picture 4>The end."


def view(desk, entry, received):
    return view_document(desk.store, PORTAL, entry, received.document)


def results(desk, entry, received):
    return view_results(desk.store, PORTAL, entry, received.document)


def sweep(desk):
    return sweep_lost(desk.store, desk.queue, desk.bench.terms)


def put_out(desk, text=SCAN):
    """Upload a scan and have it read, up to the jobs of its pages."""
    entry = desk.entry()
    received = desk.upload(entry, text)
    pages = work(desk.bench, desk.queue.jobs.popleft())
    return entry, received, pages


def pieces(desk, received):
    with desk.store.records.read() as session:
        return {(p.stage.value, p.page): p for p in pieces_of(session, [received.document])}


def test_pages_are_read_in_any_order_and_the_document_goes_on_with_the_last(desk):
    entry, received, pages = put_out(desk)
    assert [(job.stage, job.page) for job in pages] == [(Stage.SCAN, 2), (Stage.SCAN, 3), (Stage.SCAN, 4)]
    assert view(desk, entry, received).status is DocumentStatus.READING
    third, first, second = work(desk.bench, pages[2]), work(desk.bench, pages[0]), work(desk.bench, pages[1])
    assert (third, first) == ([], [])
    assert [job.stage for job in second] == [Stage.CHECK]
    desk.queue.send(second)
    desk.queue.work_off(desk.bench)
    assert view(desk, entry, received).outcome is Outcome.BLOCKED
    read = results(desk, entry, received)
    assert [s.text for s in read.document.segments] == ["Front. ", "I met Zebedee.", "The end."]
    assert [line.page for line in read.ledger.lines if line.state == "not_read"] == [3]


def test_a_long_scan_is_checked_as_long(desk):
    long = "word " * 4000
    _, _, pages = put_out(desk, f"Front.<picture 1>{long}<picture 2>{long}")
    assert [work(desk.bench, page) for page in pages][-1][0].stage is Stage.CHECK_LONG


def test_a_worker_that_is_killed_in_the_middle_loses_nothing(desk, clock):
    entry, received, pages = put_out(desk)
    assert claim_piece(desk.store, pages[1], desk.bench.terms) is not None  # and no more is heard of it
    assert work(desk.bench, pages[1]) == []
    assert [work(desk.bench, page) for page in (pages[0], pages[2])] == [[], []]
    assert sweep(desk) == []
    clock.now += LEASE
    assert sweep(desk) == [pages[1]]
    desk.queue.work_off(desk.bench)
    assert view(desk, entry, received).status is DocumentStatus.READY


def test_a_page_that_kills_its_worker_is_left_unread_and_the_document_goes_on(desk, clock):
    entry, received, pages = put_out(desk, "Front.<picture 1>Back.<picture 2>CRASH")
    assert work(desk.bench, pages[0]) == []
    for _ in range(desk.bench.terms.attempts):
        with pytest.raises(RuntimeError):
            work(desk.bench, pages[1])
        clock.now += LEASE
        following = sweep(desk)
        desk.queue.jobs.clear()
    assert [job.stage for job in following] == [Stage.CHECK]
    desk.queue.send(following)
    desk.queue.work_off(desk.bench)
    assert view(desk, entry, received).outcome is Outcome.NOT_FULLY_READ
    assert pieces(desk, received)["scan", 2].state is PieceState.FAILED


def test_every_message_twice_reads_each_page_once(desk):
    entry, _, pages = put_out(desk)
    for page in pages:
        desk.queue.send([*work(desk.bench, page), *work(desk.bench, page)])
    assert len(desk.queue.jobs) == 1
    desk.queue.work_off(desk.bench)
    told = [e.code for e in events_after(desk.store, entry, 0)]
    assert told.count("document.checking") == told.count("document.ready") == 1


def test_a_wiped_broker_loses_no_page(desk, clock):
    entry, received, pages = put_out(desk)
    clock.now += PATIENCE + timedelta(seconds=1)
    assert sweep(desk) == pages
    desk.queue.work_off(desk.bench)
    assert view(desk, entry, received).status is DocumentStatus.READY


def test_pages_of_a_replaced_document_come_to_nothing(desk):
    entry, received, pages = put_out(desk)
    late = claim_piece(desk.store, pages[0], desk.bench.terms)
    newer = replace_document(
        desk.store, PORTAL, entry, received.document, Upload("b.txt", b"words"), Replacing(1)
    )
    assert late is not None
    assert [work(desk.bench, page) for page in pages] == [[], [], []]
    desk.queue.send([newer.job])
    desk.queue.work_off(desk.bench)
    assert [s.text for s in results(desk, entry, received).document.segments] == ["words"]
    assert not [name for name in desk.store.objects.names(f"{entry}/") if "/page-" in name]


def test_pages_are_destroyed_with_their_entry(desk):
    entry, _, pages = put_out(desk)
    assert work(desk.bench, pages[0]) == []
    destroy(desk.store, PORTAL, entry, "request", 35)
    assert not list(desk.store.objects.names(f"{entry}/"))


def test_what_pieces_came_to_is_not_taken_for_left_over(desk, clock):
    entry, received, pages = put_out(desk)
    assert work(desk.bench, pages[0]) == []
    clock.now += timedelta(days=2)
    assert remove_strays(desk.store) == 0
    desk.queue.send(pages)
    desk.queue.work_off(desk.bench)
    assert remove_strays(desk.store) == 0
    assert redacted_copy(desk.store, PORTAL, entry, received.document).untrusted_bytes


def checked(desk, text):
    """Upload a text and have it checked, up to the job of its redacted copy."""
    entry = desk.entry()
    received = desk.upload(entry, text)
    read = work(desk.bench, desk.queue.jobs.popleft())
    return entry, received, work(desk.bench, read[0])


def refusal(desk, entry, received):
    with pytest.raises(RequestRefusedError) as refused:
        redacted_copy(desk.store, PORTAL, entry, received.document)
    return refused.value.code


def test_the_copy_is_made_after_the_check(desk):
    entry, received, jobs = checked(desk, "I met Zebedee.")
    assert [job.stage for job in jobs] == [Stage.COPY]
    assert refusal(desk, entry, received) == "not_ready"
    assert work(desk.bench, jobs[0]) == []
    copy = redacted_copy(desk.store, PORTAL, entry, received.document)
    assert (copy.file_name, copy.untrusted_bytes) == ("document-1-redacted.txt", b"I met [hidden].")


def test_where_nothing_is_to_be_hidden_there_is_no_copy(desk):
    entry, received, jobs = checked(desk, "I met a child.")
    assert jobs == []
    assert refusal(desk, entry, received) == "nothing_to_hide"


def waits(desk, received):
    with desk.store.records.read() as session:
        review = session.get(ReviewRow, received.document)
        return review is not None and review.waits


def test_where_no_safe_copy_can_be_made_a_person_is_told(desk):
    entry, received, jobs = checked(desk, "STUBBORN Zebedee.")
    assert not waits(desk, received)
    assert work(desk.bench, jobs[0]) == []
    assert refusal(desk, entry, received) == "no_copy"
    assert events_after(desk.store, entry, 0)[-1].code == "document.copy_not_made"
    assert waits(desk, received)


def test_a_copy_that_follows_older_results_is_not_given_out(desk):
    entry, received, jobs = checked(desk, "I met Zebedee in Quaymouth.")
    assert work(desk.bench, jobs[0]) == []
    with desk.store.records.write() as session:  # as when a reviewer corrects them
        session.get_one(DocumentRow, received.document).results = results_again(desk, entry, received)
    assert work(desk.bench, jobs[0]) == []
    assert refusal(desk, entry, received) == "not_ready"
    assert pieces(desk, received)["copy", 0].state is PieceState.WAITING
    desk.queue.work_off(desk.bench)
    desk.clock.now += PATIENCE + timedelta(seconds=1)
    assert [job.stage for job in sweep(desk)] == [Stage.COPY]
    desk.queue.work_off(desk.bench)
    assert redacted_copy(desk.store, PORTAL, entry, received.document).untrusted_bytes


def results_again(desk, entry, received):
    with desk.store.records.read() as session:
        vault = open_vault(desk.store.masters, session.get_one(EntryRow, entry))
    newest = results(desk, entry, received)
    return vault.put(desk.store.objects, f"{received.document}/1/results", newest)


def test_the_copy_follows_a_reviewers_correction(desk, clock):
    entry, received, jobs = checked(desk, "I met Zebedee in Quaymouth.")
    assert work(desk.bench, jobs[0]) == []
    finding = next(f for f in list_findings(desk.store, PORTAL, entry, received.document) if not f.is_direct)
    step = ReviewStep(received.document, 1, Step.DISMISS, "too_general", finding.id)
    take(desk.store, PORTAL, entry, step, "reviewer")
    assert refusal(desk, entry, received) == "not_ready"
    clock.now += PATIENCE + timedelta(seconds=1)
    assert [job.stage for job in sweep(desk)] == [Stage.COPY]
    desk.queue.work_off(desk.bench)
    assert redacted_copy(desk.store, PORTAL, entry, received.document).untrusted_bytes
