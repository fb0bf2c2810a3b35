"""What the pages cost: server time with many records, what a page weighs, and when a first warning shows."""

from __future__ import annotations

import math
import os
import sys
import tempfile
import time
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Page

from cli.embedded import PORTAL
from models.entry import FormKind
from storage.checked import view_checked
from storage.entries import NewEntry, create_entry, save_answers
from storage.sessions import begin_session
from tests.browser.rig import System, find_chromium, seat, started_browser, started_system

RECORDS = 2000
OWN = 200
"""How many of the records are the practitioner's own."""

TIMES = 40
PASTES = 10
SENTENCE = "I learnt to ask what a child's day is like before I name a risk to anybody in the family. "
NAMED = "I visited Zebedee Quillfeather at home, and his mother, Marjorie, told me how tired she was. "
FIRST = "Zebedee Marjorie Tobias Philippa Desmond Rosalind Cuthbert Imogen Lysander Winifred".split()  # noqa: SIM905  (reads better)
LAST = "Quillfeather Thistlewood Penhaligon Wetherspoke Gorringe Larkspur Pettifer Ravenscar Strang".split()  # noqa: SIM905
VISITS = 100
CHECK_SECONDS = 600


def main() -> None:
    """Measure, and print one line for each figure."""
    path = find_chromium()
    if path is None:
        sys.exit("No browser: install Debian's chromium (tests/browser/install-chromium.sh).")
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with (
        tempfile.TemporaryDirectory() as home,
        started_system(Path(home)) as system,
        started_browser(path) as browser,
    ):
        pages = _pages(system)
        _weights(system, browser, pages)
        _first_warning(system, browser, system.new_entry())
        _fill(system)
        _server_times(system, pages)


def _pages(system: System) -> dict[str, str]:
    """Make a record with answers and a document of 300 findings. Return its pages' addresses, by name."""
    entry = system.new_entry()
    system.write(entry, {"type": "Reading", "learnt": NAMED + SENTENCE * 20})
    document = system.upload(entry, "portfolio.txt", _portfolio().encode())
    system.wait_checked(entry, CHECK_SECONDS)
    results = view_checked(system.store, PORTAL, entry, document).results
    assert results is not None
    print(f"the document: {len(results.judgements)} findings in {len(results.warnings)} warnings")
    base = f"/entries/{entry}"
    return {
        "records": "/entries",
        "a record": base,
        "files": f"{base}/files",
        "the document, first page": f"{base}/documents/{document}",
        "the document, second page": f"{base}/documents/{document}?page=2",
        "its redacted copy": f"{base}/documents/{document}/copy",
        "parts": f"{base}/parts",
        "submit": f"{base}/submit",
    }


def _portfolio() -> str:
    """Write a text in which well over 300 places tell of somebody."""
    visits = (
        f"On {1 + n % 28} March 2024 I visited {FIRST[n % 10]} {LAST[n % 9]} at {n + 3} {LAST[n % 7]} Road. "
        f"My colleague {FIRST[(3 * n + 5) % 10]} {LAST[(4 * n + 1) % 9]} came too. We talked about what had "
        "changed at home and what each of them would like to be different by the summer."
        for n in range(VISITS)
    )
    return "\n\n".join(visits)


def _first_warning(system: System, browser: Browser, entry: str) -> None:
    """Paste a reflection of 1,400 words and wait for the first warning beside it; the first paste is cold."""
    page = seat(system, browser).new_page()
    page.goto(f"{system.base}/entries/{entry}")
    words = (NAMED + SENTENCE * 90).split()[:1400]
    times = [_paste(page, " ".join(words) + f" {'Again. ' * turn}") for turn in range(PASTES + 1)]
    warm = sorted(times[1:])
    print("first warning, seconds:", " ".join(f"{t:.2f}" for t in warm), f"(cold: {times[0]:.2f})")


def _paste(page: Page, text: str) -> float:
    page.locator("#answer-learnt").fill("")
    page.locator("#told-learnt li").first.wait_for(state="detached")
    page.wait_for_timeout(1500)
    begun = time.monotonic()
    page.evaluate(
        "text => { const box = document.getElementById('answer-learnt'); box.value = text;"
        "box.dispatchEvent(new InputEvent('input', {bubbles: true, inputType: 'insertFromPaste'})); }",
        text,
    )
    page.locator("#told-learnt li").first.wait_for()
    return time.monotonic() - begun


def _weights(system: System, browser: Browser, pages: dict[str, str]) -> None:
    """Count what a browser with an empty cache takes over the line for a page."""
    for name, path in pages.items():
        page = seat(system, browser).new_page()
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        taken: list[float] = []
        line.on(
            "Network.loadingFinished", lambda event, taken=taken: taken.append(event["encodedDataLength"])
        )
        page.goto(system.base + path)
        page.wait_for_timeout(1000)
        print(f"weight of {name}: {sum(taken) / 1024:.0f} KB")
        page.context.close()


def _fill(system: System) -> None:
    for number in range(RECORDS):
        own = number < OWN
        who = "EXAMPLE-1" if own else f"OTHER-{number % 300}"
        new = NewEntry(who, "Rowan Hale" if own else None, FormKind.SINGLE, "swe-4", "2025-26")
        entry = create_entry(system.store, PORTAL, new)
        save_answers(system.store, PORTAL, entry, {"type": f"Reading {number}", "learnt": SENTENCE * 20}, 1)


def _server_times(system: System, pages: dict[str, str]) -> None:
    """Time pages one by one, while a worker checks what the records hold."""
    secret = begin_session(system.store, system.practitioner(), None)
    with httpx.Client(base_url=system.base, cookies={"evidence": secret}, timeout=60) as client:
        for name, path in pages.items():
            times = sorted(_time(client, path) for _ in range(TIMES))
            p95 = times[math.ceil(0.95 * TIMES) - 1]
            print(f"{name}: p50 {1000 * times[TIMES // 2]:.0f} ms, p95 {1000 * p95:.0f} ms")


def _time(client: httpx.Client, path: str) -> float:
    begun = time.perf_counter()
    client.get(path).raise_for_status()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
