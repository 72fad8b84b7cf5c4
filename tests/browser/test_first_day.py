"""The first steps as they are seen and typed: on a phone, by keyboard, and where something has to be mended."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import NARROW

Visit = Callable[..., Page]
STEPS = ("/start", "/start/spaces", "/start/people", "/start/question")


@pytest.mark.parametrize("language", ["en-GB", "de-DE"])
def test_every_step_begins_at_the_same_height_and_fits_a_phone(visit: Visit, language: str) -> None:
    page = visit("noah", viewport={"width": 320, "height": 640}, locale=language)
    tops = set()
    for step in STEPS:
        page.goto(step)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, step
        heading = page.locator("h1").bounding_box()
        assert heading is not None
        tops.add(round(heading["y"]))
    assert len(tops) == 1


def test_a_page_that_came_back_leads_to_what_is_wrong(visit: Visit) -> None:
    page = visit("yuki", "/studio/people/new", viewport=NARROW)
    page.get_by_label("Name", exact=True).fill("Ada Lind")
    page.get_by_label("Handle", exact=True).fill("ada-lind")
    page.get_by_label("Role").select_option(label="Guest")
    page.get_by_role("button", name="Add them").click()
    sponsor = page.get_by_role("combobox", name="Sponsor")
    expect(sponsor).to_be_focused()
    expect(sponsor).to_be_in_viewport()
    expect(page.get_by_text("Every guest needs this.").first).to_be_in_viewport()


def test_toasts_do_not_pile_up_on_a_phone(visit: Visit) -> None:
    page = visit("priya", "/home", viewport=NARROW)
    page.evaluate(
        """() => {
          const stack = document.querySelector("toast-stack");
          stack.show("Saved");
          stack.show("Removed", { label: "Undo", take() {} });
          stack.show("Following");
          stack.show("Kept");
        }"""
    )
    expect(page.locator("toast-stack > *")).to_have_text(["RemovedUndo", "Kept"])
