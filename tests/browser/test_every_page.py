"""Every page that practitioners, auditors and operators meet, in every state: no barriers, wide or narrow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page

from models.entry import FormKind
from models.upload import Upload
from storage.documents import add_document
from storage.entries import NewEntry, create_entry, find_practitioner
from storage.lifecycle import delete_entry, withdraw
from storage.links import make_link
from storage.parts import choose_parts
from storage.sessions import StaffRole, begin_session
from storage.submission import submit
from storage.views import view_entry
from tests.browser.axe import ZOOMED, barriers
from tests.browser.rig import PORTAL, PRACTITIONER, sign_in

pytestmark = pytest.mark.all

SAMPLES = Path(__file__).parents[1] / "samples"
NAMED = (
    "I visited Zebedee Quillfeather at home in Quaymouth. His mother, Marjorie, told me how tired she was."
)
LEARNT = (
    "In supervision I was given feedback that I name risks too early. I learnt to ask what a child's "
    "day is like first, and I now write down what I saw before what I think. Families tell me more."
)
LOCKED = b"\xd0\xcf\x11\xe0" * 200
LONG_NAME = "a-name-without-any-place-to-break-" * 7 + ".txt"
ANSWERS = {
    "type": "Reading",
    "description": "It is relevant.",
    "date": "2 September 2026",
    "impact": "I ask.",
}

NEXT_YEARS = NewEntry(PRACTITIONER, "Rowan Hale", FormKind.SINGLE, "swe-4", "2026-27")


@pytest.fixture(scope="module")
def seen(system):
    """Make one record in each state that a page can meet."""
    named = system.new_entry()
    system.write(named, ANSWERS | {"learnt": NAMED})
    files = {
        "blocked": ("notes " + LONG_NAME, NAMED.encode()),
        "nothing": ("plan.txt", b"I learnt to plan."),
        "locked": ("certificate.doc", LOCKED),
        "portfolio": ("portfolio.docx", (SAMPLES / "asye-portfolio.docx").read_bytes()),
    }
    documents = {what: system.upload(named, *file) for what, file in files.items()}
    ready, done, back, gone = (system.new_entry() for _ in range(4))
    for entry in (ready, done, back):
        system.write(entry, ANSWERS | {"learnt": LEARNT})
    long = system.new_entry(FormKind.UNSTRUCTURED)
    system.write(long, {"reflection": "word " * 1401})
    for entry in (named, ready, done, back, long):
        system.wait_checked(entry, 300)
    for entry in (done, back):
        choose_parts(system.store, PORTAL, entry, ["4.1"], view_entry(system.store, PORTAL, entry).revision)
        submit(system.store, PORTAL, entry, view_entry(system.store, PORTAL, entry).revision)
    revision = view_entry(system.store, PORTAL, back).revision
    withdraw(system.store, PORTAL, back, revision, system.settings)
    delete_entry(system.store, PORTAL, gone, 1, system.settings)
    return SimpleNamespace(
        **documents,
        named=named,
        ready=ready,
        done=done,
        back=back,
        gone=gone,
        long=long,
        empty=create_entry(system.store, PORTAL, NEXT_YEARS),
        answers=next(d.id for d in view_entry(system.store, PORTAL, named).documents if d.role == "answers"),
    )


def at(path: str) -> Callable[[Page, object, object], None]:
    """Open a page by its address."""

    def open_page(page, system, seen):
        page.goto(system.base + path.format(**vars(seen)))

    return open_page


def waiting(page, system, seen):
    received = add_document(system.store, PORTAL, seen.empty, Upload("waits.txt", b"I learnt to plan."))
    page.goto(f"{system.base}/entries/{seen.empty}/documents/{received.document}")


def nothing_chosen(page, system, seen):
    page.goto(f"{system.base}/entries/{seen.named}/files")
    page.get_by_role("button", name="Send", exact=True).click()
    page.locator(".govuk-error-summary").wait_for()


def changed_elsewhere(page, system, seen):
    at("/entries/{ready}")(page, system, seen)
    page.evaluate("document.querySelector('[name=\"base.learnt\"]').value = 'another text'")
    page.evaluate("document.getElementById('answer-learnt').value = 'My own words here.'")
    page.evaluate("HTMLFormElement.prototype.submit.call(document.getElementById('answers'))")
    page.locator(".govuk-error-summary").wait_for()


def stale(page, system, seen):
    at("/entries/{named}/documents/{blocked}")(page, system, seen)
    page.locator("details summary", has_text="not sure?").first.click()
    page.evaluate("document.querySelectorAll('[name=revision]').forEach(field => { field.value = 77; })")
    page.locator("select").first.select_option(index=1)
    page.locator("[name=note]").first.fill("These are words that must not be lost.")
    page.get_by_role("button", name="Send").first.click()
    page.get_by_role("heading", name="This changed in another tab").wait_for()


def no_reason(page, system, seen):
    at("/entries/{named}/documents/{blocked}")(page, system, seen)
    page.locator("details summary", has_text="not sure?").first.click()
    page.get_by_role("button", name="Send").first.click()
    page.get_by_role("heading", name="This could not be done").wait_for()


def open_reasons(page, system, seen):
    at("/entries/{named}/documents/{answers}")(page, system, seen)
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")


def signed_link(page, system, seen):
    link = make_link(system.store, PORTAL, seen.named, timedelta(minutes=5))
    page.goto(f"{system.base}/enter/{link.token}")


def used_link(page, system, seen):
    signed_link(page, system, seen)
    where = page.url
    page.get_by_role("button", name="Continue").click()
    page.goto(where)
    page.get_by_role("button", name="Continue").click()


def nobody(path):
    """Open a page of somebody whom nobody knows."""

    def open_page(page, system, seen):
        page.context.clear_cookies()
        at(path)(page, system, seen)

    return open_page


def session_ended(page, system, seen):
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "evidence", "value": "x" * 43, "url": system.base}])
    at("/entries/{named}")(page, system, seen)


def wrong_password(page, system, seen):
    nobody("/sign-in")(page, system, seen)
    page.get_by_label("Name", exact=True).fill("kim")
    page.locator("#password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    page.locator(".govuk-error-summary").wait_for()


def staff(role, path):
    """Open a page as a member of staff."""

    def open_page(page, system, seen):
        page.context.clear_cookies()
        secret = begin_session(system.store, "f" * 32, role)
        page.context.add_cookies([{"name": "evidence", "value": secret, "url": system.base}])
        at(path)(page, system, seen)

    return open_page


def no_records(page, system, seen):
    new = NewEntry("EMPTY-1", "Wren Ashby", FormKind.SINGLE, "swe-4", "2025-26")
    entry = create_entry(system.store, PORTAL, new)
    with system.store.records.read() as session:
        who = find_practitioner(session, system.store, PORTAL, "EMPTY-1")
    delete_entry(system.store, PORTAL, entry, 1, system.settings)
    secret = begin_session(system.store, who, None)
    page.context.add_cookies([{"name": "evidence", "value": secret, "url": system.base}])
    at("/entries")(page, system, seen)


STATES = {
    "start": nobody("/"),
    "sign in": nobody("/sign-in"),
    "wrong password": wrong_password,
    "not signed in": nobody("/entries"),
    "session ended": session_ended,
    "signed link": signed_link,
    "link ended": used_link,
    "no such page": at("/nowhere"),
    "not yours to open": at("/desk"),
    "deleted record": at("/entries/{gone}"),
    "records": at("/entries"),
    "records of another year": at("/entries?year=2026-27&standard=swe-4"),
    "no records": no_records,
    "new record": at("/new-entry"),
    "empty record": at("/entries/{empty}"),
    "record with warnings": at("/entries/{named}"),
    "record with too many words": at("/entries/{long}"),
    "record changed elsewhere": changed_elsewhere,
    "record submitted": at("/entries/{done}"),
    "record withdrawn": at("/entries/{back}"),
    "no files": at("/entries/{ready}/files"),
    "files": at("/entries/{named}/files"),
    "no file chosen": nothing_chosen,
    "take a file out": at("/entries/{named}/files/{blocked}/take-out"),
    "what was written": at("/entries/{named}/documents/{answers}"),
    "reasons open": open_reasons,
    "a file with warnings": at("/entries/{named}/documents/{blocked}"),
    "a portfolio": at("/entries/{named}/documents/{portfolio}"),
    "a portfolio, next warnings": at("/entries/{named}/documents/{portfolio}?page=2"),
    "nothing found": at("/entries/{named}/documents/{nothing}"),
    "refused": at("/entries/{named}/documents/{locked}"),
    "waiting": waiting,
    "no reason chosen": no_reason,
    "stale tab": stale,
    "redacted copy": at("/entries/{named}/documents/{blocked}/copy"),
    "redacted copy of a portfolio": at("/entries/{named}/documents/{portfolio}/copy"),
    "redacted copy of a refused file": at("/entries/{named}/documents/{locked}/copy"),
    "every suggestion used": at("/entries/{named}/documents/{answers}/copy"),
    "parts suggested": at("/entries/{ready}/parts"),
    "no part suggested": at("/entries/{empty}/parts"),
    "parts of a submitted record": at("/entries/{done}/parts"),
    "still needed": at("/entries/{named}/submit"),
    "ready to submit": at("/entries/{ready}/submit"),
    "submitted": at("/entries/{done}/submitted"),
    "withdrawn": at("/entries/{back}/submit"),
    "delete": at("/entries/{ready}/delete"),
    "audit": staff(StaffRole.AUDITOR, "/audit"),
    "audit of a record": staff(StaffRole.AUDITOR, "/audit/entries/{named}"),
    "audit of no record": staff(StaffRole.AUDITOR, "/audit?entry=nonsense"),
    "operations": staff(StaffRole.OPERATOR, "/operations"),
}


@pytest.mark.parametrize("state", STATES)
def test_no_page_bars_anybody(system, sit, seen, state):
    page = sit(width=1280)
    STATES[state](page, system, seen)
    title = page.title()
    assert title.endswith(" - CPD evidence")
    wide = barriers(page)
    page.set_viewport_size({"width": ZOOMED, "height": 256})
    assert (wide, barriers(page)) == ([], []), title
    sign_in(system, page.context)
