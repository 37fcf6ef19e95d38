"""A real Chromium for the tests."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
# A browser that keeps to itself: no look-ups, no updates.
SWITCHES = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser of this machine."""
    path = next(found for found in map(shutil.which, NAMES) if found)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*SWITCHES, *sandbox])
        yield browser
        browser.close()


@contextmanager
def new_page(browser: Browser, address: str, *, scripts: bool, width: int = 1280) -> Iterator[Page]:
    """Open a page of its own; at the end nothing may have been complained of on the console."""
    context = browser.new_context(
        base_url=address, java_script_enabled=scripts, viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    yield page
    # A page that is left half loaded drops its connections, of which the server would complain.
    page.wait_for_load_state("networkidle")
    context.close()
    assert not complaints, "\n".join(complaints)
