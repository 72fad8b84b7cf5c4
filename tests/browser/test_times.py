"""When something was, in the reader's words, at little cost."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.site import SPACE, Site

if TYPE_CHECKING:
    from playwright.sync_api import Page

Visit = Callable[..., "Page"]
COUNTED = """const construct = (...all) => ((window.made ??= []).push(all[0].name), Reflect.construct(...all));
for (const name of ["DateTimeFormat", "RelativeTimeFormat"])
  Intl[name] = new Proxy(Intl[name], { construct });
"""
DAYS = """() => [2001, new Date().getFullYear()].flatMap((year) => [...Array(12).keys()].map((month) => {
  const day = `${year}-${String(month + 1).padStart(2, "0")}-04`;
  const time = Object.assign(document.createElement("time"), { dateTime: day });
  document.querySelector("main").append(time);
  const parts = { day: "numeric", month: "short", ...(year === 2001 ? { year: "numeric" } : {}) };
  return new Promise((said) => requestAnimationFrame(() => requestAnimationFrame(() => {
    said([time.textContent, new Intl.DateTimeFormat("en-GB", parts).format(new Date(`${day}T00:00`))]);
    time.remove();
  })));
}))"""


@pytest.mark.parametrize("path", ["/home", f"/spaces/{SPACE}/"])
def test_a_page_makes_no_table_of_dates_until_somebody_asks(visit: Visit, path: str) -> None:
    page = visit("priya")
    page.add_init_script(COUNTED)
    page.goto(path)
    when = page.locator("main time[datetime]:not([data-exact])").first
    page.wait_for_load_state("networkidle")
    assert page.evaluate("() => window.made ?? []") == []
    when.hover()
    assert page.evaluate("() => window.made") == ["DateTimeFormat"]
    assert len(when.get_attribute("title") or "") > len("4 May 2026")


def test_days_are_named_as_the_language_names_them(visit: Visit) -> None:
    page = visit("priya", "/home")
    page.wait_for_load_state("networkidle")
    said = page.evaluate("async () => Promise.all((" + DAYS + ")())")
    near = ("now", "Today", "Yesterday", "Tomorrow")
    assert len(said) == 24
    assert [ours for ours, _ in said if not ours.startswith(near)] == [
        theirs for ours, theirs in said if not ours.startswith(near)
    ]
    assert sum(ours.startswith(near) for ours, _ in said) <= 1


BREAKS = """(width) => {
  const line = Object.assign(document.createElement("p"), { style: `inline-size: ${width}` });
  const at = new Date(Date.now() - 3 * 3600e3).toISOString();
  line.innerHTML = `by Priya <time datetime="${at}">4 May</time>`;
  document.querySelector("main").prepend(line);
  const before = line.offsetHeight;
  return new Promise((said) => requestAnimationFrame(() => requestAnimationFrame(() => {
    said([line.innerText, line.offsetHeight - before]);
  })));
}"""


def test_a_time_in_the_readers_words_breaks_no_line(visit: Visit) -> None:
    page = visit("priya")
    page.clock.install(time="2026-05-04T15:00:00Z")
    page.goto("/home")
    page.clock.run_for(1000)
    page.wait_for_load_state("networkidle")
    wide, narrow = (page.evaluate(BREAKS, width) for width in ("40em", "7.6em"))
    assert (wide[0].startswith("by Priya Today, "), wide[1]) == (True, 0)
    assert (re.fullmatch(r"by Priya \d\d:\d\d", narrow[0]) is not None, narrow[1]) == (True, 0)


def test_a_scheduled_article_names_its_hour_by_the_readers_clock_as_its_field_does(site: Site, visit: Visit) -> None:
    title = f"Seen elsewhere {uuid4().hex[:6]}"
    hour = {"publish_at": "2100-01-14T09:00:00Z", "way": "later", "zone": "UTC"}
    site.make("tomasz", "article", title=title, **hour)
    page = visit("tomasz", "/me/drafts", timezone_id="America/New_York")
    card = page.locator("li.card", has_text=title)
    expect(card.locator("time")).to_have_text("14 Jan 2100, 04:00")
    expect(card.locator("[name='publish_at']")).to_have_value("2100-01-14T04:00")
