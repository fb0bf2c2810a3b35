"""The HTTP API beside the main journey: what is refused, and how."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from models.entry import DocumentStatus, EntryStatus, FormKind, Step
from models.results import Outcome
from storage.decisions import NewDecision, list_decisions, take_steps
from storage.tokens import Scope, issue_token, revoke_token
from tests.web.test_journey import ANSWERS, open_entry
from web.client_base import PortalProblem


def refused(call, method, path, status, code, **request):
    answer = call.request(method, path, **request)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == code
    return answer.json()


def ready_entry(portal, service, bench, text=b"I met a child."):
    entry = portal.choose_parts(portal.save_answers(open_entry(portal), ANSWERS), ["4.1"])
    document = portal.upload(entry.id, "visit.txt", text)
    service.queue.work_off(bench)
    return portal.read_entry(entry.id), portal.read_document(entry.id, document.id)


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer evt_unknown", "Basic evt_unknown", "Bearer  "])
def test_without_a_token_that_holds_nothing_is_told(call, header):
    refused(call, "GET", "/v1/entries/x", 401, "unauthorised", headers={"Authorization": header})


def test_a_revoked_token_holds_no_more(call, service):
    token, secret = issue_token(service.store, "north", frozenset(Scope))
    headers = {"Authorization": f"Bearer {secret}"}
    assert call.get("/v1/webhooks", headers=headers).status_code == 200
    revoke_token(service.store, token.id)
    refused(call, "GET", "/v1/webhooks", 401, "unauthorised", headers=headers)


def test_scopes_reach_no_further_than_they_say(call, service):
    _, secret = issue_token(service.store, "north", frozenset({Scope.ENTRIES_READ}))
    headers = {"Authorization": f"Bearer {secret}"}
    refused(call, "POST", "/v1/entries", 403, "forbidden", headers=headers, json={})


def test_another_portals_entry_is_not_there(call, portal, service):
    entry = open_entry(portal)
    document = portal.upload(entry.id, "a.txt", b"words")
    other = open_entry(portal)
    _, secret = issue_token(service.store, "south", frozenset(Scope))
    headers = {"Authorization": f"Bearer {secret}"}
    refused(call, "GET", f"/v1/entries/{entry.id}", 404, "not_found", headers=headers)
    refused(call, "GET", f"/v1/entries/{other.id}/documents/{document.id}", 404, "not_found")
    refused(call, "GET", "/v1/entries/none", 404, "not_found")


def test_an_edit_on_an_old_state_is_refused_and_the_draft_kept(call, portal):
    entry = open_entry(portal)
    saved = portal.save_answers(entry, {"what": "first"})
    path, body = f"/v1/entries/{entry.id}/answers", {"answers": {"what": "second"}}
    refused(call, "PUT", path, 412, "stale", json=body, headers={"If-Match": f'"{entry.revision}"'})
    refused(call, "PUT", path, 428, "if_match_needed", json=body)
    refused(call, "PUT", path, 412, "stale", json=body, headers={"If-Match": "no-etag"})
    assert portal.read_entry(entry.id).answers == saved.answers


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"answers": {"what": "x" * 2_000_000}}, 413, "too_large"),
        ({"answers": {"unknown": "x"}}, 422, "unknown_question"),
        ({"answers": {"what": 3}}, 422, "invalid_request"),
        ({"answers": {"what": "x"}, "more": 1}, 422, "invalid_request"),
        ([], 422, "invalid_request"),
    ],
    ids=["2 MB", "unknown question", "wrong type", "unknown field", "wrong shape"],
)
def test_what_cannot_be_saved_leaves_the_draft_as_it_was(call, portal, body, status, code):
    entry = portal.save_answers(open_entry(portal), {"what": "kept"})
    headers = {"If-Match": f'"{entry.revision}"'}
    refused(call, "PUT", f"/v1/entries/{entry.id}/answers", status, code, json=body, headers=headers)
    assert portal.read_entry(entry.id).answers[0].text == "kept"


def test_text_that_is_no_text_is_refused(call, portal):
    entry = open_entry(portal)
    headers = {"If-Match": f'"{entry.revision}"', "Content-Type": "application/json"}
    for body in (b'{"answers": {"what": "\\ud800"}}', b"\xff\xfe", b"{", b"null"):
        answer = call.put(f"/v1/entries/{entry.id}/answers", content=body, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


@pytest.mark.parametrize(
    ("request_", "status", "code"),
    [
        ({"files": {"file": ("a.txt", b"x" * 100_001)}}, 413, "too_large"),
        ({"files": {"file": ("a.txt", b"x" * 900_000)}}, 413, "too_large"),
        ({"files": {"other": ("a.txt", b"x")}}, 422, "no_file"),
        ({"data": {"file": "words"}}, 415, "wrong_content_type"),
        ({"json": {"file": "words"}}, 415, "wrong_content_type"),
        ({"content": b"--x", "headers": {"Content-Type": "multipart/form-data"}}, 400, "bad_form"),
        ({"content": b"??", "headers": {"Content-Type": "multipart/form-data; boundary=x"}}, 400, "bad_form"),
        ({"files": [("file", ("a", b"x")), ("file", ("b", b"y"))]}, 400, "bad_form"),
    ],
)
def test_uploads_that_cannot_be_taken(call, portal, request_, status, code):
    entry = open_entry(portal)
    refused(call, "POST", f"/v1/entries/{entry.id}/documents", status, code, **request_)
    assert portal.read_entry(entry.id).documents == ()


def test_a_refused_upload_leaves_no_bytes_behind(portal, service, bench):
    entry, _ = ready_entry(portal, service, bench)
    portal.submit(entry)
    before = list(service.store.objects.names(""))
    with pytest.raises(PortalProblem, match="wrong_status"):
        portal.upload(entry.id, "late.txt", b"words")
    assert list(service.store.objects.names("")) == before


def test_the_name_of_an_upload_is_its_last_part(portal):
    entry = open_entry(portal)
    assert portal.upload(entry.id, "C:\\Users\\me\\visit.txt", b"x").file_name == "visit.txt"
    assert portal.upload(entry.id, "../../etc/passwd", b"x").file_name == "passwd"


def test_the_same_upload_under_one_key_is_kept_once(portal, service):
    entry = open_entry(portal)
    first = portal.upload(entry.id, "a.txt", b"words", key="key-00001")
    again = portal.upload(entry.id, "a.txt", b"words", key="key-00001")
    assert first.id == again.id
    assert len(list(service.store.objects.names(entry.id))) == 1
    with pytest.raises(PortalProblem, match="key_reused"):
        portal.upload(entry.id, "a.txt", b"other words", key="key-00001")
    assert len(portal.read_entry(entry.id).documents) == 1


def test_the_same_upload_at_the_same_time_is_kept_once(portal):
    entry = open_entry(portal)
    ids = []
    upload = lambda: ids.append(portal.upload(entry.id, "a.txt", b"words", key="key-00002").id)  # noqa: E731
    threads = [threading.Thread(target=upload) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids) == 4
    assert len(set(ids)) == 1


def test_an_entry_opened_under_one_key_is_opened_once(call):
    draft = {"practitioner": "SW1", "year": "2026-27"}
    made = [call.post("/v1/entries", json=draft, headers={"Idempotency-Key": "key-00003"}) for _ in range(2)]
    assert made[0].json()["id"] == made[1].json()["id"]


def test_a_replaced_document_is_destroyed(portal, service, bench):
    entry, document = ready_entry(portal, service, bench, b"I met Zebedee.")
    newer = portal.replace(entry.id, document, "b.txt", b"I met a child.")
    assert (newer.version, newer.status) == (2, DocumentStatus.RECEIVED)
    assert not list(service.store.objects.names(f"{entry.id}/{document.id}/1/"))
    with pytest.raises(PortalProblem, match="stale"):
        portal.replace(entry.id, document, "c.txt", b"words")


def test_a_removed_document_takes_its_findings_with_it(portal, service, bench):
    entry, document = ready_entry(portal, service, bench, b"I met Zebedee.")
    assert not portal.read_gate(entry.id).may_submit
    portal.remove(entry.id, document.id)
    assert portal.read_gate(entry.id).is_open


def test_the_redacted_copy_takes_the_place_of_the_original(portal, service, bench):
    entry, document = ready_entry(portal, service, bench, b"I met Zebedee.")
    assert b"Zebedee" not in portal.read_redacted(entry.id, document.id)
    portal.use_redacted(entry.id, document)
    service.queue.work_off(bench)
    view = portal.read_document(entry.id, document.id)
    assert (view.version, view.outcome, view.is_redacted) == (2, Outcome.NOTHING_FOUND, True)
    assert portal.read_gate(entry.id).is_open


def test_the_original_comes_back_as_it_was_sent(call, portal, service, bench):
    entry, document = ready_entry(portal, service, bench, b"\xef\xbb\xbfwords")
    answer = call.get(f"/v1/entries/{entry.id}/documents/{document.id}/original")
    assert answer.content == b"\xef\xbb\xbfwords"
    assert "visit" not in str(answer.headers)
    assert answer.headers["content-disposition"].startswith("attachment")


def test_a_decision_on_an_indirect_finding_settles_it(portal, service, bench):
    entry, document = ready_entry(portal, service, bench, b"In Quaymouth.")
    (finding,) = portal.read_results(entry.id, document.id).findings
    taken = portal.decide(entry.id, document, finding.id, Step.NOT_PERSONAL, "too_general", "It is a city.")
    assert taken.note == "It is a city."
    assert portal.read_gate(entry.id).is_open
    portal.decide(entry.id, document, finding.id, Step.UNDO, "mistake")
    assert not portal.read_gate(entry.id).may_submit


def test_a_decision_on_a_direct_finding_waits_for_a_reviewer(portal, service, bench):
    entry, document = ready_entry(portal, service, bench, b"I met Zebedee.")
    (finding,) = portal.read_results(entry.id, document.id).findings
    portal.decide(entry.id, document, finding.id, Step.NOT_PERSONAL, "public_figure")
    gate = portal.read_gate(entry.id)
    assert gate.may_submit
    assert not gate.is_open


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"finding": "s9:1-2:PERSON"}, 422, "unknown_finding"),
        ({"version": 2}, 412, "stale"),
        ({"step": "confirm", "reason": "identifies_someone"}, 422, "unknown_step"),
        ({"reason": "mistake"}, 422, "unknown_reason"),
        ({"document": "none"}, 404, "not_found"),
        ({"document": "\0"}, 422, "invalid_request"),
        ({"finding": "\0"}, 422, "invalid_request"),
        ({"step": "burn"}, 422, "invalid_request"),
    ],
)
def test_decisions_that_cannot_be_taken(call, portal, service, bench, change, status, code):
    entry, document = ready_entry(portal, service, bench, b"I met Zebedee.")
    (finding,) = portal.read_results(entry.id, document.id).findings
    draft = {"document": document.id, "version": 1, "finding": finding.id}
    draft |= {"step": "not_personal", "reason": "made_up"}
    refused(call, "POST", f"/v1/entries/{entry.id}/decisions", status, code, json=draft | change)
    assert call.get(f"/v1/entries/{entry.id}/decisions").json() == []


def test_a_submitted_entry_is_withdrawn_reopened_and_submitted_again(portal, service, bench):
    entry, _ = ready_entry(portal, service, bench)
    portal.submit(entry)
    submitted = portal.read_entry(entry.id)
    with pytest.raises(PortalProblem, match="wrong_status"):
        portal.save_answers(submitted, {"what": "more"})
    withdrawn = portal.withdraw(submitted)
    assert withdrawn.status is EntryStatus.WITHDRAWN
    reopened = portal.reopen(withdrawn)
    assert portal.submit(reopened).is_open


def test_a_draft_is_deleted_with_a_receipt_and_a_submitted_entry_is_not(portal, service, bench):
    entry, _ = ready_entry(portal, service, bench)
    other = open_entry(portal)
    portal.upload(other.id, "a.txt", b"words")
    receipt = portal.delete(portal.read_entry(other.id))
    assert (receipt.documents, receipt.objects, receipt.cause) == (1, 1, "request")
    assert not list(service.store.objects.names(other.id))
    with pytest.raises(PortalProblem, match="not_found"):
        portal.read_entry(other.id)
    portal.submit(entry)
    with pytest.raises(PortalProblem, match="not_allowed"):
        portal.delete(portal.read_entry(entry.id))


def test_a_practitioners_entries_are_listed_to_their_portal_only(call, portal, service):
    entry = open_entry(portal)
    open_other = portal.open_entry("SW2", "2026-27", form=FormKind.SINGLE)
    listed = [e["id"] for e in call.get("/v1/entries?practitioner=SW1").json()]
    assert listed == [entry.id]
    assert open_other.id not in listed
    _, secret = issue_token(service.store, "south", frozenset(Scope))
    headers = {"Authorization": f"Bearer {secret}"}
    assert call.get("/v1/entries?practitioner=SW1", headers=headers).json() == []


def test_progress_is_told_from_where_one_left_off(portal, service, bench):
    entry, document = ready_entry(portal, service, bench)
    events = portal.read_progress(entry.id)
    told = [e.code for e in events if e.document == document.id]
    assert told == [f"document.{s}" for s in ("received", "reading", "checking", "ready")]
    assert portal.read_progress(entry.id, events[-1].id) == []
    assert portal.read_progress(entry.id, events[-2].id) == events[-1:]


def test_progress_is_pushed(call, portal, service, bench, monkeypatch):
    monkeypatch.setattr("web.progress.LONGEST_SECONDS", 0.2)
    entry, _ = ready_entry(portal, service, bench)
    events = portal.read_progress(entry.id)
    answer = call.get(f"/v1/entries/{entry.id}/events", headers={"Last-Event-ID": str(events[-2].id)})
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.text.startswith(f"id: {events[-1].id}\nevent: document.ready\ndata: ")
    assert answer.text.count("event:") == 1


@pytest.mark.parametrize(
    "path", ["/v1/entries/%00", "/v1/entries/{entry}/documents/a%00", "/v1/webhooks/%00"]
)
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_what_no_database_can_be_asked_for_is_not_there(call, portal, method, path):
    where = path.replace("{entry}", open_entry(portal).id)
    answer = call.request(method, where)
    assert answer.json()["code"] in ("not_found", "method_not_allowed")


def test_an_upload_is_kept_while_the_broker_is_away(portal, service):
    entry = open_entry(portal)
    service.queue.is_away = True
    assert portal.upload(entry.id, "a.txt", b"words").status is DocumentStatus.RECEIVED


def test_what_has_no_address_is_a_problem_too(call):
    refused(call, "GET", "/v1/nothing", 404, "not_found")
    refused(call, "PATCH", "/v1/entries", 405, "method_not_allowed")


def test_a_decision_that_a_form_sends_twice_is_taken_once(portal, service, bench):
    entry, document = ready_entry(portal, service, bench, b"In Quaymouth.")
    (finding,) = portal.read_results(entry.id, document.id).findings
    new = NewDecision(document.id, document.version, finding.id, Step.NOT_PERSONAL, "too_general")
    ask, undo = (
        replace(new, step=s, reason=r) for s, r in ((Step.ASK_REVIEW, "not_sure"), (Step.UNDO, "mistake"))
    )
    for step in (undo, new, new, ask, undo, undo, undo, new):
        take_steps(service.store, "north", entry.id, [step])
    steps = [Step.NOT_PERSONAL, Step.ASK_REVIEW, Step.UNDO, Step.UNDO, Step.NOT_PERSONAL]
    assert [d.step for d in list_decisions(service.store, "north", entry.id)] == steps
    with ThreadPoolExecutor() as pool:
        for sent in [pool.submit(take_steps, service.store, "north", entry.id, [undo]) for _ in range(8)]:
            sent.result()
    assert [d.step for d in list_decisions(service.store, "north", entry.id)] == [*steps, Step.UNDO]
