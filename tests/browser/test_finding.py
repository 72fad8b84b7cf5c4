"""Finding an answer, a page, a person; and connecting with who was found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import NARROW, Site

Visit = Callable[..., Page]


@pytest.fixture
def apart(site: Site) -> Iterator[None]:
    """Leave those who connect here as they were."""
    yield
    for handle in ("kwame", "bjorg"):
        with site.context("sinead") as context:
            context.request.post(f"/people/{handle}/connection/ended", headers={"Origin": site.address})


def test_search_finds_corrects_and_offers_to_ask(visit: Visit) -> None:
    page = visit("noah", "/home")
    page.get_by_role("searchbox").first.click()
    page.goto("/search?q=defrost")
    expect(page.locator("main .sr").first).to_be_visible()
    page.goto("/search?q=defrsot")
    expect(page.locator("main")).to_contain_text("defrost")
    page.goto("/search?q=zorbing-in-space")
    expect(page.locator("main").get_by_role("link", name="Ask").first).to_be_visible()


def test_the_palette_opens_by_key_and_goes_to_a_person(visit: Visit, site: Site) -> None:
    page = visit("noah", "/home")
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="Search or command")
    expect(field).to_be_focused()
    field.fill("tomasz ziel")
    expect(page.get_by_role("option", name="Tomasz Zieliński").first).to_be_visible()
    page.get_by_role("option", name="Tomasz Zieliński").first.click()
    expect(page).to_have_url(f"{site.address}/people/tomasz")
    page.wait_for_load_state("load")  # until the page's script listens to keys
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="Search or command")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("combobox", name="Search or command")).to_be_hidden()


def test_the_palette_calls_topics_and_spaces_so(visit: Visit) -> None:
    page = visit("noah", "/home")
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="Search or command").fill("heat pump")
    expect(page.locator(".pal .grp")).to_have_text(["Answers", "Topics", "Spaces", "Do"])


def test_the_palette_ends_nowhere(visit: Visit, site: Site) -> None:
    """By keyboard alone: what fits nothing can be looked for everywhere, or asked."""
    page = visit("noah", "/home")
    page.keyboard.press("Control+k")
    page.keyboard.type(">drafts")
    expect(page.get_by_role("option", name="Your drafts")).to_be_visible()
    for typed in (">zorbing", "@zorbing", "#zorbing"):
        page.get_by_role("combobox", name="Search or command").fill(typed)
        expect(page.get_by_role("option", name="Ask this instead")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/compose\?kind=question&title=zorbing"))


def test_while_a_question_is_written_the_like_is_shown(visit: Visit) -> None:
    page = visit("noah", "/compose?kind=question&space=heat-pump-engineers")
    page.get_by_label("Your question in one line").press_sequentially("Low-pressure lockout on a cold morning", delay=5)
    expect(page.locator("#similar").get_by_role("link").first).to_be_visible()
    expect(page.locator("#similar")).to_contain_text("lockout")


def test_who_knows_names_people_with_what_shows_it(visit: Visit) -> None:
    page = visit("noah", "/who-knows")
    page.get_by_role("textbox", name="Who knows about").fill("low-pressure lockout")
    page.get_by_role("button", name="Find people").click()
    first = page.get_by_role("article").first
    expect(first.get_by_role("heading")).to_be_visible()
    expect(first.get_by_role("list", name="What shows it").get_by_role("link").first).to_be_visible()
    page.get_by_role("link", name="Free now").click()
    expect(page.get_by_role("link", name="Free now")).to_have_attribute("aria-current", "true")


def test_the_directory_narrows_as_one_ticks(visit: Visit) -> None:
    page = visit("priya", "/people")
    page.get_by_role("checkbox", name="Leeds depot").check()
    expect(page.get_by_role("link", name="Remove Leeds depot")).to_be_visible()
    page.get_by_label("Look for people").fill("hassan")
    page.get_by_role("button", name="Look").click()
    expect(page.get_by_role("link", name="Remove Leeds depot")).to_be_visible()
    expect(page.locator(".pd-one")).to_have_count(1)
    expect(page.locator(".pd-count")).to_have_text("1 person")
    page.get_by_role("link", name="Clear").click()
    expect(page.get_by_role("link", name="Remove Leeds depot")).to_have_count(0)


def test_on_a_phone_the_filters_rise_from_below(visit: Visit) -> None:
    page = visit("priya", "/people", viewport=NARROW, has_touch=True)
    box = page.get_by_role("checkbox", name="Leeds depot")
    expect(box).to_be_hidden()
    page.locator("summary", has_text="Filters").click()
    expect(box).to_be_visible()


def test_without_script_the_directory_works(visit: Visit) -> None:
    page = visit("priya", "/people", java_script_enabled=False)
    page.get_by_role("checkbox", name="Leeds depot").check()
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="Remove Leeds depot")).to_be_visible()


def test_from_asking_to_connected(visit: Visit, apart: None) -> None:
    sinead = visit("sinead", "/people/kwame")
    sinead.get_by_role("link", name="Connect with Kwame Mensah").click()
    dialog = sinead.get_by_role("dialog")
    dialog.get_by_label("Why you?").fill("We met at the training van.")
    dialog.get_by_role("button", name="Ask to connect").click()
    expect(sinead.locator("#tie-kwame")).to_contain_text("Asked")
    kwame = visit("kwame", "/inbox/requests")
    asked = kwame.get_by_role("listitem").filter(has_text="We met at the training van.")
    asked.get_by_role("button", name="Connect").click()
    expect(kwame.locator("[data-toast]")).to_contain_text("are connected")
    kwame.goto("/me/connections")
    expect(kwame.get_by_role("list").filter(has_text="Sinéad")).to_be_visible()
    sinead.reload()
    expect(sinead.locator("#tie-kwame")).to_contain_text("Connected")
    sinead.locator("summary[aria-label='More about Kwame']").click()
    with sinead.expect_download() as card:
        sinead.get_by_role("link", name="Contact card").click()
    assert card.value.suggested_filename == "kwame.vcf"


def test_a_refusal_shows_nothing_and_is_undone(visit: Visit, apart: None) -> None:
    visit("sinead").request.post("/people/bjorg/connect", form={"note": ""}, headers={"Sec-Fetch-Site": "same-origin"})
    page = visit("bjorg", "/people/sinead")
    page.get_by_role("button", name="Not now").click()
    expect(page.get_by_role("link", name="Connect with")).to_be_visible()
    expect(visit("sinead", "/people/bjorg").locator("#tie-bjorg")).to_contain_text("Asked")
    page.locator("[data-toast]").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Accept")).to_be_visible()


def test_a_team_is_found_and_one_swapped(visit: Visit, site: Site) -> None:
    page = visit("priya", "/teams")
    page.get_by_role("combobox", name="What does the team need to know?").fill("Spreadsheets, Zorbing")
    page.get_by_role("button", name="Find a team").click()
    expect(page).to_have_url(f"{site.address}/teams?skill=Spreadsheets&skill=Zorbing")
    expect(page.get_by_role("heading", name="1 person knows 1 of 2")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Covered by nobody")
    first = page.locator(".tm-one h3").inner_text()
    page.get_by_role("link", name="Swap").click()
    expect(page.locator(".tm-one h3")).not_to_have_text(first)
