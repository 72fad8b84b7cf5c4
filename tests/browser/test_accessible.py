"""Every page for everybody: axe finds nothing, nothing sticks out, in light and dark, on phones, right to left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.pages import walk
from tests.browser.site import NARROW, REPOSITORY, WIDE, Site

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = REPOSITORY / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
DARK = ["color-contrast", "link-in-text-block"]
"""What can differ between light and dark; the other rules read the same page twice."""

STILL = "*, ::before, ::after { content-visibility: visible !important; transition: none !important }"
"""What is skipped while off the screen has no true size, and what is on its way has no true colour."""

FINDINGS = """async ([type, values]) => {
  const found = await axe.run(document, { runOnly: { type, values }, resultTypes: ["violations"] });
  const why = (node) => [...node.any, ...node.all, ...node.none].map((one) => one.message).join("; ").slice(0, 240);
  const said = (rule, node) => [rule.id, node.target.join(" "), node.html.slice(0, 160), why(node)].join(": ");
  return found.violations.flatMap((rule) => rule.nodes.map((node) => said(rule, node)));
}"""
STICKS_OUT = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  const keeps = (part) => part && (getComputedStyle(part).overflowX !== "visible" || keeps(part.parentElement));
  const isOut = (box) => box.width > 0 && (box.right > wide + 1 || box.left < -1);
  return [...document.body.querySelectorAll("*")]
    .filter((part) => isOut(part.getBoundingClientRect()) && !keeps(part.parentElement))
    .slice(0, 5)
    .map((part) => part.outerHTML.slice(0, 140))
    .concat([`${document.documentElement.scrollWidth} of ${wide} px`]);
}"""


def pages(site: Site, **options: Any) -> Iterator[tuple[str, Page]]:
    """Walk every type of page in one tab a person, each when its parts that come later are there."""
    tabs: dict[str | None, Page] = {}
    try:
        for handle, address in walk(site):
            if handle not in tabs:
                tabs[handle] = site.context(handle, bypass_csp=True, **options).new_page()
            tab = tabs[handle]
            tab.goto(address)
            tab.add_style_tag(content=STILL)
            tab.wait_for_function("!document.querySelector('[aria-busy=true], .rail-later[hx-trigger]')")
            tab.evaluate("document.fonts.ready.then(() => true)")  # what is measured depends on the letters' shapes
            yield f"{handle or 'a stranger'} at {address}", tab
    finally:
        for tab in tabs.values():
            tab.context.close()


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "phone"])
def test_axe_finds_nothing_in_light_and_dark(site: Site, viewport: dict[str, int]) -> None:
    script = AXE.read_text()
    found = []
    for where, page in pages(site, viewport=viewport):
        page.evaluate(script)
        found += [f"{where}: {finding}" for finding in page.evaluate(FINDINGS, ["tag", RULES])]
        page.emulate_media(color_scheme="dark")
        found += [f"{where}, dark: {finding}" for finding in page.evaluate(FINDINGS, ["rule", DARK])]
        page.emulate_media(color_scheme="light")
    assert not found, f"{len(found)} findings\n" + "\n".join(found)


def test_nothing_scrolls_sideways_at_320_px(site: Site) -> None:
    found = []
    for where, page in pages(site, viewport={"width": 320, "height": 640}):
        found += [f"{where}: {part}" for part in page.evaluate(STICKS_OUT)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [390, 1440])
def test_right_to_left(site: Site, width: int) -> None:
    """Home and a thread as somebody who reads Arabic gets them: the layout mirrors and nothing sticks out."""
    context = site.context("tomasz", viewport={"width": width, "height": 900})
    page = context.new_page()
    try:
        for address in ("/home", next(address for _, address in walk(site) if address.startswith("/q/"))):
            page.goto(address)
            before = page.get_by_role("heading", level=1).bounding_box()
            page.evaluate("Object.assign(document.documentElement, { dir: 'rtl', lang: 'ar' })")
            assert page.evaluate(STICKS_OUT) == [], address
            after = page.get_by_role("heading", level=1).bounding_box()
            assert before
            assert after
            assert before["x"] + after["x"] + after["width"] == pytest.approx(width, abs=20), (
                f"{address} does not mirror"
            )
    finally:
        context.close()
