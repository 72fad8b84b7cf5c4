"""Without JavaScript, without a mouse, without a connection: everything that matters still works."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.site import SPACE, Site

Visit = Callable[..., Page]


def titled(words: str) -> str:
    return f"{words} {uuid4().hex[:8]}"


def test_without_javascript(visit: Visit) -> None:
    """Ask, answer, mark as helpful, save and take it back, by plain forms."""
    title = titled("Does it work without script?")
    noah = visit("noah", f"/compose?kind=question&space={SPACE}", java_script_enabled=False)
    noah.get_by_label("Your question in one line").fill(title)
    noah.get_by_label("What have you tried?").fill("Turning it off.")
    noah.get_by_role("button", name="Post question").click()
    expect(noah.get_by_role("heading", level=1)).to_have_text(title)

    tomasz = visit("tomasz", noah.url, java_script_enabled=False)
    tomasz.get_by_label("Your answer").fill("It does.")
    tomasz.get_by_role("button", name="Post answer").click()
    expect(tomasz.get_by_role("article", name="Answer by Tomasz")).to_contain_text("It does.")

    noah.goto(noah.url)
    answer = noah.get_by_role("article", name="Answer by Tomasz")
    answer.locator("button.helped").first.click()
    expect(answer.locator("button.helped").first).to_have_attribute("aria-pressed", "true")
    answer.get_by_role("button", name="Save").click()
    expect(answer.get_by_role("button", name="Save")).to_have_attribute("aria-pressed", "true")
    noah.get_by_role("button", name="Undo").click()
    expect(answer.get_by_role("button", name="Save")).to_have_attribute("aria-pressed", "false")
    noah.get_by_role("button", name="Accept the answer by").click()
    expect(noah.get_by_text("Solved in")).to_be_visible()


def reach(page: Page, wanted: Locator, most: int = 80) -> None:
    """Press Tab until the focus is there, as somebody without a mouse does."""
    for _ in range(most):
        if wanted.count() and wanted.evaluate("(part) => part === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} is not reached by {most} times Tab")


def test_by_keyboard_alone(visit: Visit, site: Site) -> None:
    """From the page to sign in through asking to accepting, with Tab, Enter and the single keys."""
    title = titled("Can I do this without a mouse?")
    page = visit(None, "/sign-in")
    reach(page, page.get_by_label("Handle or e-mail"))
    page.keyboard.type("ingrid")
    reach(page, page.get_by_label("Password", exact=True))
    page.keyboard.type(site.password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/home")
    page.keyboard.press("c")
    page.wait_for_url("**/compose*")
    ask = page.get_by_role("button", name="Ask", exact=True)
    if ask.get_attribute("aria-pressed") != "true":
        reach(page, ask)
        page.keyboard.press("Enter")
    place = page.get_by_label("Where to post it")
    reach(page, place)
    page.keyboard.type("Heat Pump")
    expect(place).to_have_value(SPACE)
    reach(page, page.get_by_label("Your question in one line"))
    page.keyboard.type(title)
    reach(page, page.get_by_role("textbox", name="What have you tried?"))
    page.keyboard.type("Tab, Tab, Tab.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)

    address = page.url.removeprefix(site.address)
    site.send("tomasz", f"{address.split('#')[0].rsplit('/', 1)[0]}/answers", source="You can.", key=uuid4().hex)
    page.reload()
    reach(page, page.get_by_role("button", name="Accept the answer by Tomasz"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Solved in")).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("i")
    page.wait_for_url("**/inbox")


def test_the_focus_is_seen_and_the_first_tab_skips_to_the_content(visit: Visit) -> None:
    page = visit("priya", "/home")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_the_palette_opens_and_finds(visit: Visit, site: Site) -> None:
    title = titled("Where is the spare manifold?")
    address = site.ask("noah", title)
    page = visit("priya", "/home")
    page.keyboard.press("Control+k")
    box = page.get_by_role("combobox", name="Search or command")
    expect(box).to_be_focused()
    page.keyboard.type("manifold")
    found = page.get_by_role("option").filter(has_text=title)
    expect(found).to_be_visible()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    page.keyboard.press("/")
    page.keyboard.type(title.split()[-1])
    expect(found).to_be_visible()
    found.click()
    expect(page).to_have_url(f"{site.address}{address}")


def test_beside_home_are_ways_on_without_script(visit: Visit) -> None:
    page = visit("priya", "/home", java_script_enabled=False)
    page.get_by_role("complementary", name="Beside this").get_by_role("link", name="People worth following").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("People")


@pytest.mark.without_signal
def test_a_lost_connection_keeps_the_post_and_sends_it_once(visit: Visit) -> None:
    title = titled("Written in the cellar")
    page = visit("noah", f"/compose?kind=question&space={SPACE}")
    page.context.set_offline(True)
    page.get_by_label("Your question in one line").fill(title)
    page.get_by_role("textbox", name="What have you tried?").fill("Going upstairs.")
    page.get_by_role("button", name="Post question").click()
    queue = page.locator("offline-queue")
    expect(queue).to_contain_text("1 post is waiting")
    expect(queue).to_contain_text(title)
    with page.expect_response("**/compose") as sent:
        page.context.set_offline(False)
    assert sent.value.status < 400
    expect(queue).to_be_hidden()
    page.goto(f"/spaces/{SPACE}/")
    expect(page.get_by_role("article").filter(has_text=title)).to_have_count(1)


@pytest.mark.without_signal
def test_tools_that_were_lost_on_the_way_come_with_the_signal(visit: Visit) -> None:
    page = visit("noah")
    held: list[Route] = []
    page.context.route("**/markdown-editor.*.js", lambda route: held.append(route))
    with page.expect_request("**/markdown-editor.*.js"):
        page.goto(f"/compose?kind=question&space={SPACE}")
    text = page.get_by_role("textbox", name="What have you tried?")
    expect(page.locator("file-field[data-ready]")).to_have_count(1)
    page.context.set_offline(True)
    held.pop().abort("internetdisconnected")
    page.context.unroute_all()
    text.fill("Typed meanwhile.")
    page.context.set_offline(False)
    expect(page.locator("markdown-editor[data-ready]")).to_have_count(1)
    expect(text).to_have_value("Typed meanwhile.")


@pytest.mark.without_signal
def test_undo_of_what_went_out_meanwhile_says_so(visit: Visit) -> None:
    page = visit("priya", "/compose?kind=post")
    page.locator("textarea[name='source']").fill("Written between two tunnels.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Share it").click()
    kept = page.locator("[data-toast]", has_text="We’ll post it when you’re back")
    expect(kept).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("[data-toast]", has_text="Posted")).to_be_visible()
    kept.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-toast]", has_text="It has been posted already")).to_be_visible()


@pytest.mark.without_signal
def test_a_post_whose_answer_was_lost_is_not_there_twice(visit: Visit) -> None:
    """The server took it, the answer never came back: the queue sends it again under the same key."""
    words = titled("Posted from a tunnel")
    page = visit("noah", f"/compose?kind=post&space={SPACE}")
    seen: list[str] = []

    def swallow(route: object) -> None:
        if not seen:
            seen.append(route.fetch().url)  # type: ignore[attr-defined]
            route.abort("connectionreset")  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    page.route("**/compose", swallow)
    page.locator("#source").fill(words)
    page.get_by_role("button", name="Share it").click()
    expect(page.locator("offline-queue")).to_contain_text("1 post is waiting")
    expect(page.locator("offline-queue")).to_contain_text(f"{words} · ")
    with page.expect_response("**/compose"):
        page.reload()
    expect(page.locator("offline-queue")).to_be_hidden()
    page.goto(f"/spaces/{SPACE}/")
    expect(page.get_by_role("article").filter(has_text=words)).to_have_count(1)


def test_a_refusal_about_a_tick_stands_below_it(visit: Visit, site: Site) -> None:
    """Beside the box it would squeeze the box's own words into a column."""
    name = uuid4().hex
    space = site.send("hassan", "/spaces/new", template="nothing", name=name, objective="Fewer leaks.", access="open")
    site.send("noah", f"{space}joined")
    site.send("hassan", f"{space}settings", name=name, objective="Fewer leaks.", rules="Say where.", hue="195")
    page = visit("noah", f"/compose?kind=post&space={space.rstrip('/').rsplit('/', 1)[-1]}")
    page.locator("#source").fill("Hello.")
    page.get_by_role("button", name="Share it").click()
    expect(page.locator("label.chk + .refusal")).to_contain_text("Read and accept them")
