"""The review desk in a real browser: by keyboard alone, without scripts, two at once, barriers."""

import pytest
from playwright.sync_api import expect

from storage.audit import acts_on
from storage.review_view import timeline
from storage.sessions import StaffRole
from storage.views import list_findings
from tests.browser.axe import ZOOMED, barriers, check
from tests.browser.desk_states import KIM, LEE, SAMPLES, states
from tests.browser.rig import PATIENCE

pytestmark = pytest.mark.all

PORTFOLIO = "asye-portfolio.docx"
"""A sample with 40 findings."""

HOSTILE = "<script>document.title='taken'</script> I met Zebedee Quillfeather.\u202e evil\u202c <b>x</b>"
expect.set_options(timeout=PATIENCE)


def left(page):
    return int(page.locator(".desk-bar strong").first.inner_text().split()[0])


def test_a_document_of_forty_findings_is_settled_in_sixty_key_presses(system, staff, put):
    address, entry, document = put(PORTFOLIO, (SAMPLES / PORTFOLIO).read_bytes())
    assert len(list_findings(system.store, "embedded", entry, document)) >= 35
    page = staff()
    presses = 0

    def press(*keys):
        nonlocal presses
        for key in keys:
            presses += 1
            page.keyboard.press(key)

    page.goto(f"{system.base}/desk")
    page.goto(address)
    near = page.locator("#near").inner_text()
    press("r")
    with page.expect_navigation():
        press("1")
    assert page.locator("#near").inner_text() != near
    assert "document.revealed:to_decide" in [n.action for n in acts_on(system.store, entry)]
    press("d")
    with page.expect_navigation():
        press("1")
    expect(page.locator("#status")).to_contain_text("Not personal data.")
    with page.expect_navigation():
        press("u")
    expect(page.locator("#status")).to_contain_text("Taken back.")
    while left(page):
        before = left(page)
        with page.expect_navigation():
            press("c")
        assert left(page) < before
        assert page.evaluate("document.activeElement.dataset.key") == "c"
    assert presses <= 60
    with page.expect_navigation():
        press("f")
    expect(page.get_by_role("heading", name="Finish this review")).to_be_visible()
    print("key presses:", presses)
    check(page)
    happened = [h.code for h in timeline(system.store, "embedded", entry, document)]
    assert {"dismiss", "undo", "confirm", "document.revealed"} <= set(happened)


def test_a_review_without_scripts_by_tab_and_enter(system, staff, put):
    address, entry, document = put("note.txt", b"I met Zebedee Quillfeather and Marjorie Ashdown at home.")
    page = staff(java_script_enabled=False)
    page.goto(address)
    while left(page):
        with page.expect_navigation():
            page.keyboard.press("Enter")  # the focus stands on what hides the finding at hand
    page.locator("#missed summary").press("Enter")
    page.locator("#words").fill("at home")
    page.locator("#new-kind").select_option("LOCATION")
    with page.expect_navigation():
        page.get_by_role("button", name="Add it everywhere").press("Enter")
    expect(page.locator("#status")).to_contain_text("Added")
    page.get_by_role("button", name="Finish: release or send back").click()
    page.get_by_label("Reason").select_option("agreed_to_be_named")
    page.get_by_role("button", name="Ask a second person").press("Enter")
    senior = staff(LEE, StaffRole.SENIOR_REVIEWER, java_script_enabled=False)
    senior.goto(f"{system.base}/desk?which=release")
    senior.locator(f"a[href$='{document}']").click()
    senior.get_by_role("button", name="Finish: release or send back").click()
    senior.get_by_role("button", name="Release with these words").press("Enter")
    expect(senior.locator("#status")).to_contain_text("Released.")
    codes = [h.code for h in timeline(system.store, "embedded", entry, document)]
    assert codes[-2:] == ["ask_release", "release"]


def test_a_second_reviewer_is_told_and_nothing_typed_is_lost(staff, put):
    address, _, _ = put("two.txt", b"I met Zebedee Quillfeather and Marjorie Ashdown at home.")
    kim, lee = staff(KIM), staff(LEE)
    lee.goto(address)
    kim.goto(address)
    with kim.expect_navigation():
        kim.keyboard.press("c")
    lee.locator("#missed summary").click()
    lee.locator("#words").fill("at home")
    lee.get_by_role("button", name="Add it everywhere").click()
    expect(lee.get_by_role("alert")).to_contain_text("Nothing was changed")
    assert lee.locator("#words").input_value() == "at home"
    check(lee)
    lee.get_by_role("button", name="Take it over").click()
    expect(lee.locator("#status")).to_contain_text("yours")
    with lee.expect_navigation():
        lee.keyboard.press("c")
    kim.keyboard.press("u")
    expect(kim.get_by_role("alert")).to_contain_text("Another reviewer")


def test_a_step_sent_from_two_tabs_is_taken_once(system, staff, put):
    address, entry, document = put("back.txt", b"I met Zebedee Quillfeather and Marjorie Ashdown at home.")
    page = staff()
    stale = page.context.new_page()
    page.goto(address)
    stale.goto(address)
    for tab in (page, stale):
        with tab.expect_navigation():
            tab.get_by_role("button", name="Hide it: identifies someone").click()
    expect(stale.locator("#status")).to_contain_text("To be hidden.")
    steps = [h for h in timeline(system.store, "embedded", entry, document) if h.code == "confirm"]
    assert len(steps) == 1


@pytest.mark.parametrize("scripts", [True, False])
def test_going_back_after_a_step_and_taking_it_again_does_nothing_twice(system, staff, put, scripts):
    address, entry, document = put("went.txt", b"I met Zebedee Quillfeather and Marjorie Ashdown at home.")
    page = staff(java_script_enabled=scripts)
    page.goto(address)
    first = page.locator(".desk-row--here a").get_attribute("href")
    page.goto(f"{system.base}{first}")
    hide = page.get_by_role("button", name="Hide it: identifies someone")
    with page.expect_navigation():
        hide.click()
    still = left(page)
    page.go_back()
    expect(page.locator("#here")).to_contain_text("To be hidden")
    assert left(page) == still
    with page.expect_navigation():
        hide.click()
    expect(page.locator("#status")).to_contain_text("To be hidden.")
    assert left(page) == still
    page.go_back()
    page.reload()
    steps = [h.code for h in timeline(system.store, "embedded", entry, document)]
    assert steps.count("confirm") == 1


def test_going_back_from_a_step_that_was_not_taken_takes_none(system, staff, put):
    address, entry, document = put("typed.txt", b"I met Zebedee Quillfeather and Marjorie Ashdown at home.")
    page, lee = staff(), staff(LEE)
    page.goto(address)
    page.locator("#missed summary").click()
    page.locator("#words").fill("at home")
    lee.goto(address)
    with lee.expect_navigation():
        lee.keyboard.press("c")
    page.get_by_role("button", name="Add it everywhere").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was changed")
    expect(page.locator("#words")).to_have_value("at home")
    page.go_back()
    expect(page.locator(".desk-notice")).to_contain_text("is working on this document")
    steps = [h.code for h in timeline(system.store, "embedded", entry, document)]
    assert (steps.count("confirm"), steps.count("add")) == (1, 0)


def test_strangers_text_is_inert(staff, put):
    address, _, _ = put("hostile.txt", HOSTILE.encode())
    page = staff()
    page.goto(address)
    assert "taken" not in page.title()
    assert page.locator(".desk-words script, .desk-words b").count() == 0
    expect(page.locator(".desk-words")).to_contain_text("<script>")
    expect(page.locator(".desk-words")).to_contain_text("[")
    expect(page.locator(".desk-words")).not_to_contain_text("Quillfeather")


def test_nothing_bars_anybody_from_any_page_in_any_state(system, staff, put):
    """At 1,280 pixels, and at 320: a narrow telephone, or 400 % zoom."""
    barred = {}
    for name, page in states(system, staff, put):
        for width in (ZOOMED, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            found = barriers(page)
            if found:
                barred[f"{name}, {width}"] = found
    assert barred == {}


def test_a_press_on_a_finding_in_the_picture_leads_to_it(staff, put):
    address, _, _ = put("record.pdf", (SAMPLES / "supervision-record.pdf").read_bytes())
    page = staff()
    page.goto(address)
    with page.expect_navigation():
        page.locator(".desk-spot").nth(2).click()
    here = page.locator("#here").inner_text().split()[0]
    expect(page.locator(".desk-row--here")).to_contain_text(here)
    assert "at=" in page.url


def test_single_keys_can_be_turned_off(staff, put):
    address, _, _ = put("keys.txt", b"I met Zebedee Quillfeather at home.")
    page = staff()
    page.goto(address)
    page.keyboard.press("?")
    page.locator("#keys-on").uncheck()
    page.locator("h1").click()
    before = page.url
    page.keyboard.press("c")
    page.wait_for_timeout(300)
    assert page.url == before
    page.reload()
    assert not page.locator("#keys-on").is_checked()
