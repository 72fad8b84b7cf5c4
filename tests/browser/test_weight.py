"""What an ordinary page weighs, and how soon a phone on a bad line shows something."""

from __future__ import annotations

import gzip
import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.site import NARROW, SPACE, Site

if TYPE_CHECKING:
    from playwright.sync_api import Response

KIB = 1024
MOST_SCRIPT, MOST_STYLE, MOST_FONT, MOST_SHIFT = 60 * KIB, 45 * KIB, 66 * KIB, 0.02
"""Of layout shift, what letters take that are a little wider or narrower than those of the system before them."""
BYTES_A_MS, ROUND_TRIP_MS, PHONE_SLOWER, MOST_MS = 200, 150, 4, 1000
"""A phone at 1.6 Mbit/s with a quarter of our processor. What its first paint takes is counted from bytes, round trips
and the processor time of the page's thread: seconds measure what else the machine does."""
OF_A_THREAD = ["disabled-by-default-devtools.timeline", "blink.user_timing", "loading"]
BARE = "/manifest.webmanifest"
FIRST_PAINT = """() => new Promise((resolve) => new PerformanceObserver((list) => {
  for (const entry of list.getEntriesByName("first-contentful-paint")) resolve(entry.startTime);
}).observe({ type: "paint", buffered: true }))"""
SHIFTED = """async () => {
  await document.fonts.ready;
  let sum = 0;
  const what = [];
  const box = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(" ");
  const add = (shifts) => {
    for (const one of shifts.getEntries()) {
      sum += one.value;
      for (const { node, previousRect, currentRect } of one.sources) {
        const { tagName, className } = (node?.nodeType === 1 ? node : node?.parentElement) ?? {};
        const moved = `${box(previousRect)} > ${box(currentRect)}`;
        what.push(`${one.value.toFixed(4)} ${tagName} .${className}: ${moved}`);
      }
    }
  };
  new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
  await new Promise((drawn) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  return [sum, what.join("\\n")];
}"""
STYLES = """() => document.querySelector("head > style").textContent"""
KEPT = """() => new Promise((kept) => {
  const link = document.querySelector("head > link[rel=prefetch]");
  link.addEventListener("load", kept);
  link.href = link.href + "?";
})"""
PAGE_HAD = """() => performance.getEntriesByType("navigation")[0].responseEnd"""
TIMES = """() => performance.getEntriesByType("resource").map((one) => [one.name, one.requestStart, one.responseEnd])"""
LINE = {"offline": False, "latency": ROUND_TRIP_MS, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}


@pytest.mark.parametrize("kind", ["home", "space", "thread", "profile"])
def test_an_ordinary_page_is_light(site: Site, kind: str) -> None:
    thread = site.address_on("priya", "/search?q=lockout&kind=question&solved=1", r"/q/\d+/[\w-]+")
    address = {"home": "/home", "space": f"/spaces/{SPACE}/", "thread": thread, "profile": "/people/tomasz"}[kind]
    context = site.context("priya", viewport=NARROW)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", LINE)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    answer = page.goto(address, wait_until="load")
    assert answer is not None
    assert answer.ok
    first_paint_ms = page.evaluate(FIRST_PAINT)
    shifted, what_shifted = page.evaluate(SHIFTED)
    times = {name.partition("#")[0]: (asked, had) for name, asked, had in page.evaluate(TIMES)}
    weights = {"script": 0, "stylesheet": 0, "document": 0, "font": 0, "image": 0}
    kept = [answer for answer in answers if answer.request.resource_type in weights and answer.status == 200]
    packed = {answer.url: len(gzip.compress(answer.body(), 6)) for answer in kept}
    page_had = page.evaluate(PAGE_HAD)
    script_asked = next(asked for name, (asked, _) in times.items() if "/app." in name and name.endswith(".js"))
    before = [name for name, (asked, _) in times.items() if asked < page_had] + [page.url]
    line_ms = ROUND_TRIP_MS + sum(packed.get(name, 0) for name in before) / BYTES_A_MS
    for answer in kept:
        weights[answer.request.resource_type] += packed[answer.url]
    weights["stylesheet"] = max(len(gzip.compress(page.evaluate(STYLES).encode(), 6)), weights["stylesheet"])
    context.close()
    work_ms = min(processor_ms(site, address) for _ in range(3))
    said = ", ".join(f"{name} {size / KIB:.1f} KiB" for name, size in weights.items())
    paint = f"first contentful paint {first_paint_ms:.0f} ms at 1.6 Mbit/s, 150 ms, processor / 4"
    counted_ms = line_ms + PHONE_SLOWER * work_ms
    counted = f"counted {counted_ms:.0f}: line {line_ms:.0f}, processor {PHONE_SLOWER} × {work_ms:.0f}"
    print(f"{kind}: {paint}; {counted}; shifted {shifted:.4f}; gzip {said}")
    assert weights["script"] <= MOST_SCRIPT
    assert weights["stylesheet"] <= MOST_STYLE
    assert weights["font"] <= MOST_FONT
    assert shifted <= MOST_SHIFT, what_shifted
    assert script_asked >= page_had, "The script shares the line with the page and its styles, which is what is shown."
    assert counted_ms <= MOST_MS


def processor_ms(site: Site, address: str) -> float:
    """Return the processor time that the page's own thread needs up to its first paint.

    The thread is there before the trace begins, from a page without styles and script. One that begins with the page
    joins the trace when it gets round to it: on a busy machine late, with tasks missing, or after the paint, with none.
    """
    context = site.context("priya", viewport=NARROW)
    page = context.new_page()
    page.goto(BARE)
    site.browser.start_tracing(page=page, categories=OF_A_THREAD)
    page.evaluate("1")  # work of this thread before the page's
    before = scheduled()
    page.goto(address, wait_until="load")
    page.evaluate(FIRST_PAINT)
    after = scheduled()
    events = json.loads(site.browser.stop_tracing())["traceEvents"]
    context.close()
    start = next(e for e in events if e["name"] == "navigationStart" and address in json.dumps(e["args"]))
    visit = start["args"]["data"]["navigationId"]
    paint = next(e for e in events if e["name"] == "firstContentfulPaint" and visit in json.dumps(e["args"]))
    tasks = [e for e in events if e["name"] == "RunTask" and (e["pid"], e["tid"]) == (paint["pid"], paint["tid"])]
    assert min(e["ts"] for e in tasks) < start["ts"], "The trace began after the page did, and misses some of its work."
    ran, waited = (now - then for now, then in zip(after[paint["pid"]], before[paint["pid"]], strict=True))
    worked = (e for e in tasks if start["ts"] <= e["ts"] <= paint["ts"])
    # A browser that has run for long says of some tasks only how long they took by the clock.
    worked_ms = float(sum(e.get("tdur", e.get("dur", 0) * ran / (ran + waited)) for e in worked) / 1000)
    assert worked_ms > 1, "This browser does not say what its threads worked."
    return worked_ms


def scheduled() -> dict[int, tuple[int, int]]:
    """Return process → nanoseconds that its first thread ran, and that it waited for a processor."""
    found = {}
    for file in Path("/proc").glob("[0-9]*/schedstat"):
        with suppress(OSError):
            ran, waited, _turns = file.read_text().split()
            found[int(file.parent.name)] = int(ran), int(waited)
    return found


def test_the_styles_are_in_the_page_until_the_browser_has_kept_them(site: Site) -> None:
    context = site.context("priya")
    page = context.new_page()
    page.goto("/home")
    assert page.locator("head > style[data-sheet]").count() == 1
    page.locator("head > link[rel=prefetch][as=style]").wait_for(state="attached")
    page.evaluate(KEPT)
    page.goto("/inbox")
    page.wait_for_function("document.cookie.includes('styles=app.')")
    page.goto("/home")
    assert page.locator("head > style").count() == 0
    assert page.locator("link[rel=stylesheet]").count() == 1
    context.close()
