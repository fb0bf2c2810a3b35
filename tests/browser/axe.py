"""What bars people from a page: everything axe knows of WCAG 2.2 AA, and having to move it sideways."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.rig import is_wide

OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
"""All rules that run by themselves, and the one of WCAG 2.2 that does not."""

ZOOMED = 320
"""What a window of 1,280 pixels is at 400 % zoom, and what a narrow telephone is."""


def barriers(page: Page) -> list[str]:
    """List what bars somebody from a page as it stands now."""
    page.wait_for_load_state()
    found = Axe().run(page, options=OPTIONS).response["violations"]
    told = [f"{v['id']}: {[n['html'][:200] for n in v['nodes'][:5]]}" for v in found]
    return told + (["it must be moved sideways"] if is_wide(page) else [])


def check(page: Page) -> None:
    """Hold that nothing bars anybody from a page as it stands now."""
    assert not barriers(page)
