"""What all pages share: headers, problems as pages, words that are kept, strangers' text made inert."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from jinja2.exceptions import UndefinedError

from models.entry import FormKind
from storage.accounts import load_accounts, save_accounts
from storage.entries import NewEntry, create_entry
from storage.links import make_link
from storage.sessions import StaffRole
from web.app import build_app
from web.pages.assets import address_of
from web.pages.render import environment, shown


@pytest.fixture
def browser(service):
    with TestClient(build_app(service), follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/sign-in", "/enter/x.y", "/nowhere"])
def test_every_page_carries_the_headers(browser, path):
    page = browser.get(path)
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["x-content-type-options"] == "nosniff"
    assert "style=" not in page.text
    assert "<script>" not in page.text
    assert "http://" not in page.text.replace("http://www.w3.org", "")
    assert "crown" not in page.text.lower()


def test_styles_and_scripts_are_kept_by_browsers_until_they_change(browser):
    address = address_of("govuk/govuk-frontend.min.css")
    plain = browser.get(address, headers={"accept-encoding": "identity"})
    packed = browser.get(address, headers={"accept-encoding": "gzip"})
    assert plain.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert plain.content == packed.content
    assert int(packed.headers["content-length"]) < len(plain.content) / 4
    assert browser.get(address.replace("/static/", "/static/0")).status_code == 404
    assert browser.get(address_of("app/app.css") + "/%2e%2e/%2e%2e/%2e%2e/access.py").status_code == 404
    with pytest.raises(KeyError):
        address_of("app/none.css")


def test_programs_are_answered_with_problem_documents_and_people_with_pages(browser):
    assert browser.get("/v1/nowhere").headers["content-type"] == "application/problem+json"
    page = browser.get("/nowhere")
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert "Page not found" in page.text


def test_staff_sign_in_and_out(service, browser):
    path = service.settings.staff_path
    save_accounts(path, load_accounts(path).add("kim", StaffRole.REVIEWER, "correct horse"))
    wrong = browser.post("/sign-in", data={"name": "kim<b>", "password": "horse"})
    assert wrong.status_code == 401
    assert "The name or the password is wrong." in wrong.text
    assert "kim&lt;b&gt;" in wrong.text
    right = browser.post("/sign-in", data={"name": "kim", "password": "correct horse"})
    assert (right.status_code, right.headers["location"]) == (303, "/desk")
    assert browser.get("/").headers["location"] == "/desk"
    assert browser.post("/sign-out").status_code == 403
    token = browser.get("/v1/session").json()["form_token"]
    assert browser.post("/sign-out", data={"form_token": token}).headers["location"] == "/?said=signed_out"
    assert browser.get("/v1/session").status_code == 401


def test_another_site_cannot_sign_somebody_in(browser):
    sent = {"name": "kim", "password": "correct horse"}
    answer = browser.post("/sign-in", data=sent, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403


def test_a_link_lets_in_once_and_a_used_one_says_how_to_get_back(service, browser):
    entry = create_entry(service.store, "north", NewEntry("SW1", None, FormKind.SINGLE, "swe-4", "2026-27"))
    token = make_link(service.store, "north", entry, timedelta(minutes=10)).token
    assert "works once" in browser.get(f"/enter/{token}").text
    assert browser.post(f"/enter/{token}").headers["location"] == f"/entries/{entry}"
    again = browser.post(f"/enter/{token}")
    assert again.status_code == 410
    assert "Nothing that you wrote is lost" in again.text


def test_words_sent_after_the_session_ended_stand_on_the_page_that_says_so(browser):
    words = 'I learnt to listen <script>alert("x")</script> more.'
    page = browser.post("/sign-out", data={"answer.reflection": words, "form_token": "old", "revision": "3"})
    assert page.status_code == 401
    assert "Your words are kept here" in page.text
    assert "I learnt to listen &lt;script&gt;" in page.text
    assert '<input type="hidden" name="revision" value="3">' in page.text


def test_strangers_text_is_inert():
    assert (
        shown("a<b>\u202egnp.exe") == '<bdi>a&lt;b&gt;<span class="app-unseen">[U+202E]</span>gnp.exe</bdi>'
    )
    written = environment().from_string("{{ x|plain }}").render(x="a\u202e\n<b>")
    assert written == "a[U+202E] &lt;b&gt;"


def test_a_slip_in_a_template_is_no_blank():
    for template in ("{{ missing }}", "{{ x.missing }}", "{% if missing %}{% endif %}"):
        with pytest.raises(UndefinedError):
            environment().from_string(template).render(x=timedelta())
