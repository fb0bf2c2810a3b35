"""Every page of the desk in every state that it can be in, one after the other."""

import re
from pathlib import Path

from playwright.sync_api import expect

from models.entry import DocumentStatus, FormKind, Step
from models.upload import Upload
from storage.documents import add_document
from storage.review_decisions import take
from storage.review_step import ReviewStep
from storage.schema import DocumentRow
from storage.sessions import StaffRole
from storage.views import list_findings

SAMPLES = Path(__file__).parents[1] / "samples"
KIM, LEE = "a" * 32, "b" * 32
LEFT_ALONE = "Ottoline Vanterpool"
"""Who comes onto the list that leaves names alone: nobody whom another test of this service looks for."""
QUEUES = ("", "?which=release", "?which=asked&age=1&outcome=blocked", "?which=refused", "?which=failed")


def refused_and_failed(system):
    """Put a document that could not be read on the desk, and one whose check failed."""
    made = []
    for data in (b"%PDF-1.4 cut off", b"I met Zebedee Quillfeather."):
        entry = system.new_entry(FormKind.UNSTRUCTURED)
        name = "cut.pdf" if data.startswith(b"%") else "note.txt"
        document = add_document(system.store, "embedded", entry, Upload(name, data)).document
        system.wait_checked(entry, 240)
        made.append((f"{system.base}/desk/entries/{entry}/documents/{document}", document))
    with system.store.records.write() as session:
        session.get_one(DocumentRow, made[1][1]).status = DocumentStatus.FAILED
    return [address for address, _ in made]


def propose(system, put):
    """Have reviewers dismiss one word in two records, so that a list is proposed to hold it."""
    for name in ("one.txt", "two.txt"):
        _, entry, document = put(name, f"I met {LEFT_ALONE} at home.".encode())
        found = list_findings(system.store, "embedded", entry, document)[0].id
        step = ReviewStep(document, 1, Step.DISMISS, "public_figure", found)
        take(system.store, "embedded", entry, step, "c" * 32)


def repaired():
    """Break the end of a PDF: it can be read, and something may be missing."""
    whole = (SAMPLES / "training-certificate.pdf").read_bytes()
    return re.sub(rb"startxref\s+\d+", b"startxref\n7", whole)


def states(system, staff, put):
    """Walk through every page of the desk in every state that it can be in."""
    refused, failed = refused_and_failed(system)
    propose(system, put)
    address, _, _ = put("record.pdf", (SAMPLES / "supervision-record.pdf").read_bytes())
    senior = (LEE, StaffRole.SENIOR_REVIEWER)
    page, second = staff(*senior), staff(KIM, StaffRole.SENIOR_REVIEWER)
    stale = page.context.new_page()
    stale.goto(address)
    for path in (
        "",
        "?which=release",
        "?which=asked&age=1&outcome=blocked",
        "?which=refused",
        "?which=failed",
    ):
        page.goto(f"{system.base}/desk{path}")
        yield f"queue {path}", page
    for name, path in (("refused", refused), ("failed", failed), ("masked", address)):
        page.goto(path)
        yield name, page
    page.goto(put("repaired.pdf", repaired())[0])
    expect(page.get_by_text("Not everything could be read")).to_be_visible()
    yield "hard to read", page
    yield from _at_work(page, stale, second, address)
    yield from _finished(page, second, address)
    yield from _aside(system, page)


def _at_work(page, stale, second, address):
    picture = page.locator(".desk-picture")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("e => e.complete && e.naturalWidth > 300", arg=picture.element_handle())
    page.locator(".desk-spot").first.wait_for()
    for details in page.locator("details").all():
        details.evaluate("d => { d.open = true }")
    yield "everything open", page
    page.goto(address)
    page.keyboard.press("r")
    with page.expect_navigation():
        page.keyboard.press("1")
    yield "revealed", page
    with page.expect_navigation():
        page.keyboard.press("c")
    yield "a step taken", page
    stale.locator("#missed summary").click()
    stale.locator("#words").fill("team manager")
    stale.get_by_role("button", name="Add it everywhere").click()
    expect(stale.get_by_role("alert")).to_contain_text("Nothing was changed")
    yield "a stale tab", stale
    second.goto(address)
    yield "another has it", second


def _finished(page, second, address):
    page.goto(f"{address}/finish")
    yield "finish", page
    page.get_by_label("Reason").select_option("agreed_to_be_named")
    page.get_by_role("button", name="Ask a second person").click()
    for who, name in ((page, "own request"), (second, "second person")):
        who.goto(f"{address}/finish")
        yield name, who
    second.get_by_role("button", name="Release with these words").click()
    expect(second.locator("#status")).to_contain_text("Released.")
    yield "released", second
    page.goto(address)
    yield "settled", page
    page.goto(f"{address}/timeline")
    yield "timeline", page


def _aside(system, page):
    page.goto(f"{system.base}/desk/lists")
    expect(page.get_by_text("would remove 2 false alarms")).to_be_visible()
    yield "a proposal", page
    page.get_by_label("Type the word to adopt it").fill(LEFT_ALONE)
    page.get_by_role("button", name="Leave it alone everywhere").click()
    yield "a word on a list", page
    page.goto(f"{system.base}/desk/samples")
    yield "samples", page
    page.get_by_role("button", name="Draw").click()
    yield "a sample", page
    page.goto(f"{system.base}/desk/statistics")
    yield "figures", page
