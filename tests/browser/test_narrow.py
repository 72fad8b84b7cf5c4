"""What a phone shows: where tabs stand, what is wider than the page, and how the palette is left without a keyboard."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import NARROW

PEOPLE = ("/who-knows", "/people", "/me/connections", "/me/connections/alike", "/mentoring", "/teams")
SETTINGS = ("/me/settings", "/me/security", "/me/not-for-me", "/me/searches", "/me/feeds", "/me/export")
WIDE_WORDS = """```
one_line_of_code = "that is longer than a phone is wide, and must not move the page with it"
```

| One | Two | Three | Four | Five | Six | Seven |
|---|---|---|---|---|---|---|
| first | second | third | fourth | fifth | sixth | seventh |
"""


@pytest.mark.parametrize("pages", [PEOPLE, SETTINGS], ids=["people", "settings"])
def test_tabs_stand_still_and_the_open_one_is_seen(visit: Callable[..., Page], pages: tuple[str, ...]) -> None:
    page = visit("priya", pages[0], viewport=NARROW)
    heights = set()
    for address in pages:
        page.goto(address)
        tabs = page.locator("nav.tabs").first
        place, tab = tabs.bounding_box(), tabs.locator("[aria-current]").bounding_box()
        assert place is not None
        assert tab is not None
        heights.add(round(place["y"]))
        assert tab["x"] >= 0, address
        assert tab["x"] + tab["width"] <= NARROW["width"], address
    assert len(heights) == 1


def test_code_and_tables_do_not_widen_the_page(visit: Callable[..., Page]) -> None:
    page = visit("priya", "/compose?kind=post", viewport=NARROW)
    page.locator("main textarea[name=source]").fill(f"{uuid4()}\n\n{WIDE_WORDS}")
    page.get_by_role("button", name="Share it").click()
    expect(page.locator(".prose pre")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    for wide in (".prose pre", ".prose table"):
        assert page.locator(wide).evaluate("(one) => one.scrollWidth > one.clientWidth"), wide


def test_the_palette_closes_without_a_keyboard(visit: Callable[..., Page]) -> None:
    page = visit("priya", "/home", viewport=NARROW, has_touch=True)
    page.locator("a[data-find]:visible").first.tap()
    palette = page.get_by_role("dialog", name="Search and commands")
    expect(palette.get_by_text("all shortcuts")).to_be_hidden()
    palette.get_by_role("button", name="Close").tap()
    expect(palette).to_be_hidden()


@pytest.mark.parametrize(
    ("address", "button"), [("/home", ".asks .note .btn"), ("/people/priya", ".pf-offers .btn.block")]
)
def test_a_name_of_one_long_word_stays_in_its_button(visit: Callable[..., Page], address: str, button: str) -> None:
    page = visit("tomasz", address, viewport=NARROW)
    first = page.locator(button).first
    expect(first).to_be_attached()
    first.evaluate("each => { each.textContent = `Ask ${'Wolfeschlegel'.repeat(8)}` }")
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    box = first.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= NARROW["width"]
    assert first.evaluate("each => each.scrollWidth <= each.clientWidth")


def test_steps_of_a_goal_stay_within_their_pill(visit: Callable[..., Page]) -> None:
    page = visit("noah", "/mentoring", viewport=NARROW)
    page.locator("main").get_by_role("link", name="Tomasz Zieliński").first.click()
    steps = page.locator(".mn-steps").first
    steps.scroll_into_view_if_needed()
    cut = """steps => [...steps.querySelectorAll(".seg button")].filter(step => {
        const { left, top, height } = step.getBoundingClientRect();
        return [1 / 4, 3 / 4].some(part => document.elementFromPoint(left + 4, top + part * height) !== step);
    }).map(step => step.innerText)"""
    assert steps.evaluate(cut) == []
