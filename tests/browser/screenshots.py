"""Pictures of the practitioner's pages for `docs/screenshots`, made from the running system's examples."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from storage.sessions import end_sessions_of
from storage.views import view_entry
from tests.browser.rig import System, find_chromium, seat, started_browser, started_system

OUT = Path(__file__).parents[2] / "docs" / "screenshots"
ANSWERS = {
    "type": "A home visit with my practice educator",
    "description": "It is relevant because I work with families in which several needs come together.",
    "date": "2 September 2026",
    "learnt": "I visited Zebedee Quillfeather at home in Quaymouth. His mother, Marjorie, told me how "
    "tired she was. Munro (2011) helped me to ask what the child's day was like. My manager, Priya "
    "Nandakumar, reminded me to write down what I saw before what I thought.",
    "impact": "I now begin each visit by asking what has changed, and families tell me more.",
}
OLD_WORD = b"\xd0\xcf\x11\xe0" * 200
LATER = "I learnt to ask what a child's day is like before I name a risk, and to say what I saw first."


def main() -> None:
    """Take every picture."""
    path = find_chromium()
    if path is None:
        sys.exit("No browser: install Debian's chromium (tests/browser/install-chromium.sh).")
    OUT.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        started_system(Path(home)) as system,
        started_browser(path) as browser,
    ):
        context = seat(system, browser)
        page = context.new_page()
        _record(system, page)
        _files(system, page)
        page.set_viewport_size({"width": 320, "height": 900})
        page.goto(page.url.split("/files")[0])
        _take(page, "record-narrow", whole=False)
        page.set_viewport_size({"width": 1200, "height": 900})
        page.goto(f"{system.base}/entries")
        _take(page, "records")
        end_sessions_of(system.store, system.practitioner())
        page.reload()
        _take(page, "session-ended")
        page.goto(f"{system.base}/")
        _take(page, "start")


def _record(system: System, page: Page) -> None:
    """Write a record, and look at what was found in it, at its parts and at what is still needed."""
    entry = system.new_entry()
    at = f"{system.base}/entries/{entry}"
    page.goto(at)
    for question, text in ANSWERS.items():
        page.locator(f"#answer-{question}").fill(text)
    page.locator("#told-learnt li").first.wait_for()
    system.wait_checked(entry)
    page.goto(at)
    page.set_viewport_size({"width": 1200, "height": 1500})
    _take(page, "record", whole=False)
    page.set_viewport_size({"width": 1200, "height": 900})
    page.goto(system.base + str(page.locator("#checked a").get_attribute("href")))
    _take(page, "findings")
    page.goto(f"{at}/submit")
    _take(page, "still-needed")
    page.goto(at)
    page.locator("#answer-learnt").fill(LATER)
    page.locator("#told-learnt li").first.wait_for(state="detached")
    page.goto(f"{at}/parts")
    _take(page, "parts")
    page.goto(f"{at}/submit")
    _take(page, "ready")


def _files(system: System, page: Page) -> None:
    entry = system.new_entry()
    page.goto(f"{system.base}/entries/{entry}/files")
    named = f"Supervision, 3 September 2026. {ANSWERS['learnt']}"
    page.locator("#file").set_input_files(
        [
            {"name": "supervision notes.txt", "mimeType": "text/plain", "buffer": named.encode()},
            {"name": "journal club.txt", "mimeType": "text/plain", "buffer": LATER.encode()},
            {
                "name": "certificate.doc",
                "mimeType": "application/msword",
                "buffer": OLD_WORD,
            },
        ]
    )
    page.get_by_role("button", name="Send").click()
    page.locator("#files-list .app-row").nth(2).wait_for()
    system.wait_checked(entry)
    page.reload()
    _take(page, "files")
    document = next(
        d.id for d in view_entry(system.store, "embedded", entry).documents if d.outcome == "blocked"
    )
    page.goto(f"{system.base}/entries/{entry}/documents/{document}/copy")
    _take(page, "redacted-copy")
    page.goto(f"{system.base}/entries/{entry}/files")


def _take(page: Page, name: str, *, whole: bool = True) -> None:
    page.screenshot(path=OUT / f"{name}.png", full_page=whole)
    print(name)


if __name__ == "__main__":
    main()
