"""The frame of every page (head, sidebar, top bar, bottom bar), kept by what it shows.

A viewer's frame changes when something becomes unread or a space is joined, not from page to page. Rendering it anew
cost as much as the rest of a page (0.35 ms).
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import cache
from html import escape
from typing import Any, NamedTuple

from django.conf import settings
from minijinja import Environment

from watercooler.foundation.base.kept import Kept

SECTIONS = ("home", "spaces", "library", "people", "inbox", "studio")
_IN_SPACES = ("/q/", "/p/", "/a/")
QUERY = b"\x00"
"""Stands for what is in the search field: the only thing in the top bar that a page decides."""


class Shell(NamedTuple):
    """Safe HTML of what a viewer's pages have in common: before a page's own content, and after it."""

    top: bytes
    foot: bytes


class Ends(NamedTuple):
    """Safe HTML of what all pages have in common: up to the title, after it in the head, and after the toast."""

    start: bytes
    head: bytes
    end: bytes


_kept: Kept[Shell] = Kept(5_000)
_ends: Kept[Ends] = Kept(100)


def section(path: str, place: str | None = None) -> str:
    """Return the section that a page lies in, as the sidebar marks it: the page's own word, else by its address."""
    if place:
        return place if place in SECTIONS else ""
    if path.startswith(_IN_SPACES):
        return "spaces"
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return next((name for name in SECTIONS if first.startswith(name)), "")


def shell(
    rendering: Any,
    house: Mapping[str, Any],
    viewer: Any,
    chrome: Any,
    path: str,
    place: str | None,
    query: str | None,
    theme: str | None,
    language: str,
    brings_styles: bool = False,
) -> dict[str, bytes]:
    """Return {start, head, top, foot, end} for the layout, rendered where the layout is.

    chrome: None, or what has `unread`, `messages` and `spaces_json`. Cost: some microseconds while kept.
    """
    here = section(path, place)
    theme = theme if theme in ("light", "dark") else ""
    spaces, unread = (chrome.spaces_json, chrome.unread + chrome.messages) if chrome else ("[]", 0)
    key: tuple[Hashable, ...] = (viewer.person_id, viewer.name, viewer.handle, viewer.photo, viewer.status)
    key += (viewer.role, viewer.looks_after_others, language, house["name"], house["logo"], here, unread, spaces)

    def made() -> Shell:
        values = {"house": house, "here": here, "spaces": json.loads(spaces), "unread": unread, "query": QUERY.decode()}
        return Shell(*_rendered(rendering.env, Shell._fields, viewer=viewer, **values))

    def ends() -> Ends:
        return Ends(
            *_rendered(
                rendering.env, Ends._fields, viewer=viewer, theme=theme, tongue=language, brings_styles=brings_styles
            )
        )

    around = _kept.get(key, made)
    common = _ends.get((theme, language, viewer.is_known, brings_styles), ends) if not _is_developing() else ends()
    top = _marked(around.top, path).replace(QUERY, escape(query or "").encode(), 1)
    return {**common._asdict(), "top": top, "foot": around.foot}


@cache
def _is_developing() -> bool:
    return bool(settings.DEBUG)


def _rendered(env: Environment, parts: Iterable[str], **values: Any) -> Iterator[bytes]:
    return (env.render_template(f"base/{part}.html", **values).encode() for part in parts)


def _marked(top: bytes, path: str) -> bytes:
    """Return the frame with the viewer's present space marked: the one thing in the sidebar that a page decides."""
    if not path.startswith("/spaces/"):
        return top
    link = f'href="/spaces/{escape(path.split("/", 3)[2])}/"'.encode()
    return top.replace(link, link + b' aria-current="page"', 1)
