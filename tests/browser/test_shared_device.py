"""One device, two people: what somebody wrote goes out under their own name or not at all, and is not lost."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.site import SPACE, Site

Visit = Callable[..., Page]


def sign_in(page: Page, site: Site, handle: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("Handle or e-mail").fill(handle)
    page.get_by_label("Password", exact=True).fill(site.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/home")


def is_away(route: Route) -> None:
    if route.request.method == "POST":
        route.abort()
    else:
        route.continue_()


# A tab that is never done with what waits in it.
BUSY = """
const request = navigator.locks.request.bind(navigator.locks);
navigator.locks.request = (name, ...rest) => {
  const work = rest.pop();
  return request(name, ...rest, async (lock) => { await work(lock); await new Promise(() => {}); });
};
"""


@pytest.mark.without_signal
def test_a_post_that_waits_outlives_a_sign_out_and_is_nobody_else_s(visit: Visit, site: Site) -> None:
    words = f"Written by Noah {uuid4().hex[:8]}"
    noah = visit(None)
    sign_in(noah, site, "noah")  # a session of its own, which this test may end
    noah.context.route("**/compose", is_away)
    noah.goto(f"/compose?kind=post&space={SPACE}")
    noah.locator("textarea[name='source']").fill(words)
    noah.get_by_role("button", name="Share it").click()
    queue = noah.locator("offline-queue")
    expect(queue).to_contain_text("1 post is waiting")

    tab = noah.context.new_page()
    tab.goto("/home")
    expect(tab.locator("offline-queue")).to_contain_text("1 post is waiting")
    asked: list[str] = []
    tab.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept() if asked[1:] else dialog.dismiss()))
    tab.locator("summary.me").click()
    for _press in range(2):  # no, then yes
        tab.get_by_role("button", name="Sign out").click()
    tab.wait_for_url("**/sign-in*")
    assert len(asked) == 2
    assert "It stays on this device" in asked[0]
    tab.add_init_script(BUSY)
    sign_in(tab, site, "hassan")
    expect(tab.locator("offline-queue")).to_be_hidden()

    noah.context.unroute("**/compose")
    with noah.expect_response("**/compose") as sent:  # the tab that Noah left open
        noah.evaluate("dispatchEvent(new Event('online'))")
    assert sent.value.status == 401
    expect(queue).to_contain_text("1 post is waiting")
    tab.context.clear_cookies()
    sign_in(tab, site, "noah")
    expect(tab.locator("[data-toast]", has_text="Posted")).to_be_visible()
    tab.goto(f"/spaces/{SPACE}/")
    post = tab.get_by_role("article").filter(has_text=words)
    expect(post).to_have_count(1)
    expect(post).to_contain_text("Noah")
