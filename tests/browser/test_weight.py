"""What an ordinary page weighs, and how soon a phone on a bad line shows something."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from tests.browser.pages import walk
from tests.browser.site import NARROW, SPACE, Site

if TYPE_CHECKING:
    from playwright.sync_api import Response

KIB = 1024
MOST_SCRIPT, MOST_STYLE = 60 * KIB, 45 * KIB
FIRST_PAINT = """() => new Promise((resolve) => new PerformanceObserver((list) => {
  for (const entry of list.getEntriesByName("first-contentful-paint")) resolve(entry.startTime);
}).observe({ type: "paint", buffered: true }))"""
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}


@pytest.mark.parametrize("kind", ["home", "space", "thread", "profile"])
def test_an_ordinary_page_is_light(site: Site, kind: str) -> None:
    thread = next(address for _, address in walk(site) if address.startswith("/q/"))
    address = {"home": "/home", "space": f"/spaces/{SPACE}/", "thread": thread, "profile": "/people/tomasz"}[kind]
    context = site.context("priya", viewport=NARROW)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", LINE)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address, wait_until="load")
    first_paint_ms = page.evaluate(FIRST_PAINT)
    weights = {"script": 0, "stylesheet": 0, "document": 0, "font": 0, "image": 0}
    for answer in answers:
        if answer.request.resource_type in weights and answer.status == 200:
            weights[answer.request.resource_type] += len(gzip.compress(answer.body(), 6))
    context.close()
    said = ", ".join(f"{name} {size / KIB:.1f} KiB" for name, size in weights.items())
    print(f"{kind}: first contentful paint {first_paint_ms:.0f} ms at 1.6 Mbit/s, 150 ms, processor / 4; gzip {said}")
    assert weights["script"] <= MOST_SCRIPT
    assert weights["stylesheet"] <= MOST_STYLE
