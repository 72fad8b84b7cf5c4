"""Texts as they come: HTML or Markdown of another house, made into a source that people here can go on editing.

Further processes come here too: nothing in this module needs the framework.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from html_to_markdown import convert

from watercooler.spine.content import markdown

LONGEST = 100_000
"""Longer texts are refused; they are not worked on before."""
_FENCED = re.compile(r"(^```.*?^```|^~~~.*?^~~~|^(?: {4}|\t).*?$|`[^`\n]*`)", re.S | re.M)
_PICTURE = re.compile(r"!\[([^\[\]]*)\](?=\(https?:|\(//|\[|:)")


@dataclass(frozen=True, slots=True)
class Text:
    """html: with links that lead to what is here, not yet safe. source: Markdown. shown: safe, None if not made yet."""

    html: str = ""
    source: str = ""
    shown: markdown.Rendered | None = None


def markdown_of(html: str) -> str:
    """Return HTML as Markdown. Outside pictures become links: this house shows pictures of its own only."""
    return without_pictures(convert(html).content or "")


def without_pictures(source: str) -> str:
    """Return Markdown with links in the place of outside pictures, code untouched."""
    if "![" not in source:
        return source
    parts = _FENCED.split(source)
    return "".join(part if n % 2 else _PICTURE.sub(_as_link, part) for n, part in enumerate(parts))


def _as_link(picture: re.Match[str]) -> str:
    return f"[{picture[1].strip() or 'picture'}]"


class Addresses:
    """Rewrites links to the old site into this house's own addresses of the same things."""

    def __init__(self, site: str) -> None:
        self.site = site
        self._link = re.compile(rf"https?://{re.escape(site)}/(?=(?:questions|q|a|users|u)/-?\d)", re.I)

    def __call__(self, text: str) -> str:
        return self._link.sub(f"/from/{self.site}/", text) if self.site in text else text


class ForumAddresses:
    """Rewrites links of a Discourse forum: topics and people lead to what is here, other paths to where it was."""

    def __init__(self, forum: str) -> None:
        self.forum = forum
        place = rf"(?:(?:https?:)?//{re.escape(forum)})"
        kept = r"(?=(?:t/(?:[^/\s\"')]+/)?\d|u/[\w.-]))"
        self._here = re.compile(rf"""(?P<before>href=["']|\]\(<?|^\[[^\[\]\n]+\]:\s*|{place})/{kept}""", re.I | re.M)
        self._there = re.compile(r"""(?P<before>(?:href|src)=["']|\]\(<?)/(?!/|from/)""")

    def __call__(self, text: str) -> str:
        text = self._here.sub(self._moved, text)
        return self._there.sub(rf"\g<before>https://{self.forum}/", text)

    def _moved(self, found: re.Match[str]) -> str:
        before = "" if found["before"].lower().endswith(self.forum.lower()) else found["before"]
        return f"{before}/from/{self.forum}/"
