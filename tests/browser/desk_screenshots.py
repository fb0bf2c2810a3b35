"""Pictures of the review desk for `docs/screenshots`, made from the running system and the samples."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from models.entry import FormKind, Step
from models.upload import Upload
from storage.accounts import load_accounts, save_accounts
from storage.decisions import NewDecision, decide
from storage.documents import add_document
from storage.sessions import StaffRole, begin_session
from storage.views import list_findings
from tests.browser.rig import System, find_chromium, started_browser, started_system
from tests.browser.screenshots import OUT

SAMPLES = Path(__file__).parents[1] / "samples"
FILES = ("asye-portfolio.docx", "supervision-record.pdf", "direct-observation.docx")
STEPS = 4
"""Findings that are decided before the picture is taken."""


def main() -> None:
    """Take every picture."""
    path = find_chromium()
    if path is None:
        sys.exit("No browser: install Debian's chromium (tests/browser/install-chromium.sh).")
    with (
        tempfile.TemporaryDirectory() as home,
        started_system(Path(home)) as system,
        started_browser(path) as browser,
    ):
        kim = _account(system)
        entry = system.new_entry(FormKind.UNSTRUCTURED)
        documents = [_put(system, entry, name) for name in FILES]
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(120_000)
        secret = begin_session(system.store, kim, StaffRole.SENIOR_REVIEWER)
        context.add_cookies([{"name": "evidence", "value": secret, "url": system.base}])
        page = context.new_page()

        def take(name: str, path: str) -> None:
            page.goto(f"{system.base}/desk{path}", wait_until="networkidle")
            page.screenshot(path=OUT / f"desk-{name}.png")

        word, pdf = (f"/entries/{entry}/documents/{document}" for document in documents[:2])
        take("queue", "")
        take("masked", pdf)
        page.goto(f"{system.base}/desk{word}")
        page.keyboard.press("r")
        with page.expect_navigation():
            page.keyboard.press("1")
        for _ in range(STEPS):
            with page.expect_navigation():
                page.keyboard.press("c")
        page.screenshot(path=OUT / "desk-document.png")
        take("timeline", f"{word}/timeline")
        take("finish", f"{word}/finish")
        take("figures", "/statistics")
        page.set_viewport_size({"width": 320, "height": 800})
        take("narrow", word)


def _account(system: System) -> str:
    path = system.settings.staff_path
    accounts = load_accounts(path).add("Kim Ashdown", StaffRole.SENIOR_REVIEWER, "correct horse battery")
    save_accounts(path, accounts)
    return next(a.id for a in accounts.accounts if a.name == "Kim Ashdown")


def _put(system: System, entry: str, name: str) -> str:
    """Upload a sample and ask about its first finding, as its writer does."""
    upload = Upload(name, (SAMPLES / name).read_bytes())
    document = add_document(system.store, "embedded", entry, upload).document
    system.wait_checked(entry, 300)
    found = list_findings(system.store, "embedded", entry, document)
    first = next(f.id for f in found if f.verdict == "block")
    asked = NewDecision(document, 1, first, Step.NOT_PERSONAL, "public_figure")
    decide(system.store, "embedded", entry, asked)
    return document


if __name__ == "__main__":
    main()
