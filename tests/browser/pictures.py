"""Photographs the demo for the README. Run by bin/pictures; SITE=http://… takes a demo that runs already."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from io import BytesIO

from PIL import Image
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.conftest import FLAGS, MISSING, find_chromium
from tests.browser.site import NARROW, REPOSITORY, SPACE, WIDE, Site, demo

FOLDER = REPOSITORY / "docs" / "pictures"
MOST_BYTES = 200_000
COLOURS = (256, 192, 128, 96, 64)
DRAWN = """() => document.fonts.ready.then(() =>
  Promise.all([...document.images].filter((one) => one.loading !== "lazy").map((one) => one.decode())))"""
THREAD = ("/search?q=lockout&kind=question&solved=1", r"/q/\d+/[\w-]+")


def take(site: Site) -> None:
    """Take every picture, as Priya sees it."""
    thread = site.address_on("priya", *THREAD)
    views = {
        "home": ("/home", WIDE),
        "thread": (thread, WIDE),
        "space": (f"/spaces/{SPACE}/", WIDE),
        "phone": ("/home", NARROW),
    }
    for name, (address, viewport) in views.items():
        context = site.context("priya", viewport=viewport, device_scale_factor=2 if viewport is NARROW else 1)
        page = context.new_page()
        page.goto(address)
        expect(page.locator("[aria-busy=true], [hx-trigger=load]")).to_have_count(0)  # what comes after the page
        page.evaluate(DRAWN)
        keep(name, page.screenshot())
        context.close()


def keep(name: str, png: bytes) -> None:
    """Write a picture with as many colours as fit into MOST_BYTES."""
    whole = Image.open(BytesIO(png)).convert("RGB")
    path = FOLDER / f"{name}.png"
    for colours in COLOURS:
        whole.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size <= MOST_BYTES:
            break
    print(f"{path.relative_to(REPOSITORY)}: {path.stat().st_size / 1000:.0f} kB, {colours} colours")


def main() -> None:
    path = find_chromium()
    if path is None:
        sys.exit(MISSING)
    FOLDER.mkdir(parents=True, exist_ok=True)
    running = os.environ.get("SITE")
    with sync_playwright() as playwright, nullcontext(running) if running else demo() as address:
        browser: Browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        take(Site(address, browser))
        browser.close()


if __name__ == "__main__":
    main()
