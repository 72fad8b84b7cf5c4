"""Writing: drafts stay, pictures are pasted and described, two editors of one article lose nothing."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import Page, expect

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


def test_a_draft_survives_a_reload(visit: Visit) -> None:
    page = visit("noah", f"/compose?kind=question&space={SPACE}")
    page.get_by_label("Your question in one line").fill("Half a thought")
    page.get_by_role("textbox", name="What have you tried?").fill("And the other half")
    page.reload()
    expect(page.get_by_label("Your question in one line")).to_have_value("Half a thought")
    expect(page.get_by_role("textbox", name="What have you tried?")).to_have_value("And the other half")


def test_a_pasted_picture_is_sent_described_and_shown(visit: Visit, site: Site) -> None:
    title = f"What is this gauge? {uuid4().hex[:8]}"
    page = visit("priya", f"/compose?kind=question&space={SPACE}")
    page.get_by_label("Your question in one line").fill(title)
    field = page.get_by_role("textbox", name="What have you tried?")
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
