"""Every route and everybody who may call it, or may not."""

import re
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from models.entry import DocumentStatus, FormKind, Step
from models.upload import Upload
from storage.accounts import load_accounts, save_accounts
from storage.audit import acts_on, verify
from storage.documents import add_document
from storage.entries import NewEntry, create_entry
from storage.links import make_link
from storage.records import utc_now
from storage.schema import DocumentRow, EntryRow
from storage.sessions import LONGEST, StaffRole, begin_session, end_session, find_session
from storage.tokens import Scope, issue_token
from storage.views import view_entry
from tests.web.test_api import ready_entry, refused
from tests.web.test_journey import open_entry
from web.access import FORM_TOKEN
from web.app import PAGES, build_app
from web.rights import ACCESS, OPEN, Party
from web.signing_in import Brake

IDLE = timedelta(minutes=60)


def routes_of(app):
    found = set()
    for path, item in app.openapi()["paths"].items():
        found |= {
            (method.upper(), path) for method in item if method in ("get", "post", "put", "delete", "patch")
        }
    pages = [route for part in PAGES for route in part.router.routes]
    return found | {(method, route.path) for route in pages for method in route.methods}


@pytest.fixture
def web(service):
    return build_app(service)


@pytest.fixture
def visit(service, web):
    """Sign somebody in and return their browser."""

    def signed_in(subject, role=None):
        secret = begin_session(service.store, subject, role)
        client = TestClient(web, cookies={"evidence": secret}, follow_redirects=False)
        client.headers[FORM_TOKEN] = find_session(service.store, secret, IDLE).form_token
        return client

    return signed_in


@pytest.fixture
def theirs(service):
    """An entry with one document, and whose it is."""
    entry = create_entry(service.store, "north", NewEntry("SW1", None, FormKind.SINGLE, "swe-4", "2026-27"))
    document = add_document(service.store, "north", entry, Upload("a.txt", b"words")).document
    with service.store.records.read() as session:
        return entry, document, session.get(EntryRow, entry).practitioner_id


def test_every_route_stands_in_the_table_and_nothing_else_does(web):
    shown = routes_of(web)
    hidden = {("GET", "/v1/openapi.json")}
    assert shown | hidden == set(ACCESS) | OPEN


def address(path, theirs):
    entry, document, _ = theirs
    filled = path.replace("{entry}", entry).replace("{document}", document)
    return re.sub(r"\{\w+\}", "1", filled)


@pytest.mark.parametrize(("method", "path"), sorted(ACCESS))
def test_who_may_call_what(service, web, visit, theirs, monkeypatch, method, path):
    monkeypatch.setattr("web.progress.LONGEST_SECONDS", 0.1)
    rule = ACCESS[method, path]
    where = address(path, theirs)
    assert TestClient(web).request(method, where).status_code == 401
    _, without = issue_token(service.store, "north", frozenset(Scope) - {rule.scope})
    _, with_it = issue_token(service.store, "north", frozenset({rule.scope} if rule.scope else set()))
    callers = {
        Party.PORTAL: TestClient(web, headers={"Authorization": f"Bearer {with_it}"}),
        Party.PRACTITIONER: visit(theirs[2]),
        **{Party(role): visit("0" * 32, role) for role in StaffRole},
    }
    for party, client in callers.items():
        status = client.request(method, where).status_code
        if party in rule.parties:
            is_gone = method == "DELETE" or re.search(r"\{(webhook|sample|page|word)\}", path)
            assert status not in (401, 403), (party, status)
            assert status != 404 or is_gone, (party, status)
        else:
            assert status == 403, (party, status)
    if rule.scope is not None:
        headers = {"Authorization": f"Bearer {without}"}
        assert TestClient(web).request(method, where, headers=headers).status_code == 403
    stranger = visit("1" * 32)
    if "{entry}" in path:
        assert stranger.request(method, where).status_code == 404
    elif Party.PRACTITIONER not in rule.parties:
        assert stranger.request(method, where).status_code == 403


def test_a_refused_call_and_a_read_are_noted_before_they_are_answered(service, call, visit, theirs, tmp_path):
    entry, document, practitioner = theirs
    call.get(f"/v1/entries/{entry}/documents/{document}/original")
    visit("0" * 32, StaffRole.AUDITOR).get(f"/v1/review/entries/{entry}/gate")
    noted = [(n.action, n.document) for n in acts_on(service.store, entry)]
    assert noted == [("original.read", document), ("refused", None)]
    assert practitioner not in str(noted)
    assert verify(service.store, tmp_path / "none").holds


def test_what_is_no_id_does_not_get_into_the_audit(call, visit):
    call.get("/v1/entries/Zebedee/documents/Quaymouth/original")
    noted = visit("0" * 32, StaffRole.AUDITOR).get("/v1/audit/entries/Zebedee")
    assert noted.json() == []


def test_a_change_in_a_session_needs_the_form_token(visit, theirs):
    entry, _, practitioner = theirs
    browser = visit(practitioner)
    del browser.headers[FORM_TOKEN]
    assert browser.get(f"/v1/entries/{entry}").status_code == 200
    for token in ("", "wrong"):
        headers = {FORM_TOKEN: token, "If-Match": '"1"'}
        refused(browser, "POST", f"/v1/entries/{entry}/submit", 403, "form_token_needed", headers=headers)


def test_a_link_opens_one_session_once(web, call, theirs):
    entry, _, _ = theirs
    url = call.post(f"/v1/entries/{entry}/links").json()["url"]
    path = url.removeprefix("http://127.0.0.1:8000")
    browser = TestClient(web, follow_redirects=False)
    for _ in range(2):
        page = browser.get(path)
        assert (page.status_code, page.headers["referrer-policy"]) == (200, "no-referrer")
    entered = browser.post(path)
    assert (entered.status_code, entered.headers["location"]) == (303, f"/entries/{entry}")
    assert "httponly" in entered.headers["set-cookie"].lower()
    assert browser.get("/v1/session").json()["party"] == "practitioner"
    assert browser.get(f"/v1/entries/{entry}").json()["id"] == entry
    again = TestClient(web).post(path)
    assert again.status_code == 410
    assert "Nothing that you wrote is lost" in again.text
    answer = TestClient(web).post("/v1/session/link", json={"token": path.rpartition("/")[2]})
    assert (answer.status_code, answer.json()["code"]) == (410, "link_used")


def test_links_that_open_nothing(service, web, theirs, monkeypatch):
    entry, _, _ = theirs
    good = make_link(service.store, "north", entry, timedelta(minutes=10)).token
    name, _, signature = good.partition(".")
    other = make_link(service.store, "north", entry, timedelta(minutes=10)).token.partition(".")[2]
    cases = {
        f"{name}.{other}": "link_unknown",
        name: "link_unknown",
        "x.y": "link_unknown",
        "": "link_unknown",
    }
    cases[f"{'0' * 32}.{signature}"] = "link_unknown"
    for token, code in cases.items():
        answer = TestClient(web).post("/v1/session/link", json={"token": token})
        assert (answer.status_code, answer.json()["code"]) == (410, code)
    later = utc_now() + timedelta(minutes=11)
    monkeypatch.setattr(service.store.records, "_clock", lambda: later)
    answer = TestClient(web).post("/v1/session/link", json={"token": good})
    assert (answer.status_code, answer.json()["code"]) == (410, "link_expired")


def test_a_session_ends_when_it_is_not_used_or_too_old(service, monkeypatch):
    secret = begin_session(service.store, "p1", None)
    now = utc_now()
    for minutes in range(50, 300, 50):
        monkeypatch.setattr(service.store.records, "_clock", lambda m=minutes: now + timedelta(minutes=m))
        assert find_session(service.store, secret, IDLE) is not None
    monkeypatch.setattr(service.store.records, "_clock", lambda: now + timedelta(minutes=311))
    assert find_session(service.store, secret, IDLE) is None
    fresh = begin_session(service.store, "p1", None)
    end_session(service.store, fresh)
    assert find_session(service.store, fresh, IDLE) is None
    old = begin_session(service.store, "p1", None)
    monkeypatch.setattr(
        service.store.records, "_clock", lambda: now + timedelta(minutes=311) + LONGEST * 1.01
    )
    assert find_session(service.store, old, LONGEST * 2) is None


def test_staff_sign_in_by_a_local_account(service, web, monkeypatch):
    monkeypatch.setattr("web.signing_in.brake", Brake(most=2))
    path = service.settings.staff_path
    save_accounts(path, load_accounts(path).add("kim", StaffRole.REVIEWER, "correct horse"))
    assert path.stat().st_mode & 0o077 == 0
    assert "correct horse" not in path.read_text()
    browser = TestClient(web)
    answer = browser.post("/v1/session/staff", json={"name": "kim", "password": "correct horse"})
    assert answer.json()["party"] == "reviewer"
    assert browser.get("/v1/review/documents").status_code == 200
    assert browser.delete("/v1/session").status_code == 403
    headers = {FORM_TOKEN: answer.json()["form_token"]}
    assert browser.delete("/v1/session", headers=headers).status_code == 204
    assert browser.get("/v1/review/documents").status_code == 401
    for name, password in (("kim", "wrong"), ("nobody", "correct horse"), ("kim", "wrong")):
        refused(
            browser,
            "POST",
            "/v1/session/staff",
            401,
            "wrong_password",
            json={"name": name, "password": password},
        )
    wait = {"name": "kim", "password": "correct horse"}
    refused(browser, "POST", "/v1/session/staff", 429, "too_many_attempts", json=wait)


def test_review_from_the_queue_to_an_open_gate(service, bench, portal, visit):
    entry, document = ready_entry(portal, service, bench, b"I met Zebedee.")
    (finding,) = portal.read_results(entry.id, document.id).findings
    desk = visit("0" * 32, StaffRole.REVIEWER)
    assert desk.get("/v1/review/documents").json() == []
    portal.decide(entry.id, document, finding.id, Step.NOT_PERSONAL, "public_figure")
    (waiting,) = desk.get("/v1/review/documents").json()
    assert (waiting["entry"], waiting["document"], waiting["asked"]) == (entry.id, document.id, 1)
    base = f"/v1/review/entries/{entry.id}"
    results = desk.get(f"{base}/documents/{document.id}/results")
    assert "Zebedee" not in results.text
    shown = desk.post(f"{base}/documents/{document.id}/reveal", json={"finding": finding.id}).json()
    assert (shown["before"], shown["words"], shown["after"]) == ("I met ", "Zebedee", ".")
    draft = {
        "document": document.id,
        "version": 1,
        "finding": finding.id,
        "step": "dismiss",
        "reason": "made_up",
    }
    taken = desk.post(f"{base}/decisions", json=draft)
    assert taken.json()["left"] == 0
    assert portal.read_gate(entry.id).is_open
    actions = [n.action for n in acts_on(service.store, entry.id)]
    assert actions[-3:] == ["results.read", "finding.revealed:to_decide", "decision.taken"]


def test_a_failed_document_is_sent_down_the_line_again(service, bench, portal, visit):
    entry = open_entry(portal)
    document = portal.upload(entry.id, "a.txt", b"words")
    with service.store.records.write() as session:
        session.get(DocumentRow, document.id).status = DocumentStatus.FAILED
    service.queue.jobs.clear()
    desk = visit("0" * 32, StaffRole.SENIOR_REVIEWER)
    path = f"/v1/review/entries/{entry.id}/documents/{document.id}/retry"
    assert desk.post(path).json() == {"document": document.id, "version": 1}
    service.queue.work_off(bench)
    assert view_entry(service.store, "north", entry.id).documents[0].status == "ready"
    refused(desk, "POST", path, 409, "wrong_status")
