"""What goes wrong in the middle: a worker dies, a session ends, a button is pressed twice, a tab is old."""

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from storage.decisions import list_decisions
from storage.sessions import end_sessions_of
from storage.views import view_entry
from tests.browser.rig import PATIENCE, PORTAL, sign_in

pytestmark = pytest.mark.all

SAMPLES = Path(__file__).parents[1] / "samples"
NAMED = "I visited Zebedee Quillfeather at home. His mother, Marjorie, told me how tired she was."
PLAIN = "I learnt to ask what a child's day is like before I name a risk."
SCRIPT = "<script>window.taken=1</script><img src=x onerror='window.taken=1'>"
TURNED = "\u202egnikaepS\u202c\u2066\u200b"
LATER = 4 * PATIENCE
"""Milliseconds until a new worker has loaded its models and the lost document is taken up again."""

expect.set_options(timeout=PATIENCE)


def test_a_worker_that_dies_in_the_middle_loses_nothing_and_the_page_stays_honest(system, sit):
    entry = system.new_entry()
    page = sit()
    page.goto(f"{system.base}/entries/{entry}/files")
    portfolio = (SAMPLES / "asye-portfolio.docx").read_bytes()
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    page.locator("#file").set_input_files([{"name": "portfolio.docx", "mimeType": word, "buffer": portfolio}])
    page.get_by_role("button", name="Send", exact=True).click()
    row = page.locator("#files-list .app-row")
    expect(row.locator(".govuk-tag")).to_have_text(re.compile("Reading|Checking"))
    system.worker.kill()
    dead_at = time.monotonic()
    while time.monotonic() < dead_at + 3:
        assert view_entry(system.store, PORTAL, entry).documents[0].outcome is None
        assert row.locator(".govuk-tag").inner_text() in ("Received", "Reading", "Checking")
    expect(row.locator(".govuk-tag")).to_have_text("Personal data found", timeout=LATER)
    document = view_entry(system.store, PORTAL, entry).documents[0]
    assert (document.version, document.file_name) == (1, "portfolio.docx")


def test_a_session_that_ends_before_a_plain_save_loses_nothing(system, sit):
    entry = system.new_entry()
    page = sit(scripts=False)
    page.goto(f"{system.base}/entries/{entry}")
    page.locator("#answer-learnt").fill(PLAIN)
    end_sessions_of(system.store, system.practitioner())
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("heading", name="Your session has ended")).to_be_visible()
    expect(page.locator("textarea")).to_have_value(PLAIN)
    sign_in(system, page.context)
    page.get_by_role("button", name="Send them again").click()
    expect(page.locator("textarea")).to_have_value(PLAIN)
    page.get_by_role("button", name="Send them again").click()
    expect(page.locator("#answer-learnt")).to_have_value(PLAIN)
    assert system.answers(entry)["learnt"] == PLAIN


@pytest.mark.parametrize("scripts", [True, False])
def test_going_back_and_sending_again_does_nothing_twice(system, sit, scripts):
    entry = system.new_entry()
    document = system.upload(entry, "notes.txt", NAMED.encode())
    system.wait_checked(entry)
    page = sit(scripts=scripts)
    page.goto(f"{system.base}/entries/{entry}/documents/{document}")
    page.get_by_text("Not personal data, or not sure?").first.click()
    page.locator("#because-1").select_option("ask_review:not_sure")
    page.locator("#note-1").fill("Please look at this one.")
    page.locator("li", has=page.locator("#note-1")).get_by_role("button", name="Send").dblclick()
    expect(page.locator("#status")).to_contain_text("A reviewer will look at it.")
    page.reload()
    page.go_back()
    expect(page.get_by_text("Take that back")).to_be_visible()
    assert [d.step for d in list_decisions(system.store, PORTAL, entry)] == ["ask_review"]


def test_a_record_is_submitted_once_though_its_button_is_pressed_twice(system, sit):
    entry = system.new_entry()
    answers = {"type": "Reading", "description": "It helps.", "date": "2 May 2026", "impact": "I ask."}
    system.write(entry, answers | {"learnt": PLAIN})
    system.wait_checked(entry)
    page = sit()
    page.goto(f"{system.base}/entries/{entry}/submit")
    page.get_by_role("button", name="Submit this record").dblclick()
    expect(page.get_by_role("heading", name="Record submitted")).to_be_visible()
    page.go_back()
    page.reload()
    expect(page.get_by_role("heading", name="This record is submitted")).to_be_visible()
    assert view_entry(system.store, PORTAL, entry).status == "submitted"


def test_words_in_an_old_tab_are_not_lost_when_the_record_was_submitted_in_another(system, sit):
    entry = system.new_entry()
    answers = {"type": "Reading", "description": "It helps.", "date": "2 May 2026", "impact": "I ask."}
    system.write(entry, answers | {"learnt": PLAIN})
    system.wait_checked(entry)
    old = sit(scripts=False)
    old.goto(f"{system.base}/entries/{entry}")
    new = old.context.new_page()
    new.goto(f"{system.base}/entries/{entry}/submit")
    new.get_by_role("button", name="Submit this record").click()
    expect(new.get_by_role("heading", name="Record submitted")).to_be_visible()
    old.locator("#answer-learnt").fill("Words that came too late.")
    old.get_by_role("button", name="Save draft").click()
    expect(old.get_by_role("heading", name="This changed in another tab")).to_be_visible()
    kept = old.locator("textarea")
    assert "Words that came too late." in [kept.nth(n).input_value() for n in range(kept.count())]
    assert system.answers(entry)["learnt"] == PLAIN


def test_scripts_and_turned_letters_in_names_and_texts_stay_inert(system, sit):
    entry = system.new_entry()
    hostile = f"{SCRIPT} I met Zebedee Quillfeather {SCRIPT}. {TURNED}"
    system.write(entry, {"type": f"{SCRIPT}{TURNED}", "learnt": hostile, "date": SCRIPT})
    document = system.upload(entry, f"{SCRIPT}{TURNED}.txt", hostile.encode())
    refused = system.upload(entry, f"{SCRIPT}.exe", b"MZ\x00\x01")
    system.wait_checked(entry)
    answers = next(d.id for d in view_entry(system.store, PORTAL, entry).documents if d.role == "answers")
    page = sit()
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    base = f"/entries/{entry}"
    ways = ["", "/files", "/parts", "/submit", "/delete", f"/files/{document}/take-out"]
    ways += [f"/documents/{d}{way}" for d in (document, answers) for way in ("", "/copy")]
    for path in ("/entries", *(base + way for way in ways), f"{base}/documents/{refused}"):
        page.goto(system.base + path)
        assert page.evaluate("window.taken") is None, path
        assert page.locator("main img, main script").count() == 0, path
        shown = page.evaluate("document.body.innerText + document.title")
        assert not set("\u202e\u202c\u2066\u200b") & set(shown), path
    page.goto(system.base + base)
    expect(page.locator("#answer-learnt")).to_have_value(hostile)
