"""The practitioner's journey in a real browser: with scripts and without, by keyboard, interrupted."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from storage.sessions import end_sessions_of
from tests.browser.axe import check
from tests.browser.rig import PATIENCE, sign_in

pytestmark = pytest.mark.all

NAMED = "I visited Zebedee Quillfeather at home. His mother, Marjorie, told me how tired she was."
PLAIN = "I learnt to ask what a child's day is like before I name a risk."
SAVED = re.compile(r"Saved at \d\d:\d\d")
expect.set_options(timeout=PATIENCE)


def box(page, question="learnt"):
    return page.locator(f"#answer-{question}")


def test_warnings_come_while_writing_and_go_when_the_words_are_gone(system, sit):
    entry = system.new_entry()
    page = sit()
    page.goto(f"{system.base}/entries/{entry}")
    box(page).fill(NAMED)
    expect(page.locator("#saved")).to_have_text(SAVED)
    told = page.locator("#told-learnt li")
    expect(told.first).to_contain_text("name")
    expect(page.locator("#told-learnt")).to_contain_text("Quillfeather")
    expect(page.locator("#announce")).to_contain_text("beside your text")
    check(page)
    box(page).fill(PLAIN)
    expect(told).to_have_count(0)
    assert system.answers(entry)["learnt"] == PLAIN
    assert page.evaluate("sessionStorage.length") == 0


def test_the_whole_journey_without_scripts(system, sit):
    page = sit(scripts=False)
    page.goto(f"{system.base}/")
    page.get_by_role("link", name="New record").click()
    page.get_by_role("button", name="Begin").click()
    entry = page.url.split("/entries/")[1].split("?")[0]
    answers = {
        "type": "A home visit",
        "description": "It is relevant because I work with families.",
        "date": "2 September 2026",
        "learnt": NAMED,
        "impact": "I now ask first.",
    }
    for question, text in answers.items():
        box(page, question).fill(text)
    page.get_by_role("button", name="Add files").click()
    page.locator("#file").set_input_files(
        [
            {"name": "notes.txt", "mimeType": "text/plain", "buffer": PLAIN.encode()},
            {"name": "empty.txt", "mimeType": "text/plain", "buffer": b""},
        ]
    )
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Received and kept.")).to_be_visible()
    system.wait_checked(entry)
    page.goto(f"{system.base}/entries/{entry}/files")
    expect(page.get_by_text("Could not read", exact=True)).to_be_visible()
    page.locator(".app-row", has_text="empty.txt").get_by_role("link", name="Take out").click()
    page.get_by_role("button", name="Take it out").click()
    expect(page.get_by_text("The file is taken out.")).to_be_visible()
    page.get_by_role("button", name="Back to your record").click()
    expect(page.locator("#told-learnt")).to_contain_text("Quillfeather")
    again = NAMED.replace("Zebedee", "Tobias")
    box(page).fill(again)
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator("#told-learnt")).to_contain_text("Tobias")
    box(page).fill(PLAIN)
    page.get_by_role("button", name="Save and continue").click()
    assert "/submit" in page.url
    page.get_by_role("button", name=re.compile("^Submit")).click()
    expect(page).to_have_url(re.compile("/submitted"))
    page.goto(f"{system.base}/entries/{entry}")
    expect(page.get_by_text("It cannot be changed while it is submitted.")).to_be_visible()


def test_a_session_that_ends_while_typing_loses_nothing(system, sit):
    entry = system.new_entry()
    page = sit()
    page.goto(f"{system.base}/entries/{entry}")
    end_sessions_of(system.store, system.practitioner())
    box(page).fill(PLAIN)
    expect(page.locator("#saved")).to_contain_text("your session has ended")
    check(page)
    assert PLAIN in page.evaluate("Object.values(sessionStorage).join()")
    sign_in(system, page.context)
    expect(page.locator("#saved")).to_have_text(SAVED)
    assert system.answers(entry)["learnt"] == PLAIN


def test_a_reload_after_the_session_ended_puts_the_words_back(system, sit):
    entry = system.new_entry()
    page = sit()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{system.base}/entries/{entry}")
    end_sessions_of(system.store, system.practitioner())
    box(page).fill(PLAIN)
    expect(page.locator("#saved")).to_contain_text("your session has ended")
    page.goto(f"{system.base}/entries/{entry}")
    expect(page.get_by_role("heading", name="Your session has ended")).to_be_visible()
    check(page)
    sign_in(system, page.context)
    page.goto(f"{system.base}/entries/{entry}")
    expect(box(page)).to_have_value(PLAIN)
    expect(page.locator("#saved")).to_have_text(SAVED)
    assert system.answers(entry)["learnt"] == PLAIN


def test_a_line_that_breaks_is_told_and_what_was_typed_is_saved_later(system, sit):
    entry = system.new_entry()
    page = sit()
    page.goto(f"{system.base}/entries/{entry}")
    page.context.set_offline(True)
    box(page).fill(PLAIN)
    expect(page.locator("#saved")).to_contain_text("cannot be reached")
    page.context.set_offline(False)
    expect(page.locator("#saved")).to_have_text(SAVED)
    assert system.answers(entry)["learnt"] == PLAIN


def test_two_tabs_are_put_together_or_a_person_chooses(system, sit):
    entry = system.new_entry()
    one = sit()
    other = one.context.new_page()
    for tab in (one, other):
        tab.goto(f"{system.base}/entries/{entry}")
    box(one).fill("From one.")
    expect(one.locator("#saved")).to_have_text(SAVED)
    box(other, "impact").fill("From the other.")
    expect(other.locator("#saved")).to_have_text(SAVED)
    expect(box(other)).to_have_value("From one.")
    box(one).fill("One again.")
    expect(one.locator("#saved")).to_have_text(SAVED)
    other.wait_for_timeout(300)
    box(other).fill("The other again.")
    expect(other.get_by_text("Another tab saved another text here.")).to_be_visible()
    check(other)
    expect(box(other)).to_have_value("The other again.")
    assert system.answers(entry)["learnt"] != "The other again."
    other.get_by_role("button", name="Save mine").click()
    expect(other.locator("#saved")).to_have_text(SAVED)
    assert system.answers(entry)["learnt"] == "The other again."


def test_files_are_sent_one_by_one_and_each_says_how_far_it_is(system, sit):
    entry = system.new_entry()
    page = sit()
    page.goto(f"{system.base}/entries/{entry}/files")
    page.locator("#file").set_input_files(
        [
            {"name": "notes.txt", "mimeType": "text/plain", "buffer": NAMED.encode()},
            {"name": "old<b>\u202e.xyz", "mimeType": "text/plain", "buffer": b"\x00\x01\x02"},
        ]
    )
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#files-list .app-row")).to_have_count(2)
    expect(page.locator("#files-list")).to_contain_text("Personal data found")
    expect(page.locator("#files-list")).to_contain_text("Could not read")
    expect(page.locator("#files-list")).to_contain_text("U+202E")
    check(page)


def test_no_page_asks_anybody_else(system, sit):
    page = sit()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    entry = system.new_entry()
    for path in ("/entries", f"/entries/{entry}", f"/entries/{entry}/files"):
        page.goto(system.base + path)
    assert asked
    assert all(url.startswith(system.base) for url in asked)


def test_the_screenshots_in_the_readme_are_there():
    root = Path(__file__).parents[2]
    named = re.findall(r"\((docs/screenshots/[^)]+)\)", (root / "README.md").read_text(encoding="utf-8"))
    assert named
    assert all((root / name).is_file() for name in named)
