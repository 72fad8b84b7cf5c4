"""Not for me, for good: a suggestion leaves the page, comes back with Undo, and stays away until taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.site import NARROW

Visit = Callable[..., Page]


def first(page: Page) -> tuple[Locator, str]:
    """Return the first thing to read that is suggested, and its id."""
    page.goto("/suggestions")
    entry = page.locator("#picked .entry").first
    expect(entry.get_by_text("Why is this here?")).to_be_attached()
    number = entry.locator("article").get_attribute("data-item")
    assert number
    return page.locator(f"#item-{number}"), number


@pytest.mark.parametrize("options", [{}, {"viewport": NARROW, "has_touch": True}], ids=["wide", "phone"])
def test_not_for_me_holds_for_good(visit: Visit, options: dict[str, object]) -> None:
    page = visit("priya", **options)
    card, number = first(page)
    card.locator("xpath=..").get_by_role("button", name="Not for me").click()
    expect(card).to_have_count(0)
    page.locator("[data-toast]").get_by_role("button", name="Undo").click()
    expect(page.get_by_text("It may be suggested to you again.")).to_be_visible()
    page.goto("/suggestions")
    expect(card).to_be_visible()
    card.locator("xpath=..").get_by_role("button", name="Not for me").click()
    expect(card).to_have_count(0)
    for address in ("/suggestions", "/home"):
        page.goto(address)
        expect(page.locator(f"#item-{number}")).to_have_count(0)
    page.goto("/me/not-for-me")
    page.get_by_role("button", name="again").first.click()
    expect(page.get_by_text("Nothing here", exact=True)).to_be_visible()
    page.goto("/suggestions")
    expect(card).to_be_visible()


def test_the_menu_of_a_suggested_card_has_it_and_a_followed_one_has_not(visit: Visit) -> None:
    page = visit("priya", "/suggestions")
    card = page.locator("#picked .entry").first
    card.locator("summary").click()
    expect(card.locator(".menu-list").get_by_role("button", name="Not for me")).to_be_visible()
    page.goto("/home?tab=following")
    card = page.locator("#feed article").filter(has=page.get_by_role("link", name="Tomasz Zieliński", exact=True)).first
    card.locator("summary").click()
    expect(card.locator(".menu-list").get_by_role("button", name="Mute")).to_be_visible()
    expect(card.locator(".menu-list").get_by_role("button", name="Not for me")).to_have_count(0)


def test_a_person_leaves_the_column_and_nothing_else_does(visit: Visit) -> None:
    page = visit("priya", "/suggestions")
    lines = page.get_by_role("complementary").locator(".sugg")
    count = lines.count()
    name = lines.first.locator(".name").inner_text()
    lines.first.get_by_role("button", name=f"Not for me: {name}").click()
    expect(lines).to_have_count(count - 1)
    page.goto("/me/not-for-me")
    page.get_by_role("button", name=f"Suggest {name} again").click()
    expect(page.get_by_text("Nothing here", exact=True)).to_be_visible()
