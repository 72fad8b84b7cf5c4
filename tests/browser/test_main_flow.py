"""Ask, answer, accept; and every verb once, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import NARROW, SPACE, Site

Visit = Callable[..., Page]


def titled(words: str) -> str:
    """Return a title that no other test uses."""
    return f"{words} {uuid4().hex[:8]}"


def ask(page: Page, title: str) -> None:
    page.goto(f"/compose?kind=question&space={SPACE}")
    page.get_by_label("Your question in one line").fill(title)
    page.get_by_role("textbox", name="What have you tried?").fill("Power off and on. **Nothing.**")
    page.get_by_role("button", name="Post question").click()
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()


def answer(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("textbox", name="Your answer").fill("Look at the coil before you touch the charge.")
    page.get_by_role("button", name="Post answer").click()
    expect(page.get_by_role("article", name="Answer by")).to_contain_text("Look at the coil")


def test_signing_in_by_password_and_out(visit: Visit, site: Site) -> None:
    page = visit(None, "/home")
    page.get_by_label("Handle or e-mail").fill("jaspreet")
    page.get_by_label("Password", exact=True).fill("not it at all")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Handle or e-mail")).to_have_value("jaspreet")
    page.get_by_label("Password", exact=True).fill(site.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Jaspreet")
    page.get_by_role("complementary", name="Sidebar").locator("summary.me").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/home")
    expect(page).to_have_url(f"{site.address}/sign-in?next=/home")


@pytest.mark.parametrize("options", [{}, {"viewport": NARROW, "has_touch": True}], ids=["wide", "phone"])
def test_ask_answer_accept(visit: Visit, options: dict[str, object]) -> None:
    title = titled("Why does it lock out at dawn?")
    noah = visit("noah", **options)
    ask(noah, title)
    answer(visit("tomasz", **options), noah.url)
    noah.reload()
    noah.get_by_role("button", name="Accept the answer by Tomasz Zieliński").click()
    expect(noah.get_by_text("Solved in")).to_be_visible()
    expect(noah.get_by_role("article", name="Accepted answer by Tomasz Zieliński")).to_be_visible()
    card = visit("priya", f"/search?q={title.split()[-1]}", **options)
    expect(card.locator("main")).to_contain_text(title)


def test_the_card_says_solved(visit: Visit, site: Site) -> None:
    title = titled("Which fuse?")
    address = site.ask("noah", title)
    site.send("tomasz", f"{address.rsplit('/', 1)[0]}/answers", source="The 16 A one.", key=uuid4().hex)
    page = visit("noah", address)
    page.get_by_role("button", name="Accept the answer by").click()
    expect(page.get_by_text("Solved in")).to_be_visible()
    page.goto("/home?tab=following")
    card = page.get_by_role("article").filter(has_text=title)
    expect(card).to_contain_text("Accepted")
    expect(card).to_contain_text("The 16 A one.")


def test_taking_back_an_acceptance(visit: Visit, site: Site) -> None:
    address = site.ask("noah", titled("Which filter?"))
    site.send("tomasz", f"{address.rsplit('/', 1)[0]}/answers", source="The blue one.", key=uuid4().hex)
    page = visit("noah", address)
    page.get_by_role("button", name="Accept the answer by").click()
    page.get_by_role("button", name="Not solved after all").click()
    expect(page.get_by_text("Not solved yet")).to_be_visible()
    expect(page.get_by_role("button", name="Accept the answer by")).to_be_visible()


def test_commenting(visit: Visit, site: Site) -> None:
    page = visit("priya", site.ask("noah", titled("A question to comment on")))
    page.locator("article.ask label[data-reply]").click()
    field = page.get_by_label("Comment on what Noah Whitfield wrote")
    expect(field).to_be_focused()
    field.fill("Which model, @noah?")
    page.get_by_role("button", name="Post comment").click()
    said = page.get_by_role("list", name="Comments")
    expect(said).to_contain_text("Which model, @noah?")
    expect(said.get_by_role("link", name="@noah")).to_have_attribute("href", "/people/noah")
    expect(said.get_by_role("listitem")).to_have_count(1)


def test_tagging(visit: Visit, site: Site) -> None:
    page = visit("priya", site.ask("noah", titled("A question without topics")))
    page.get_by_label("More about this by Noah Whitfield").first.click()
    page.get_by_role("group", name="More about").get_by_role("link", name="Change topics").click()
    field = page.get_by_label("Add a topic")
    field.fill("Frost guards")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("link", name="Frost guards").first).to_have_attribute("href", "/topics/frost-guards")
    page.goto("/topics/frost-guards")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Frost guards")


def test_helped_flips_counts_once_and_flips_back(visit: Visit, site: Site) -> None:
    address = site.make("noah", "post", source=titled("Bleed the loop first."))
    for handle, words in (("priya", "Helped you"), ("tomasz", "Helped you and 1 other")):
        page = visit(handle, address)
        button = page.locator("button.helped")
        with page.expect_response("**/helped"):
            button.dblclick()  # the second press finds the first one under way
        expect(button).to_have_attribute("aria-pressed", "true")
        page.reload()
        expect(button).to_have_text(words)
    with page.expect_response("**/helped/undo"):
        button.click()
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(button).to_have_text("Helped 1")


def test_saving(visit: Visit, site: Site) -> None:
    words = titled("A trick worth keeping")
    page = visit("priya", site.make("noah", "post", source=words))
    save = page.get_by_role("button", name="Save")
    with page.expect_response("**/saved"):
        save.click()
    expect(save).to_have_attribute("aria-pressed", "true")
    page.goto("/home?tab=saved")
    card = page.get_by_role("article").filter(has_text=words)
    expect(card).to_have_count(1)
    with page.expect_response("**/saved/undo"):
        card.get_by_role("button", name="Save").click()
    page.reload()
    expect(page.get_by_role("article").filter(has_text=words)).to_have_count(0)


def test_following_an_item_a_person_and_a_topic(visit: Visit, site: Site) -> None:
    for address in ("/people/bjorg", "/topics/heat-pumps"):
        site.send("sinead", f"{address}/followed/undo")
    page = visit("sinead", site.make("noah", "post", source=titled("Follow me")))
    for address in ("", "/people/bjorg", "/topics/heat-pumps"):
        if address:
            page.goto(address)
        button = page.get_by_role("button", name="Follow", exact=True).first
        with page.expect_response("**/followed") as answer:
            button.click()
        assert answer.value.status < 400, f"{address} answered {answer.value.status}"
        page.reload()
        on = page.get_by_role("button", name="Following", exact=True).first
        expect(on).to_have_attribute("aria-pressed", "true")
        with page.expect_response("**/followed/undo"):
            on.click()
        expect(button).to_have_attribute("aria-pressed", "false")


def test_what_one_follows_is_listed(visit: Visit, site: Site) -> None:
    site.send("sinead", "/people/hassan/followed")
    page = visit("sinead", "/me/following")
    expect(page.locator("main")).to_contain_text("Hassan")


def test_removing_and_undoing_it(visit: Visit, site: Site) -> None:
    words = titled("Said too soon")
    page = visit("noah", site.make("noah", "post", source=words))
    address = page.url
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_label("More about this by Noah Whitfield").first.click()
    page.get_by_role("button", name="Remove").click()
    undo = page.locator("[data-toast]").get_by_role("button", name="Undo")
    expect(undo).to_be_visible()
    assert visit("priya").goto(address).status == 404
    undo.click()
    expect(page.locator("main")).to_contain_text(words)
    assert visit("priya").goto(address).status == 200
