"""The system's Chromium for the browser tests, and a clear word where there is none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

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
