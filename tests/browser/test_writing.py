"""Writing: drafts stay, pictures are pasted and described, two editors of one article lose nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from tests.browser.site import SPACE, Site

Visit = Callable[..., Page]
PASTE = """async (field) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 40, height: 30 });
  canvas.getContext("2d").fillRect(4, 4, 20, 20);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  const data = new DataTransfer();
  data.items.add(new File([blob], "gauge.png", { type: "image/png" }));
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""

RECORD = """async (field) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 36 });
  const ground = canvas.getContext("2d");
  const recorder = new MediaRecorder(canvas.captureStream(), { mimeType: "video/webm" });
  const recorded = new Promise((resolve) => (recorder.ondataavailable = (event) => resolve(event.data)));
  recorder.start();
  for (let n = 0; n < 12; n++) {
    ground.fillRect(n, n, 10, 10);
    await new Promise(requestAnimationFrame);
  }
  recorder.stop();
  const data = new DataTransfer();
  data.items.add(new File([await recorded], "tour.webm", { type: "video/webm" }));
  data.items.add(new File(["1\\n00:00:00,000 --> 00:00:09,000\\nBleed it here.\\n"], "tour.srt"));
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def where_files_are_taken(page: Page) -> Locator:
    """Return the field that files are pasted into, when its modules have come: they are fetched after the page."""
    expect(page.locator(":is(markdown-editor, file-field)[data-ready]")).to_have_count(2)
    return page.get_by_role("textbox", name="What have you tried?")


def test_a_draft_survives_a_reload(visit: Visit) -> None:
    page = visit("noah", f"/compose?kind=question&space={SPACE}")
    page.get_by_label("Your question in one line").fill("Half a thought")
    page.get_by_role("textbox", name="What have you tried?").fill("And the other half")
    page.reload()
    expect(page.get_by_label("Your question in one line")).to_have_value("Half a thought")
    expect(page.get_by_role("textbox", name="What have you tried?")).to_have_value("And the other half")


def test_a_draft_goes_on_where_another_device_left_it(visit: Visit) -> None:
    """Of two devices the one that wrote last is right; where both went on, neither text is lost."""

    def write(page: Page, words: str) -> None:
        with page.expect_response("**/drafts/**"):
            page.locator("#source").fill(words)

    def opened() -> Page:
        page = visit("sinead", f"/compose?kind=post&space={SPACE}")
        expect(page.locator("markdown-editor[data-ready]")).to_have_count(1)
        return page

    mark = uuid4().hex[:8]
    desk = opened()
    write(desk, f"At the desk {mark}")
    phone = opened()
    expect(phone.locator("#source")).to_have_value(f"At the desk {mark}")
    write(phone, f"In the van {mark}")
    desk.reload()
    expect(desk.locator("#source")).to_have_value(f"In the van {mark}")

    desk.route("**/drafts/**", lambda _route: None)
    desk.locator("#source").fill(f"Both, at the desk {mark}")
    expect(desk.locator("[data-draft-state]")).to_have_text("Draft saved on this device")
    write(phone, f"Both, in the van {mark}")
    desk.reload()
    expect(desk.locator("#source")).to_have_value(f"Both, at the desk {mark}")
    for words in ("in the van", "at the desk"):
        desk.get_by_role("button", name="Show the other text").click()
        expect(desk.locator("#source")).to_have_value(f"Both, {words} {mark}")


def test_a_pasted_picture_is_sent_described_and_shown(visit: Visit, site: Site) -> None:
    title = f"What is this gauge? {uuid4().hex[:8]}"
    page = visit("priya", f"/compose?kind=question&space={SPACE}")
    page.get_by_label("Your question in one line").fill(title)
    field = where_files_are_taken(page)
    with page.expect_response("**/attachments") as sent:
        field.evaluate(PASTE)
    assert sent.value.status == 201
    asked = page.get_by_label("What does “gauge.png” show?")
    expect(asked).to_be_focused()
    asked.fill("A gauge in the red")
    asked.press("Enter")
    assert "![A gauge in the red](/files/" in field.input_value()
    page.get_by_role("button", name="Post question").click()
    picture = page.get_by_role("img", name="A gauge in the red")
    expect(picture).to_be_visible()
    assert picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 0


def test_a_film_plays_on_the_page_with_its_captions(visit: Visit) -> None:
    page = visit("priya", f"/compose?kind=question&space={SPACE}")
    page.get_by_label("Your question in one line").fill(f"Where do I bleed this? {uuid4().hex[:8]}")
    field = where_files_are_taken(page)
    field.evaluate(RECORD)
    expect(field).to_have_value(re.compile(r"tour\.vtt"))
    expect(field).to_have_value(re.compile(r"tour\.webm"))
    page.get_by_role("button", name="Post question").click()
    film = page.get_by_label("tour.webm", exact=True)
    expect(film).to_have_js_property("videoWidth", 64)
    film.evaluate("(film) => (film.textTracks[0].mode = 'showing')")
    page.wait_for_function("() => document.querySelector('track').readyState === 2")
    assert film.evaluate("(film) => film.textTracks[0].cues[0].text") == "Bleed it here."


def test_two_editors_of_one_article_lose_nothing(visit: Visit, site: Site) -> None:
    address = site.make("tomasz", "article", title=f"Winter checks {uuid4().hex[:8]}", source="First.\n\nSecond.")
    edit = f"/items/{address.split('/')[2]}/edit"
    first, second = visit("tomasz", edit), visit("jaspreet", edit)
    first.locator("#source").fill("First, warmer.\n\nSecond.")
    second.locator("#source").fill("First, colder.\n\nSecond.")
    first.get_by_role("button", name="Save change").click()
    expect(first.get_by_role("heading", level=1)).to_contain_text("Winter checks")
    second.get_by_role("button", name="Save change").click()
    expect(second.get_by_role("heading", level=1)).to_have_text("Put both together")
    expect(second.get_by_role("region", name="What Tomasz Zieliński saved")).to_contain_text("warmer")
    expect(second.get_by_role("region", name="What you wrote")).to_contain_text("colder")
    second.locator("#source").fill("First, warmer or colder.\n\nSecond.")
    second.get_by_role("button", name="Save change").click()
    expect(second.locator("main")).to_contain_text("First, warmer or colder.")


def test_a_title_of_one_endless_word_stays_on_the_page(visit: Visit) -> None:
    page = visit("priya", "/compose?kind=article")
    page.locator("#title").fill("W" * 180)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_preview_of_a_text_that_is_too_long_says_so(visit: Visit) -> None:
    page = visit("priya", "/compose?kind=article")
    page.locator("#source").evaluate("(field) => (field.value = 'word '.repeat(30000))")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".preview")).to_contain_text("longer than 100,000 characters")
