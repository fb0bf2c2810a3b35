"""The main journey over HTTP: open, write, upload, check, gate, submit."""

import pytest

from models.entry import DocumentStatus, EntryStatus, FormKind
from models.results import Outcome
from web.client_base import PortalProblem

ANSWERS = {
    "title": "A home visit",
    "date": "12 May 2026",
    "role": "I was the allocated worker.",
    "what": "I met the family.",
    "reflection": "I learnt to listen.",
}


def open_entry(portal):
    return portal.open_entry("SW1", "2026-27", own_name="Rowan Hale", form=FormKind.UNSTRUCTURED)


def test_an_upload_comes_back_with_its_results(portal, service, bench):
    entry = open_entry(portal)
    document = portal.upload(entry.id, "visit.txt", b"I met Zebedee at home.")
    assert document.status is DocumentStatus.RECEIVED
    service.queue.work_off(bench)
    results = portal.read_results(entry.id, document.id)
    assert results.outcome is Outcome.BLOCKED
    assert [(f.start, f.end, f.label) for f in results.findings] == [(6, 13, "[person 1]")]
    assert "Zebedee" not in results.redacted_text


def test_answers_are_checked_like_a_document(portal, service, bench):
    entry = portal.save_answers(open_entry(portal), ANSWERS | {"what": "I met Zebedee."})
    service.queue.work_off(bench)
    (document,) = portal.read_entry(entry.id).documents
    assert document.outcome is Outcome.BLOCKED
    (finding,) = portal.read_results(entry.id, document.id).findings
    assert finding.segment_start == 6


def test_a_name_found_in_one_document_is_found_in_the_next(portal, service, bench):
    entry = open_entry(portal)
    portal.upload(entry.id, "a.txt", b"I met Zebedee.")
    service.queue.work_off(bench)
    document = portal.upload(entry.id, "b.txt", b"ZEBEDEE was well.")
    service.queue.work_off(bench)
    (finding,) = portal.read_results(entry.id, document.id).findings
    assert finding.label == "[person 1]"


def test_the_gate_closes_on_a_name_and_opens_when_it_is_gone(portal, service, bench):
    entry = portal.save_answers(open_entry(portal), ANSWERS)
    entry = portal.choose_parts(entry, ["4.1"])
    document = portal.upload(entry.id, "visit.txt", b"I met Zebedee at home.")
    service.queue.work_off(bench)
    with pytest.raises(PortalProblem) as refused:
        portal.submit(portal.read_entry(entry.id))
    assert refused.value.code == "gate_closed"
    portal.replace(entry.id, document, "visit.txt", b"I met a child at home.")
    service.queue.work_off(bench)
    assert portal.submit(portal.read_entry(entry.id)).is_open
    assert portal.read_entry(entry.id).status is EntryStatus.SUBMITTED
