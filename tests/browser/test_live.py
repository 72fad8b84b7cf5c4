"""What a colleague writes reaches an open page within two seconds, moves nothing, and reaches nobody else."""

from __future__ import annotations

import time
from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.browser.site import Site

Visit = Callable[..., Page]
WITHIN_MS = 2000
WATCH_SHIFTS = """() => {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts.push(entry.value);
  }).observe({ type: "layout-shift", buffered: false });
}"""


def listening(page: Page, address: str) -> None:
    """Open a page and wait until its event stream is open."""
    with page.expect_response("**/live/stream*") as stream:
        page.goto(address)
    assert stream.value.ok
    expect(page.locator("[aria-busy=true]")).to_have_count(0)


def test_a_post_waits_behind_the_pill_and_moves_nothing(visit: Visit, site: Site) -> None:
    page = visit("priya")
    listening(page, "/home")
    page.mouse.wheel(0, 400)
    page.evaluate(WATCH_SHIFTS)
    words = f"Look at the valve {uuid4().hex[:8]}"
    site.make("noah", "post", source=words)
    posted = time.monotonic()
    pill = page.locator("[data-new-posts]")
    expect(pill).to_be_visible(timeout=WITHIN_MS)
    print(f"a post arrived {(time.monotonic() - posted) * 1000:.0f} ms after it was acknowledged")
    expect(page.locator("#feed")).not_to_contain_text(words)
    # A digit of a clock may change its width by a hair; 0.001 is a hundredth of what is called good.
    assert sum(page.evaluate("window.shifts")) < 0.001
    pill.click()
    expect(page.locator("#feed")).to_contain_text(words)
    expect(pill).to_be_hidden()


def test_it_never_reaches_somebody_who_may_not_read_it(visit: Visit, site: Site) -> None:
    """Callum posts in a secret space. Sinéad, who is in it, hears of it; Priya hears only of what comes after."""
    inside, outside = visit("sinead"), visit("priya")
    heard: list[str] = []
    outside.on("request", lambda request: heard.append(request.url))
    listening(inside, "/home")
    listening(outside, "/home")
    site.make("callum", "post", source="About the rota talks", space="works-council")
    expect(inside.locator("[data-new-posts]")).to_be_visible(timeout=WITHIN_MS)
    site.make("noah", "post", source="For everybody here")
    pill = outside.locator("[data-new-posts]")
    expect(pill).to_be_visible(timeout=WITHIN_MS)
    expect(pill).to_contain_text("1 new post")
    pill.click()
    expect(outside.locator("#feed")).to_contain_text("For everybody here")
    expect(outside.locator("#feed")).not_to_contain_text("About the rota talks")


def test_an_answer_announces_itself_at_the_end_of_an_open_thread(visit: Visit, site: Site) -> None:
    address = site.ask("noah", f"Is the pump meant to hum? {uuid4().hex[:8]}")
    page = visit("noah")
    listening(page, address)
    page.evaluate(WATCH_SHIFTS)
    site.send("tomasz", f"{address.rsplit('/', 1)[0]}/answers", source="It is not.", key=uuid4().hex)
    line = page.locator("[data-new-answers]")
    expect(line).to_contain_text("1 new", timeout=WITHIN_MS)
    line.click()
    expect(page.get_by_role("article", name="Answer by Tomasz")).to_contain_text("It is not.")


def test_the_inbox_counts_without_a_reload(visit: Visit, site: Site) -> None:
    address = site.ask("ingrid", f"Whose ladder is this? {uuid4().hex[:8]}")
    page = visit("ingrid")
    listening(page, "/people")
    badge = page.locator(".side [data-unread] [data-count]")
    before = int(badge.text_content() or "0")
    site.send("tomasz", f"{address.rsplit('/', 1)[0]}/answers", source="Mine.", key=uuid4().hex)
    expect(badge).to_have_text(str(before + 1), timeout=WITHIN_MS)
