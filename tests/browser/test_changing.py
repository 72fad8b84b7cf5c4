"""Changing what is there: what was typed stays through a reload, a lost connection and another's save."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Site

Visit = Callable[..., Page]
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def written(site: Site, handle: str = "tomasz") -> str:
    """Return the address of the page on which a fresh article is changed."""
    address = site.make(handle, "article", title=f"Winter checks {uuid4().hex[:8]}", source="First.\n\nSecond.")
    return f"/items/{address.split('/')[2]}/edit"


def test_a_change_that_was_begun_is_back_after_a_reload(visit: Visit, site: Site) -> None:
    page = visit("tomasz", written(site))
    page.locator("#source").fill("First, and much more.\n\nSecond.")
    expect(page.get_by_text("Draft saved on this device")).to_be_visible()
    page.reload()
    expect(page.locator("#source")).to_have_value("First, and much more.\n\nSecond.")
    expect(page.get_by_text("Your draft is back")).to_be_visible()
    page.get_by_role("button", name="Save change").click()
    expect(page.locator("main")).to_contain_text("First, and much more.")
    page.goto(page.url.replace("/a/", "/items/").rsplit("/", 1)[0] + "/edit")
    expect(page.get_by_text("Your draft is back")).to_have_count(0)


def test_a_begun_change_does_not_write_over_what_another_saved_since(visit: Visit, site: Site) -> None:
    edit = written(site)
    page, other = visit("tomasz", edit), visit("jaspreet", edit)
    page.locator("#source").fill("First, warmer.\n\nSecond.")
    expect(page.get_by_text("Draft saved on this device")).to_be_visible()
    other.locator("#source").fill("First.\n\nSecond, colder.")
    other.get_by_role("button", name="Save change").click()
    expect(other.locator("main")).to_contain_text("colder")
    page.reload()
    expect(page.locator("#source")).to_have_value("First, warmer.\n\nSecond.")
    page.get_by_role("button", name="Save change").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Put both together")
    expect(page.locator("#source")).to_have_value("First, warmer.\n\nSecond, colder.")


@pytest.mark.without_signal
def test_a_change_saved_without_signal_waits_and_is_saved_once(visit: Visit, site: Site) -> None:
    edit = written(site)
    page = visit("tomasz", edit)
    page.locator("#source").fill("First, from the van.\n\nSecond.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save change").click()
    expect(page.locator("offline-queue")).to_contain_text("1 post is waiting")
    page.context.set_offline(False)
    expect(page.locator("offline-queue")).to_be_hidden()
    page.goto(edit.replace("/edit", "/history"))
    expect(page.locator("main")).to_contain_text("from the van")


def test_a_photo_added_to_a_change_outlives_the_save_of_another(visit: Visit, site: Site) -> None:
    edit = written(site)
    page, other = visit("tomasz", edit), visit("jaspreet", edit)
    other.locator("#source").fill("First.\n\nSecond, colder.")
    other.get_by_role("button", name="Save change").click()
    expect(other.locator("main")).to_contain_text("colder")
    page.locator("file-field input[type=file]").set_input_files(
        [{"name": "gauge.png", "mimeType": "image/png", "buffer": PICTURE}]
    )
    page.get_by_label("What does “gauge.png” show?").fill("A gauge in the red")
    page.locator("#source").fill("First, warmer.\n\nSecond.")
    page.get_by_role("button", name="Save change").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Put both together")
    expect(page.locator("file-field [data-file]")).to_have_count(1)
    page.get_by_role("button", name="Save change").click()
    page.wait_for_url(re.compile(r"/a/\d+"))
    expect(page.get_by_role("img", name="A gauge in the red")).to_be_visible()


@pytest.mark.without_signal
def test_a_form_that_does_not_wait_says_so_and_stays(visit: Visit) -> None:
    page = visit("tomasz", "/me/settings")
    page.context.set_offline(True)
    page.locator("textarea").first.fill("Ten winters of heat pumps.")
    page.locator("form:has(textarea) button.primary").first.click()
    expect(page.get_by_text("No signal. What you typed stays here; send it when you are back.")).to_be_visible()
    expect(page.locator("textarea").first).to_have_value("Ten winters of heat pumps.")
