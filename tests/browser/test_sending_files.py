"""Files on their way: what is written with them waits for them, and says which of them did not arrive."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.site import SPACE

Visit = Callable[..., Page]
GIVE = """async (field, [names, kind, words]) => {
  const data = new DataTransfer();
  for (const name of names) {
    const canvas = Object.assign(document.createElement("canvas"), { width: 40, height: 30 });
    canvas.getContext("2d").fillText(name, 4, 20);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    const isPicture = name.endsWith(".png");
    const type = isPicture ? "image/png" : "text/plain";
    data.items.add(new File([isPicture ? blob : "plain words"], name, { type }));
  }
  for (const [type, text] of Object.entries(words)) data.setData(type, text);
  const what = { bubbles: true, cancelable: true };
  if (kind === "paste") field.dispatchEvent(new ClipboardEvent("paste", { ...what, clipboardData: data }));
  else for (const one of ["dragover", "drop"])
    kind = field.dispatchEvent(new DragEvent(one, { ...what, dataTransfer: data }));
  return kind;
}"""
FILE = {"name": "gauge.png", "mimeType": "image/png"}


def give(page: Page, selector: str, *names: str, kind: str = "drop", **words: str) -> Any:
    """Paste or drop files on an element. Returns True if the browser would open them in place of the page."""
    return page.locator(selector).first.evaluate(GIVE, [names, kind, {f"text/{each}": words[each] for each in words}])


@contextmanager
def held(page: Page) -> Iterator[None]:
    """Hold uploads back until the end."""
    page.route("**/attachments", lambda _route: None)
    yield
    page.unroute("**/attachments")  # what waits goes on


def composer(visit: Visit, **more: Any) -> Page:
    page = visit("priya", f"/compose?kind=post&space={SPACE}", **more)
    expect(page.locator(":is(markdown-editor, file-field)[data-ready]")).to_have_count(2)
    page.locator("#source").fill(f"With a picture {uuid4().hex[:8]}\n")
    return page


def on_its_page(page: Page) -> Page:
    page.wait_for_url(re.compile(r"/p/\d+"))
    return page


def test_what_is_sent_waits_for_a_picture_on_its_way(visit: Visit) -> None:
    page = composer(visit)
    with held(page):
        give(page, "#source", "gauge.png", kind="paste")
        expect(page.get_by_text("Sending", exact=True)).to_be_visible()
        page.get_by_role("button", name="Share it").click()
        expect(page.get_by_role("button", name="Share it")).to_have_attribute("aria-busy", "true")
    expect(on_its_page(page).locator("main img[src^='/files/']").first).to_be_visible()


def test_chosen_files_are_waited_for_as_well(visit: Visit) -> None:
    page = composer(visit)
    with held(page):
        page.locator("file-field input[type=file]").set_input_files(
            [{**FILE, "buffer": b"plain words", "name": name, "mimeType": "text/plain"} for name in ("a.txt", "b.txt")]
        )
        expect(page.locator("file-field").get_by_text("Sending", exact=True)).to_have_count(2)
        page.get_by_role("button", name="Share it").click()
        expect(page.get_by_role("button", name="Share it")).to_have_attribute("aria-busy", "true")
    expect(on_its_page(page).locator("main").get_by_role("link", name="b.txt")).to_be_visible()


def test_a_file_that_was_refused_is_not_left_out_unsaid(visit: Visit) -> None:
    page = composer(visit)
    broken = [
        {**FILE, "name": "empty.png", "buffer": b""},
        {**FILE, "name": "half.png", "buffer": b"\x89PNG\r\n\x1a\n"},
    ]
    page.locator("file-field input[type=file]").set_input_files(broken)
    rows = page.locator("file-field .way.fail")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("This file is empty.")
    page.get_by_role("button", name="Share it").click()
    expect(page.get_by_text("“empty.png” is not attached.")).to_be_visible()
    for _each in range(2):
        rows.first.get_by_role("button", name="Leave it out").click()
    page.get_by_role("button", name="Share it").click()
    on_its_page(page)


def test_a_description_that_was_typed_is_sent_without_a_further_press(visit: Visit) -> None:
    page = composer(visit)
    give(page, "#source", "gauge.png", kind="paste")
    page.get_by_label("What does “gauge.png” show?").fill("A gauge in the red")
    page.get_by_role("button", name="Share it").click()
    expect(on_its_page(page).get_by_role("img", name="A gauge in the red")).to_be_visible()


def test_several_pictures_come_in_their_order_where_they_were_dropped(visit: Visit) -> None:
    page = composer(visit)
    field = page.locator("#source")
    with held(page):
        give(page, "#source", "one.png", "two.png", "notes.txt")
        expect(page.get_by_text("Sending", exact=True)).to_have_count(3)
        page.keyboard.type("and on it goes")
    expect(field).to_have_value(re.compile(r"one\.png\)\n!\[\]\(\S+two\.png\)\n\[notes.txt\]\(\S+\)\nand on it goes$"))
    page.keyboard.type(", calmly")
    expect(field).to_have_value(re.compile(r"and on it goes, calmly$"))
    expect(page.get_by_label(re.compile("What does “notes.txt” show"))).to_have_count(0)


def test_what_is_copied_from_a_sheet_is_pasted_as_words(visit: Visit) -> None:
    page = composer(visit)
    assert give(page, "#source", "cells.png", kind="paste", plain="3\t4", html="<table></table>") == "paste"
    expect(page.locator(".uploads .way")).to_have_count(0)


@pytest.mark.parametrize("where", ["h1", "#title", "file-field", ".side"])
def test_a_file_dropped_beside_the_field_does_not_take_the_page_away(visit: Visit, where: str) -> None:
    page = composer(visit)
    assert give(page, where, "gauge.png") is False
    if where != ".side":
        expect(page.get_by_label("What does “gauge.png” show?")).to_be_attached()


def test_a_picture_is_pasted_into_a_message(visit: Visit, site: Any) -> None:
    page = visit("priya", site.address_on("priya", "/inbox/messages", r"/inbox/messages/\d+"))
    expect(page.locator("file-field[data-ready]")).to_have_count(1)
    give(page, "#say", "gauge.png", kind="paste")
    expect(page.get_by_label("What does “gauge.png” show?")).to_be_attached()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#talk > :last-child img[src^='/files/']")).to_be_visible()


def test_a_picture_is_taken_out_of_the_text_again(visit: Visit) -> None:
    page = composer(visit)
    give(page, "#source", "gauge.png", kind="paste")
    expect(page.locator("#source")).to_have_value(re.compile("gauge.png"))
    page.get_by_role("button", name="Take gauge.png off").click()
    expect(page.locator("#source")).not_to_have_value(re.compile("gauge.png"))


@pytest.mark.without_signal
def test_a_picture_without_signal_goes_with_its_post_when_it_is_back(visit: Visit) -> None:
    page = composer(visit)
    words = page.locator("#source").input_value().strip()
    page.context.set_offline(True)
    give(page, "#source", "gauge.png", kind="paste")
    expect(page.get_by_text("No signal. It goes with what you write.")).to_be_visible()
    page.get_by_role("button", name="Share it").click()
    expect(page.locator("offline-queue")).to_contain_text("1 post is waiting")
    expect(page.locator(".uploads .way")).to_have_count(0)
    page.context.set_offline(False)
    expect(page.get_by_text("Posted", exact=True)).to_be_visible()
    page.goto(f"/spaces/{SPACE}/")
    expect(page.locator(".post", has_text=words).locator("img[src^='/files/']").first).to_be_visible()


def test_files_stand_in_the_order_in_which_they_were_chosen(visit: Visit) -> None:
    page = composer(visit)
    names = ["1-large.txt", "2-small.txt", "3-smaller.txt"]
    page.locator("file-field input[type=file]").set_input_files(
        [
            {"name": name, "mimeType": "text/plain", "buffer": b"words " * (300_000 // 10**at)}
            for at, name in enumerate(names)
        ]
    )
    expect(page.locator("file-field [data-file]")).to_have_count(3)
    page.get_by_role("button", name="Share it").click()
    expect(on_its_page(page).get_by_role("link", name=re.compile("small|large"))).to_contain_text(names)


@contextmanager
def without_modules(visit: Visit) -> Iterator[tuple[Page, list[Route]]]:
    """A composer whose fields wait for their modules; they are in the list, and come at the end."""
    page = visit("priya")
    waiting: list[Route] = []
    page.route(re.compile("/(markdown-editor|file-field)[.].*js"), lambda route: waiting.append(route))
    page.goto(f"/compose?kind=post&space={SPACE}", wait_until="domcontentloaded")
    page.locator("#source").fill(f"With a picture {uuid4().hex[:8]}\n")
    while len(waiting) < 2:
        page.wait_for_timeout(50)
    yield page, waiting
    for route in waiting:
        route.continue_()


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_a_picture_given_before_the_editor_came_is_not_lost(visit: Visit, kind: str) -> None:
    with without_modules(visit) as (page, _waiting):
        assert give(page, "#source", "gauge.png", kind=kind) in ("paste", False)
    expect(page.locator("#source")).to_have_value(re.compile(r"!\[.*\]\(/files/"))


def test_a_file_chosen_before_its_field_came_is_shown(visit: Visit) -> None:
    with without_modules(visit) as (page, _waiting):
        page.locator("file-field input[type=file]").set_input_files({**FILE, "buffer": b"words", "name": "a.txt"})
    expect(page.locator("file-field [data-file]")).to_have_count(1)


def test_what_is_sent_before_the_editor_came_waits_for_its_picture(visit: Visit) -> None:
    with without_modules(visit) as (page, _waiting):
        give(page, "#source", "gauge.png", kind="paste")
        page.get_by_role("button", name="Share it").click()
        expect(page.get_by_role("button", name="Share it")).to_have_attribute("aria-busy", "true")
    expect(on_its_page(page).locator("main img[src^='/files/']").first).to_be_visible()


@pytest.mark.without_signal
def test_a_picture_whose_editor_never_came_goes_along(visit: Visit) -> None:
    with without_modules(visit) as (page, waiting):
        words = page.locator("#source").input_value().strip()
        give(page, "#source", "gauge.png", kind="paste")
        page.context.set_offline(True)
        page.get_by_role("button", name="Share it").click()
        expect(page.locator("offline-queue")).to_contain_text("1 post is waiting")
        page.context.set_offline(False)
        expect(page.get_by_text("Posted", exact=True)).to_be_visible()
        page.goto(f"/spaces/{SPACE}/")
        expect(page.locator(".post", has_text=words).locator("img[src^='/files/']").first).to_be_visible()
        waiting.clear()
