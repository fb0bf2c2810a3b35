"""A practitioner's whole way by keyboard alone: write, upload, settle every warning, choose parts, submit."""

import re

import pytest
from playwright.sync_api import expect

from storage.views import view_entry
from tests.browser.rig import PATIENCE, PORTAL

pytestmark = pytest.mark.all

NAMED = "I visited Zebedee Quillfeather at home. His mother, Marjorie, told me how tired she was."
FOCUSED = """() => { const a = document.activeElement;
    return a === document.body ? '' : a.labels && a.labels.length ? a.labels[0].innerText : a.innerText; }"""
MOST = 150
"""Presses of the tab key after which what was looked for is not there."""

expect.set_options(timeout=PATIENCE)


def tab_to(page, words):
    """Press the tab key until what has the focus begins with some words, and shows that it has it."""
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED).strip().startswith(words):
            seen = "getComputedStyle(document.activeElement)"
            assert page.evaluate(f"{seen}.outlineStyle !== 'none' || {seen}.boxShadow !== 'none'"), (
                f"the focus on {words} cannot be seen"
            )
            return
    raise AssertionError(f"the tab key never comes to {words}")


def press(page, words):
    tab_to(page, words)
    page.keyboard.press("Enter")


def go(page, words):
    """Press what leads to another page."""
    tab_to(page, words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_the_first_press_skips_to_what_matters(system, sit):
    page = sit()
    page.goto(f"{system.base}/entries/{system.new_entry()}")
    page.keyboard.press("Tab")
    expect(page.locator(".govuk-skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, "Type of CPD")


def test_a_record_from_the_first_word_to_submission(system, sit):
    page = sit()
    page.goto(f"{system.base}/entries")
    go(page, "New record")
    go(page, "Begin")
    page.wait_for_url(re.compile("/entries/"))
    entry = page.url.split("/entries/")[1].split("?")[0]
    written = {
        "Type of CPD": "A home visit",
        "Short description": "It is relevant because I work with families.",
        "Date": "2 May 2026",
        "What did you learn": NAMED,
        "The positive impact": "I now ask first.",
    }
    for label, text in written.items():
        tab_to(page, label)
        page.keyboard.insert_text(text)
    expect(page.locator("#told-learnt")).to_contain_text("Quillfeather")
    go(page, "Settle it")
    expect(page.get_by_role("heading", name="What you wrote")).to_be_visible()
    while page.get_by_role("button", name=re.compile("^Write “")).count():
        before = system.answers(entry)["learnt"]
        go(page, "Write “")
        expect(page.locator("#status")).to_contain_text("Your text was changed")
        system.wait_checked(entry)
        page.goto(page.url.split("?")[0])
        assert system.answers(entry)["learnt"] != before
    go(page, "Parts of the standard")
    tab_to(page, "4.6")
    page.keyboard.press("Space")
    go(page, "Save my choice")
    expect(page.locator("#status")).to_contain_text("Your choice is saved.")
    go(page, "Go on to submit")
    expect(page.get_by_role("heading", name="Ready to submit")).to_be_visible()
    go(page, "Submit this record")
    expect(page.get_by_role("heading", name="Record submitted")).to_be_visible()
    view = view_entry(system.store, PORTAL, entry)
    assert view.chosen_parts == ("4.6",)
    assert not any("Quillfeather" in a.text for a in view.answers)


def test_a_warning_in_a_file_is_settled_with_a_reason(system, sit):
    entry = system.new_entry()
    document = system.upload(entry, "notes.txt", NAMED.encode())
    system.wait_checked(entry)
    page = sit()
    page.goto(f"{system.base}/entries/{entry}/documents/{document}")
    press(page, "Not personal data, or not sure?")
    tab_to(page, "Why?")
    page.keyboard.type("I")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#because-1").input_value()
    assert ":" in chosen
    go(page, "Send")
    expect(page.get_by_text("Take that back").first).to_be_visible()
    assert page.url.endswith("#d-w2"), "the next open warning comes next"
    page.keyboard.press("Tab")
    inside = "document.activeElement.closest('.app-warning').id"
    assert page.evaluate(inside) == "d-w2"
