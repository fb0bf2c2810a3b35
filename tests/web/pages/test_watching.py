"""The pages of the auditor and the operator, and where each role lands."""

import pytest
from fastapi.testclient import TestClient

from models.entry import FormKind
from storage.accounts import load_accounts, save_accounts
from storage.audit import Act, note
from storage.entries import NewEntry, create_entry
from storage.sessions import StaffRole, begin_session
from web.app import build_app


@pytest.fixture
def sign_in(service):
    app = build_app(service)

    def as_role(role):
        secret = begin_session(service.store, "someone", role)
        return TestClient(app, cookies={"evidence": secret}, follow_redirects=False)

    return as_role


@pytest.mark.parametrize(
    ("role", "home"),
    [
        (StaffRole.REVIEWER, "/desk"),
        (StaffRole.SENIOR_REVIEWER, "/desk"),
        (StaffRole.AUDITOR, "/audit"),
        (StaffRole.OPERATOR, "/operations"),
    ],
)
def test_each_role_lands_where_it_may_be(service, sign_in, role, home):
    path = service.settings.staff_path
    save_accounts(path, load_accounts(path).add("kim", role, "correct horse"))
    with TestClient(build_app(service), follow_redirects=False) as browser:
        signed = browser.post("/sign-in", data={"name": "kim", "password": "correct horse"})
        assert signed.headers["location"] == home
    here = sign_in(role)
    assert here.get("/").headers["location"] == home
    assert here.get(home).status_code == 200


def test_an_auditor_reads_the_chain_and_who_did_what(service, sign_in):
    entry = create_entry(service.store, "north", NewEntry("SW1", None, FormKind.SINGLE, "swe-4", "2026-27"))
    note(service.store, Act("reader-1", "results.read", entry))
    auditor = sign_in(StaffRole.AUDITOR)
    assert "The chain holds." in auditor.get("/audit").text
    found = auditor.get(f"/audit?entry={entry}")
    assert found.headers["location"] == f"/audit/entries/{entry}"
    page = auditor.get(found.headers["location"]).text
    assert "results.read" in page
    assert "reader-1" in page
    again = auditor.get(f"/audit/entries/{entry}").text
    assert again.count("audit.read") == 2


def test_what_is_no_entrys_id_is_said_to_be_none(sign_in):
    auditor = sign_in(StaffRole.AUDITOR)
    assert "That is not an entry’s id." in auditor.get("/audit?entry=<b>").text
    unknown = auditor.get(f"/audit/entries/{'0' * 32}").text
    assert unknown.count("govuk-table__row") == 2, "the heading, and that somebody asked"


def test_an_operator_sees_what_answers(service, sign_in):
    operator = sign_in(StaffRole.OPERATOR)
    assert "Everything that requests need answers" in operator.get("/operations").text
    service.queue.is_away = True
    assert "Something does not answer" in operator.get("/operations").text
