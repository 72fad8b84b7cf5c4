"""A long text made ready for reading: its headings, its contents list, and how long it takes."""

from __future__ import annotations

import re

from minijinja import safe

_HEADING = re.compile(r"<h2>(.*?)</h2>", re.S)
_LEVEL = re.compile(r"(</?h)([2-6])>")


def with_contents(html: str) -> tuple[str, list[tuple[str, str]]]:
    """Return the text with an anchor at each of its main headings, and (anchor, words) of them in order.

    Whatever level an author begins with, the page's first is two: its title is one.
    """
    html = _raised(html)
    contents: list[tuple[str, str]] = []

    def anchored(match: re.Match[str]) -> str:
        anchor = f"part-{len(contents) + 1}"
        contents.append((anchor, safe(re.sub(r"<[^>]+>", "", match[1]))))
        return f'<h2 id="{anchor}">{match[1]}</h2>'

    return safe(_HEADING.sub(anchored, html)), contents


def _raised(html: str) -> str:
    levels = [int(match[2]) for match in _LEVEL.finditer(html)]
    too_low = min(levels, default=2) - 2
    return _LEVEL.sub(lambda match: f"{match[1]}{int(match[2]) - too_low}>", html) if too_low else html


def minutes_to_read(html: str) -> int:
    """Return how long an adult reads at 220 words a minute, at least 1."""
    return max(round(len(re.sub(r"<[^>]+>", " ", html).split()) / 220), 1)
