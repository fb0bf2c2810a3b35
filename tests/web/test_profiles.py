"""Profiles over HTTP: redacted words only, of the practitioner's own entries only."""

import io
import json

import docx
import pypdf
import pytest

from storage.tokens import Scope, issue_token
from tests.web.test_api import refused

WRITTEN = {
    "type": "Reading about Zebedee",
    "description": "A paper",
    "date": "3 May 2027",
    "learnt": "Zebedee taught me much.",
    "impact": "Some",
}
YEAR = {"start": "2026-12-01", "end": "2027-11-30"}


@pytest.fixture
def record(portal, service, bench):
    """Write an entry with an upload, and submit it checked, with nothing in it that stops it."""

    def written(practitioner="SW1", upload=b"I met a child.", **answers):
        entry = portal.open_entry(practitioner, "2026-27")
        entry = portal.save_answers(entry, {**WRITTEN, "type": "Reading", "learnt": "Much.", **answers})
        document = portal.upload(entry.id, "a.txt", upload)
        service.queue.work_off(bench)
        portal.submit(portal.read_entry(entry.id))
        return entry.id, document.id

    return written


def profile(call, **asked):
    answer = call.post("/v1/profile", json={"practitioner": "SW1", **YEAR, **asked})
    assert answer.status_code == 200, answer.text
    return answer


def test_the_list_is_dated_and_the_selected_evidence_is_shown(call, record):
    first, _ = record(date="9 June 2027", type="A webinar")
    second, _ = record()
    shown = profile(call, evidence=[second]).json()
    assert [(a["day"], a["title"]) for a in shown["activities"]] == [
        ("2027-05-03", "Reading"),
        ("2027-06-09", "A webinar"),
    ]
    assert [bool(a["evidence"]) for a in shown["activities"]] == [True, False]
    assert {"heading": "Document 1", "text": "I met a child."} in shown["activities"][0]["evidence"]
    assert first != second


def test_names_do_not_leave_the_account(call, portal, service, bench, record):
    entry = portal.open_entry("SW1", "2026-27")
    portal.save_answers(entry, WRITTEN)
    statement = portal.upload(entry.id, "zebedee.txt", b"I support Zebedee in Quaymouth.")
    service.queue.work_off(bench)
    record()
    where = {"summary": {"entry": entry.id, "document": statement.id}}
    shown = profile(call, statements=where)
    assert shown.json()["statements"][0]["text"] == "I support [person 1] in [person 2]."
    for how in ("json", "docx", "pdf"):
        assert "ebedee" not in words_of(profile(call, statements=where, format=how).content, how)


def words_of(content, how):
    if how == "pdf":
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    if how == "docx":
        return "\n".join(p.text for p in docx.Document(io.BytesIO(content)).paragraphs)
    return json.dumps(json.loads(content))


@pytest.mark.parametrize("how", ["docx", "pdf"])
def test_files_hold_what_the_json_holds(call, record, how):
    entry, _ = record(learnt="\u0141ukasz & <b>D\u00f3nal</b>", upload="Dwy awr. \u0175".encode())
    words = words_of(profile(call, evidence=[entry], format=how).content, how)
    assert "\u0141ukasz & <b>D\u00f3nal</b>" in words
    assert "Dwy awr. \u0175" in words
    assert "Personal statement: not written yet." in words


def test_an_entry_not_in_the_list_cannot_be_evidence(call, portal, record):
    draft = portal.open_entry("SW1", "2026-27")
    other, _ = record("SW2")
    late, _ = record(date="1 December 2027")
    for entry in (draft.id, other, late, "none"):
        body = {"practitioner": "SW1", **YEAR, "evidence": [entry]}
        refused(call, "POST", "/v1/profile", 422, "unknown_evidence", json=body)


def test_a_statement_must_be_checked_and_ones_own(call, portal, record):
    other, document = record("SW2")
    body = {"practitioner": "SW1", **YEAR, "statements": {"summary": {"entry": other, "document": document}}}
    record()
    refused(call, "POST", "/v1/profile", 404, "not_found", json=body)
    entry = portal.open_entry("SW1", "2026-27")
    waiting = portal.upload(entry.id, "b.txt", b"Words.")
    body["statements"] = {"summary": {"entry": entry.id, "document": waiting.id}}
    refused(call, "POST", "/v1/profile", 409, "not_ready", json=body)


def test_around_an_entry_the_same_is_made(call, record):
    entry, _ = record()
    assert call.post(f"/v1/entries/{entry}/profile", json=YEAR).json() == profile(call).json()


def test_a_standard_without_a_profile_is_refused(call):
    body = {"practitioner": "SW1", **YEAR, "standard": "nmc-code"}
    refused(call, "POST", "/v1/profile", 422, "unknown_standard", json=body)


def test_only_who_may_read_results_gets_one(call, service):
    _, secret = issue_token(service.store, "north", frozenset({Scope.ENTRIES_READ}))
    headers = {"Authorization": f"Bearer {secret}"}
    body = {"practitioner": "SW1", **YEAR}
    refused(call, "POST", "/v1/profile", 403, "forbidden", headers=headers, json=body)
