"""The focus and one's place on the page outlive what the page puts anew: verbs, menus, dialogs and Undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.site import NARROW, SPACE

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

    from tests.browser.site import Site

type Visit = Callable[..., Page]


@pytest.fixture
def thread(visit: Visit, site: Site) -> Page:
    """A question of Noah's, opened by Priya."""
    return visit("priya", site.ask("noah", "Which way does the valve turn?"))


def press(what: Locator) -> None:
    what.focus()
    what.press("Enter")


def test_after_save_the_focus_stays_on_it(thread: Page) -> None:
    save = thread.get_by_role("button", name="Save", exact=True)
    with thread.expect_response("**/saved"):
        press(save)
    expect(thread.locator("[data-toast]")).to_contain_text("Saved.")
    expect(save).to_be_focused()


def test_a_reaction_closes_its_menu_at_once_and_gives_the_focus_back(thread: Page) -> None:
    react = thread.locator("summary[aria-label='React']")
    held: list[Route] = []
    thread.route("**/reactions/**", lambda route: held.append(route))  # an answer that is long in coming
    press(react)
    press(thread.get_by_role("button", name="Heart"))
    expect(thread.get_by_role("button", name="Heart")).to_be_hidden()
    expect(react).to_be_focused()
    held[0].continue_()
    thread.unroute("**/reactions/**")
    chip = thread.locator(".chip", has_text="Heart")
    expect(chip).to_have_attribute("aria-pressed", "true")
    expect(react).to_be_focused()
    press(chip)
    expect(chip).to_have_count(0)
    expect(react).to_be_focused()


def test_a_dialog_gives_the_focus_back_to_the_menu_it_came_from(thread: Page) -> None:
    menu = thread.locator("summary[aria-label^='More about this by Noah']").first
    press(menu)
    press(thread.get_by_role("link", name="Rate it"))
    expect(thread.get_by_role("dialog")).to_be_visible()
    thread.keyboard.press("Escape")
    expect(menu).to_be_focused()


def test_a_dialog_gives_the_focus_back_to_what_was_put_anew(thread: Page) -> None:
    share = thread.locator("main").get_by_role("link", name="Share", exact=True)
    press(share)
    thread.get_by_role("dialog").get_by_label("To").fill("@hassan")
    thread.keyboard.press("Enter")
    expect(thread.locator("[data-toast]")).to_contain_text("Sent to Hassan")
    expect(share).to_be_focused()
    press(thread.get_by_role("link", name="Change topics"))
    expect(thread.get_by_role("dialog").get_by_label("Add a topic")).to_be_focused()
    thread.keyboard.type("Valve turning")
    thread.keyboard.press("Enter")
    press(thread.get_by_role("button", name="Take off Valve turning"))
    expect(thread.get_by_role("dialog").get_by_label("Add a topic")).to_be_focused()
    thread.keyboard.press("Escape")
    expect(thread.get_by_role("link", name="Change topics")).to_be_focused()


@pytest.mark.without_signal
def test_without_signal_a_dialog_says_so_itself(thread: Page) -> None:
    press(thread.locator("main").get_by_role("link", name="Share", exact=True))
    dialog = thread.get_by_role("dialog")
    dialog.get_by_label("To").fill("@hassan")
    thread.context.set_offline(True)
    thread.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("We couldn’t reach Watercooler")
    expect(dialog.get_by_label("To")).to_have_value("@hassan")


def test_undo_in_a_toast_keeps_the_place_on_the_page(visit: Visit) -> None:
    page = visit("priya", f"/spaces/{SPACE}/")
    cards = page.locator(".post")
    one_page = cards.count()
    page.locator("a[rel='next']").click()
    expect(cards.nth(one_page)).to_be_attached()
    save = cards.nth(one_page + 1).locator(".act-i")
    before = save.get_attribute("aria-pressed") or ""
    save.click()
    expect(save).not_to_have_attribute("aria-pressed", before)
    with page.expect_response("**/saved**"):
        page.locator("[data-toast]").last.get_by_role("button", name="Undo").click()
    expect(save).to_have_attribute("aria-pressed", before)
    assert cards.count() > one_page
    assert page.evaluate("scrollY") > 0


def test_going_back_to_a_list_shows_it_as_far_as_it_was_read(visit: Visit) -> None:
    page = visit("priya", "/home")
    cards = page.locator(".post")
    for pages in (1, 2):
        before = cards.count()
        page.locator(".more-link a").click()
        expect(cards.nth(before)).to_be_attached()
        assert cards.count() > 20 * pages
    card = page.locator(f"#{cards.nth(45).get_attribute('id')}")
    card.scroll_into_view_if_needed()
    link = card.locator("h2 a, h3 a").first
    link.click()
    page.wait_for_url(lambda url: not url.endswith("/home"))
    page.go_back()
    expect(card).to_be_in_viewport()
    assert page.evaluate("document.activeElement === document.body")


@pytest.mark.parametrize(("path", "lines"), [("/search?q=heat", ".sr"), ("/people", "#people > *")])
def test_going_back_finds_lines_without_a_name_of_their_own_too(visit: Visit, path: str, lines: str) -> None:
    page = visit("priya", path)
    found = page.locator(lines)
    before = found.count()
    page.locator(".more-link a").click()
    expect(found.nth(before + 2)).to_be_attached()
    line = found.nth(before + 2)
    line.scroll_into_view_if_needed()
    line.locator("a").first.click()
    page.wait_for_url(lambda url: not url.endswith(path))
    page.go_back()
    expect(found.nth(before + 2)).to_be_in_viewport()


@pytest.mark.parametrize("place", ["the start", "the end"])
def test_a_refusal_at_the_head_of_a_long_text_is_seen(visit: Visit, place: str) -> None:
    page = visit("hassan", "/compose?kind=article", viewport=NARROW)
    page.locator("[name='title']").fill("What I learnt this winter")
    text = page.locator("textarea[name='source']")
    text.fill("One more line.\n\n" * 80)
    page.context.clear_cookies()
    text.press("Control+Home" if place == "the start" else "Control+End")
    text.press("Control+Enter")
    refusal = page.get_by_role("alert")
    expect(refusal).to_contain_text("You are signed out by now")
    expect(refusal).to_be_in_viewport()
    assert refusal.evaluate(
        "line => line.getBoundingClientRect().left < parseFloat(getComputedStyle(line).paddingLeft)"
    )
