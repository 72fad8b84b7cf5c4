"""The system's Chromium for the browser tests, a clear word where there is none, and the product to look at."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.site import Site, demo

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ELSEWHERE = ("/usr/lib/chromium/chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NO_SIGNAL = ("Failed to load resource: net::", "Failed to fetch")
MISSING = (
    "There is no Chromium on this machine. Install it to run the browser tests: apt-get install chromium (Debian), "
    "dnf install chromium (Fedora), brew install --cask chromium (macOS), or name one in CHROMIUM."
)


def find_chromium() -> str | None:
    """Return the path of a Chromium or Chrome: the one named in CHROMIUM, one on the path, or one in a usual place."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or next((path for path in ELSEWHERE if os.access(path, os.X_OK)), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One running browser for all browser tests of this process; a test opens its own contexts in it."""
    path = find_chromium()
    if path is None:
        pytest.skip(MISSING)
    # Django refuses database work beside a running event loop, and the browser's driver keeps one in this thread.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(chromium: Browser) -> Iterator[Site]:
    """The running product, started once. SITE=http://… names a demo that runs already, for quick repeats."""
    if running := os.environ.get("SITE"):
        yield Site(running, chromium)
        return
    with demo() as address:
        yield Site(address, chromium)


@pytest.fixture
def visit(site: Site, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page as somebody: `visit("noah", "/home", color_scheme="dark")`.

    Anything a script throws or the browser complains of in its console fails the test; what says that nothing can be
    reached does so too, but for tests marked `without_signal`.
    """
    without_signal = request.node.get_closest_marker("without_signal") is not None
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        # A page that is not there is looked for by the tests themselves; without signal nothing should arrive.
        expected = ["Failed to load resource: the server responded", *(NO_SIGNAL if without_signal else [])]
        if message.type == "error" and not any(words in message.text for words in expected):
            complaints.append(f"{message.location.get('url')}: {message.text}")

    def opened(handle: str | None, path: str = "", **options: Any) -> Page:
        context = site.context(handle, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", heard)
        if path:
            page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints, "The browser complained:\n" + "\n".join(complaints)
