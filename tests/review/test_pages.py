"""The desk's pages as a browser without scripts gets them."""

import re
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from models.entry import Step
from storage.review_locks import take_over
from storage.sessions import StaffRole, begin_session, find_session
from storage.settings import Settings
from web.app import build_app
from web.service import Service

KIM, LEE = "a" * 32, "b" * 32


@pytest.fixture
def visit(desk, tmp_path):
    app = build_app(Service(Settings(home=tmp_path), desk.store, desk.queue))

    def signed_in(who=KIM, role=StaffRole.REVIEWER):
        secret = begin_session(desk.store, who, role)
        client = TestClient(app, cookies={"evidence": secret}, follow_redirects=True)
        client.token = find_session(desk.store, secret, timedelta(hours=1)).form_token
        return client

    return signed_in


def send(client, path, **fields):
    return client.post(path, data={"form_token": client.token, "revision": "1", **fields})


def test_words_are_masked_until_they_are_opened_and_each_step_goes_on_to_the_next(desk, visit):
    entry, document = desk.checked("I met Zebedee. Then Zebulon came, <b>bold</b>.")
    first, second = [f.id for f in desk.findings(entry, document)]
    desk.ask(entry, document, first, Step.ASK_REVIEW, "not_sure")
    kim, at = visit(), f"/desk/entries/{entry}/documents/{document}"
    assert document[:8] in kim.get("/desk").text
    page = kim.get(at).text
    assert "Zebedee" not in page
    assert "<b>bold" not in page
    page = send(kim, f"{at}/reveal", finding=first, what="one", reason="to_decide").text
    assert "Zebedee" in page
    assert "Zebulon" not in page
    page = send(kim, f"{at}/step", finding=first, do="confirm:identifies_someone", seen="1").text
    assert "To be hidden. 1 left." in page
    assert re.search(r'id="here">2 of 2', page)
    again = send(kim, f"{at}/step", finding=first, do="confirm:identifies_someone", seen="1")
    assert again.status_code == 200
    stale = send(kim, f"{at}/step", finding=second, do="dismiss:made_up", seen="1", note="my words")
    assert stale.status_code == 409
    assert "my words" in stale.text
    take_over(desk.store, entry, document, LEE)
    locked = send(kim, f"{at}/step", words="came", do="add:disclosure", kind="EVENT", role="family")
    assert (locked.status_code, 'value="came"' in locked.text) == (409, True)
    for path in ("/finish", "/timeline"):
        assert kim.get(at + path).status_code == 200


def test_release_takes_a_senior_reviewer_who_did_not_ask(desk, visit):
    entry, document = desk.checked("I met Zebedee.")
    at = f"/desk/entries/{entry}/documents/{document}"
    kim, lee = visit(), visit(LEE, StaffRole.SENIOR_REVIEWER)
    assert "Ask a second person" in kim.get(f"{at}/finish").text
    asked = send(kim, f"{at}/finish", on="document", do="ask_release", reason="agreed_to_be_named")
    assert "A second person has been asked" in asked.text
    refused = send(kim, f"{at}/finish", on="document", do="release", reason="agreed_to_be_named")
    assert refused.status_code == 409
    done = send(lee, f"{at}/finish", on="document", do="release", reason="agreed_to_be_named")
    assert "Released." in done.text
    assert desk.needs(entry) == []


def test_figures_samples_and_lists_open_without_anything_in_them(visit):
    senior = visit(LEE, StaffRole.SENIOR_REVIEWER)
    for path in (
        "/desk/statistics",
        "/desk/samples",
        "/desk/lists",
        "/desk?which=failed&age=7&outcome=blocked",
    ):
        assert senior.get(path).status_code == 200
    drawn = senior.post("/desk/samples", data={"form_token": senior.token, "rate": "5"})
    assert "Sample drawn" in drawn.text
