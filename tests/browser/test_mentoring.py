"""Mentoring from the request to the closing, as two people live it, each in a browser of their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect


def test_mentoring_from_request_to_closing(visit: Callable[..., Page]) -> None:
    # Gethin looks for somebody, and reads why.
    gethin = visit("gethin", "/mentoring/wishes")
    gethin.get_by_label("What you would like to learn").fill("Spreadsheets, Charts that people read")
    gethin.get_by_role("button", name="Show who may fit").click()
    card = gethin.locator(".mn-match").filter(has_text="Elena Kov\u00e1cs")
    expect(card).to_contain_text("They offer to help with \u201cSpreadsheets\u201d.")
    card.get_by_role("link", name="Ask Elena").click()
    gethin.get_by_label("Your note").fill("I count loaves on paper, at night, twice.")
    gethin.get_by_role("button", name="Send it").click()
    expect(gethin.get_by_text("Elena Kov\u00e1cs has two weeks to answer.")).to_be_visible()

    # Elena says yes.
    elena = visit("elena", "/mentoring")
    elena.locator(".mn-card.warm").filter(has_text="Gethin Vaughan").get_by_role("link", name="Read and answer").click()
    expect(elena.get_by_text("I count loaves on paper")).to_be_visible()
    elena.get_by_label("A word to begin with").fill("Bring the paper.")
    elena.get_by_role("button", name="Yes, gladly").click()

    # She writes down what they could agree; he agrees.
    elena.get_by_label("What you want to reach").fill("One sheet that counts by itself")
    elena.get_by_label("What stays between you").fill("The numbers, until they are right.")
    elena.get_by_role("button", name="Send it to Gethin Vaughan").click()
    expect(elena.get_by_text("Gethin Vaughan has yet to agree")).to_be_visible()
    address = re.sub(r"#.*", "", elena.url)
    gethin.goto(address)
    gethin.get_by_role("button", name="I agree").click()
    expect(gethin.get_by_role("heading", name="What you want to reach")).to_be_visible()

    # He plans when they meet, and takes it into his calendar.
    gethin.get_by_role("link", name="Plan a meeting").click()
    gethin.get_by_label("When").fill((timezone.localtime() + timedelta(days=2)).strftime("%Y-%m-%dT15:00"))
    gethin.get_by_label("Where").fill("Video")
    gethin.get_by_role("button", name="Plan it").click()
    gethin.locator("#meetings .row").first.click()
    with gethin.expect_download() as taken:
        gethin.get_by_role("link", name="Put it into my calendar").click()
    assert "BEGIN:VEVENT" in taken.value.path().read_text("utf-8")

    # Each writes a note; the one for oneself stays with its writer.
    gethin.locator("textarea[name=own_note]").fill("Ask what a pivot is.")
    gethin.get_by_role("button", name="Save for me").click()
    gethin.locator("textarea[name=shared_note]").fill("One row a night.")
    gethin.get_by_role("button", name="Save for both").click()
    elena.goto(gethin.url)
    expect(elena.locator("textarea[name=shared_note]")).to_have_value("One row a night.")
    expect(elena.locator("textarea[name=own_note]")).to_have_value("")

    # A goal is reached, he closes it, and both say how it was.
    gethin.goto(address)
    gethin.get_by_role("group", name=re.compile("How far")).get_by_role("button", name="Reached").click()
    expect(gethin.get_by_text("Well done, both of you.")).to_be_visible()
    gethin.get_by_role("link", name="Close the mentoring").click()
    gethin.get_by_label("A word to the other one").fill("It counts by itself now.")
    gethin.get_by_role("button", name="Close it").click()
    say_how_it_was(gethin, "Very useful", "for every Wednesday night.")
    elena.goto(f"{address}/feedback")
    say_how_it_was(elena, "Useful", "for the paper.")
    expect(elena.get_by_text("for every Wednesday night.")).to_be_visible()
    expect(elena.get_by_text("Your thanks stand on your wall.")).to_be_visible()
    elena.goto("/people/gethin/wall")
    expect(elena.get_by_text("for every Wednesday night.")).to_be_visible()

    # Nobody else was ever there: not even who looks after everything.
    assert visit("yuki").goto(address).status == 404
    gethin.goto(address)
    expect(gethin.get_by_role("link", name="Be a mentor")).to_be_visible()


def say_how_it_was(page: Page, useful: str, thanks: str) -> None:
    page.get_by_label(useful, exact=True).check()
    page.get_by_label("Thanks in a sentence").fill(thanks)
    page.get_by_label("Share my thanks on my wall").check()
    page.get_by_role("button", name=re.compile("Send it to")).click()
    page.wait_for_url(re.compile(r"/mentoring/\d+$"))
