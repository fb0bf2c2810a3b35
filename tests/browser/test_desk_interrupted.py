"""What goes wrong at the desk: a worker dies while what a reviewer added is looked for elsewhere."""

import re
from collections import Counter

import pytest
from playwright.sync_api import expect

from models.entry import DocumentStatus
from storage.review_view import timeline
from storage.views import list_findings, view_document, view_results
from tests.browser.desk_states import SAMPLES
from tests.browser.rig import PATIENCE, PORTAL
from tests.servers import until

pytestmark = pytest.mark.all

MISSED = "plimmery"
"""A nickname, written so that only somebody who knows it sees a name in it."""

ONE = f"I met Zebedee Quillfeather at home. We saw the {MISSED} afterwards."
LATER = 4 * PATIENCE / 1000
"""Seconds until a new worker has loaded its models and checked the lost document."""

expect.set_options(timeout=PATIENCE)


def other_text():
    """A text whose check takes seconds, with the word that is added in its last line."""
    pages = [(SAMPLES / "reflection.txt").read_text(encoding="utf-8")] * 12
    return "\n\n".join([*pages, f"We saw the {MISSED} again."])


def added_in(system, entry, document):
    """The labels that stand for the word that was added in a document."""
    results = view_results(system.store, PORTAL, entry, document)
    texts = results.document.by_id
    return [
        r.label
        for r in results.redaction.replacements
        if texts[r.segment].text[r.span.start : r.span.end] == MISSED
    ]


def add(page, word):
    """Have a reviewer add a word as the name of a person."""
    page.locator("#missed summary").click()
    page.locator("#words").fill(word)
    page.locator("#new-kind").select_option("PERSON")
    page.locator("#new-role").select_option("supported")
    with page.expect_navigation():
        page.get_by_role("button", name="Add it everywhere").click()
    expect(page.locator("#status")).to_contain_text("are being checked again")


def test_a_worker_that_dies_while_a_document_is_checked_again_loses_no_step(system, staff, put):
    address, entry, document = put("one.txt", ONE.encode())
    other = system.upload(entry, "other.txt", other_text().encode())
    system.wait_checked(entry, LATER)
    found = {f.id for f in list_findings(system.store, PORTAL, entry, other)}
    assert added_in(system, entry, other) == []

    def now():
        return view_document(system.store, PORTAL, entry, other)

    page = staff()
    page.goto(address)
    add(page, MISSED)
    until(lambda: now().attempts, LATER, "a worker has it")
    system.worker.kill()
    page.goto(f"{system.base}/desk/entries/{entry}/documents/{other}")
    expect(page.locator("main")).to_contain_text("Being checked.")
    expect(page.locator(".desk-bar")).to_have_count(0)
    page.goto(f"{system.base}/desk?which=all")
    row = page.locator("tr", has=page.locator(f"a[href$='{other}']"))
    expect(row).to_contain_text("Being checked.")
    assert now().status is DocumentStatus.CHECKING, "the check was done before the worker was killed"
    page.goto(address)
    expect(page.locator(".desk-rows")).to_contain_text("To be hidden")

    system.wait_checked(entry, LATER)
    assert (now().status, now().version) == (DocumentStatus.READY, 1)
    assert now().attempts > 1
    (label,) = added_in(system, entry, document)
    assert added_in(system, entry, other) == [label]
    ids = [f.id for f in list_findings(system.store, PORTAL, entry, other)]
    assert len(ids) == len(set(ids))
    assert found < set(ids)
    page.goto(f"{system.base}/desk/entries/{entry}/documents/{other}")
    expect(page.locator(".desk-bar")).to_contain_text(re.compile(f"of {len(ids)} found"))
    steps = Counter(h.code for h in timeline(system.store, PORTAL, entry, document))
    assert (steps["add"], steps["document.ready"]) == (1, 1)
    went = Counter(h.code for h in timeline(system.store, PORTAL, entry, other))
    assert (went["review.checked_again"], went["document.ready"]) == (1, 2)
    assert went["document.retried"] >= 1
