"""What a colleague writes reaches an open page within two seconds, moves nothing, and reaches nobody else."""

from __future__ import annotations

import time
from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.browser.site import Site

Visit = Callable[..., Page]
WITHIN_MS = 2000
INVISIBLE = 0.0001
"""A layout shift score nobody sees: a relative time that grew by a part of a pixel. One line moved down gives 0.01."""

HEAR = """() => new Promise((resolve) => {
  window.heard = [];
  const source = new EventSource("/live/stream");
  source.addEventListener("item", (event) => window.heard.push(JSON.parse(event.data).id));
  source.onopen = () => resolve();
})"""
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
    assert sum(page.evaluate("window.shifts")) < INVISIBLE
    pill.click()
    expect(page.locator("#feed")).to_contain_text(words)
    expect(pill).to_be_hidden()


def test_it_never_reaches_somebody_who_may_not_read_it(visit: Visit, site: Site) -> None:
    """Callum posts in a secret space. Sinéad, who is in it, hears of it; Priya hears only of what comes after."""
    inside, outside = visit("sinead"), visit("priya")
    listening(inside, "/home")
    listening(outside, "/home")
    inside.evaluate(HEAR)
    outside.evaluate(HEAR)
    secret = number(site.make("callum", "post", source="About the rota talks", space="works-council"))
    public = number(site.make("noah", "post", source="For everybody here"))
    for page in (inside, outside):
        expect(page.locator("[data-new-posts]")).to_be_visible(timeout=WITHIN_MS)
    assert secret in inside.evaluate(UNTIL, public)
    assert secret not in outside.evaluate(UNTIL, public)
    outside.locator("[data-new-posts]").click()
    expect(outside.locator("#feed")).to_contain_text("For everybody here")
    expect(outside.locator("#feed")).not_to_contain_text("About the rota talks")


UNTIL = """(id) => new Promise((resolve) => {
  const look = () => window.heard.includes(id) ? resolve(window.heard) : requestAnimationFrame(look);
  look();
})"""


def number(address: str) -> int:
    """Return the id in the address of a post."""
    return int(address.split("/")[2])


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


def test_half_typed_words_outlive_the_new_answer(visit: Visit, site: Site) -> None:
    """A comment begun below an answer, and the caret in it, stay when the thread is brought up to date."""
    address = site.ask("noah", f"Is the fan meant to tick? {uuid4().hex[:8]}")
    place = address.rsplit("/", 1)[0]
    site.send("tomasz", f"{place}/answers", source="It is not.", key=uuid4().hex)
    page = visit("noah")
    listening(page, address)
    page.get_by_role("article", name="Answer by Tomasz").get_by_text("Comment", exact=True).click()
    field = page.get_by_label("Comment on what Tomasz Zieliński wrote")
    field.press_sequentially("And when it is co")
    field.evaluate("(field) => field.setSelectionRange(4, 8)")
    site.send("ingrid", f"{place}/answers", source="Mind the fan.", key=uuid4().hex)
    expect(page.locator("[data-new-answers]")).to_contain_text("1 new", timeout=WITHIN_MS)
    page.locator("[data-new-answers]").evaluate("(line) => line.click()")  # a press would take the focus away itself
    expect(page.get_by_role("article", name="Answer by Ingrid")).to_be_visible()
    expect(field).to_have_value("And when it is co")
    expect(field).to_be_focused()
    assert field.evaluate("(field) => [field.selectionStart, field.selectionEnd]") == [4, 8]


def test_half_typed_words_outlive_ones_own_answer_and_more_comments(visit: Visit, site: Site) -> None:
    """Posting an answer replaces all answers, and "more comments" replaces a list with the field at its end."""
    address = site.ask("noah", f"Which glue holds? {uuid4().hex[:8]}")
    item = address.split("/")[2]
    for words in ("One.", "Two.", "Three.", "Four."):
        site.send("tomasz", f"/items/{item}/comments", source=words, key=uuid4().hex)
    page = visit("noah", address)
    field = page.locator(f"#say-{item}")
    field.evaluate("(field) => field.focus()")
    field.press_sequentially("Half a thou")
    page.get_by_role("link", name="1 more comment").click()
    expect(page.get_by_text("Four.")).to_be_visible()
    expect(field).to_have_value("Half a thou")
    site.send("tomasz", f"/q/{item}/answers", source="None.", key=uuid4().hex)
    page.reload()
    below = page.get_by_label("Comment on what Tomasz Zieliński wrote")
    below.evaluate("(field) => field.focus()")
    below.press_sequentially("Really no")
    page.locator("#answer-text").fill("The grey one.")
    page.get_by_role("button", name="Post answer").click()
    expect(page.get_by_role("article", name="Answer by Noah")).to_be_visible()
    expect(below).to_have_value("Really no")
    expect(field).to_have_value("Half a thou")
    expect(page.locator("#answer-text")).to_have_value("")


def test_an_open_thread_says_that_somebody_changed_it(visit: Visit, site: Site) -> None:
    address = site.ask("noah", f"Which key fits? {uuid4().hex[:8]}")
    item = address.split("/")[2]
    reader, writer = visit("priya"), visit("noah")
    listening(reader, address)
    listening(writer, address)
    changed = {"title": "Which key fits the new box?", "source": "The small one does not.", "based_on": "1"}
    site.send("noah", f"/items/{item}/edit", **changed)
    line = reader.locator("[data-new-answers]")
    expect(line).to_have_text("Something here has changed", timeout=WITHIN_MS)
    line.click()
    expect(reader.get_by_text("The small one does not.")).to_be_visible()
    expect(writer.locator("[data-new-answers]")).to_be_hidden()


def test_the_inbox_counts_without_a_reload(visit: Visit, site: Site) -> None:
    address = site.ask("ingrid", f"Whose ladder is this? {uuid4().hex[:8]}")
    page = visit("ingrid")
    listening(page, "/people")
    badge = page.locator(".side [data-unread] [data-count]")
    before = int(badge.text_content() or "0")
    site.send("tomasz", f"{address.rsplit('/', 1)[0]}/answers", source="Mine.", key=uuid4().hex)
    expect(badge).to_have_text(str(before + 1), timeout=WITHIN_MS)


def test_an_open_inbox_says_that_something_came_and_not_what_was_there(visit: Visit, site: Site) -> None:
    page = visit("priya")
    listening(page, "/inbox")
    pill = page.get_by_role("link", name="Something new for you")
    site.make("noah", "post", source=f"@priya, have you seen {uuid4().hex[:8]}?")
    expect(pill).to_be_visible(timeout=WITHIN_MS)
    pill.click()
    listening(page, "/inbox")
    expect(pill).to_be_hidden()


def test_a_page_says_that_its_session_has_ended_and_keeps_what_is_typed(site: Site) -> None:
    """It ended elsewhere: nothing was pressed here. What is typed stays, and the way back leads to this page."""
    context = site.context()
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("Handle or e-mail").fill("mei")
    page.get_by_label("Password", exact=True).fill(site.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/home")
    listening(page, "/compose?kind=post")
    page.locator("#source").fill("Half a thought")
    context.request.post("/sign-out", headers={"Origin": site.address})
    notice = page.get_by_text("You have been signed out on this device.")
    expect(notice).to_be_visible(timeout=10_000)
    expect(page.locator("#source")).to_have_value("Half a thought")
    way = page.get_by_role("link", name="Sign in again")
    expect(way).to_have_attribute("href", "/sign-in?next=%2Fcompose%3Fkind%3Dpost")
    context.close()
