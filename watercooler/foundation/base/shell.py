"""The frame of every page (sidebar, top bar, bottom bar), kept by what it shows.

A viewer's frame changes when something becomes unread or a space is joined, not from page to page. Rendering it anew
cost as much as the rest of a page (0.35 ms).
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from html import escape
from typing import Any, NamedTuple

from minijinja import safe

from watercooler.foundation.base.kept import Kept

SECTIONS = ("home", "spaces", "library", "people", "inbox", "studio")
_IN_SPACES = ("/q/", "/p/", "/a/")
QUERY = "\x00"
"""Stands for what is in the search field: the only thing in the top bar that a page decides."""


class Shell(NamedTuple):
    """Safe HTML: the sidebar, the top bar, the bottom bar."""

    side: str
    bar: str
    tabbar: str


_kept: Kept[Shell] = Kept(5_000)


def section(path: str, place: str | None = None) -> str:
    """Return the section that a page lies in, as the sidebar marks it: the page's own word, else by its address."""
    if place:
        return place if place in SECTIONS else ""
    if path.startswith(_IN_SPACES):
        return "spaces"
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return next((name for name in SECTIONS if first.startswith(name)), "")


def shell(
    house: Mapping[str, Any], viewer: Any, chrome: Any, path: str, place: str | None, query: str | None, language: str
) -> dict[str, str]:
    """Return {side, bar, tabbar} for the layout. chrome: None, or what has `unread` and `spaces_json`.

    Cost: some microseconds while kept.
    """
    here = section(path, place)
    spaces, unread = (chrome.spaces_json, chrome.unread) if chrome else ("[]", 0)
    key: tuple[Hashable, ...] = (viewer.person_id, viewer.name, viewer.handle, viewer.photo, viewer.status)
    key += (viewer.role, viewer.looks_after_others, language, house["name"], house["logo"], here, unread, spaces)

    whole = _kept.get(key, lambda: _rendered(house, viewer, here, json.loads(spaces), unread))
    bar = whole.bar.replace(QUERY, escape(query or ""), 1)
    return {"side": safe(_marked(whole.side, path)), "bar": safe(bar), "tabbar": safe(whole.tabbar)}


def _rendered(house: Any, viewer: Any, here: str, spaces: Any, unread: int) -> Shell:
    from watercooler.foundation.base.templates import environment

    values = {"house": house, "viewer": viewer, "here": here, "spaces": spaces, "unread": unread, "query": QUERY}
    return Shell(*(environment().render_template(f"base/{part}.html", **values) for part in Shell._fields))


def _marked(side: str, path: str) -> str:
    """Return the sidebar with the viewer's present space marked: the one thing in it that a page decides."""
    if not path.startswith("/spaces/"):
        return side
    link = f'href="/spaces/{escape(path.split("/", 3)[2])}/"'
    return side.replace(link, link + ' aria-current="page"', 1)
