"""One page's text on its way from another house's Markdown to the Markdown of this one, links still as they were."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any

from watercooler.doors.importing import code
from watercooler.doors.importing.emoji import with_emoji
from watercooler.doors.importing.handbook import components, containers, excerpts, marks, markup, myst
from watercooler.doors.importing.handbook.headings import with_named_parts
from watercooler.doors.importing.handbook.shortcodes import Shortcodes, highlighted

_PRE = re.compile(r"^[ \t]*<pre\b(?P<head>[^<>]*)>(?P<code>(?:(?!<pre\b).)*?)</pre>[ \t]*$", re.S | re.M | re.I)
_LANGUAGE = re.compile(r"lang(?:uage)?-([\w+-]+)")
_INCLUDED = re.compile(
    r"<!--\s*@include:\s*([^\s{#<>]+)[^>]*-->|^[ \t]*-{1,}8<-{1,}[ \t]+[\"']([^\"'\n]+)[\"'][ \t]*$"
    r"|\{\{#include[ \t]+([^\s{}]+)[^{}\n]*\}\}",
    re.M,
)
_OF_A_BOOK = re.compile(r"\{\{#(?:title|playground|playpen|rustdoc_include|template)\b[^{}\n]*\}\}")


@dataclass(slots=True)
class Room:
    """How much a page may still include: files that include each other twice would never come to an end."""

    files: int = 500
    characters: int = 2_000_000


@dataclass(slots=True)
class Words:
    """Turns texts into plain Markdown. include: path → the text of another page, or None. file: likewise of any file,
    for examples.

    front: what the page's front matter says, values: what the site's settings say, for marks that name them. unknown:
    marks that had no meaning here, with how often.
    """

    include: Callable[[str], str | None]
    front: dict[str, Any] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    is_vault: bool = False
    with_names: bool = False
    """Keep the names of parts, to find out which part they are in."""
    then: Callable[[str], str] = lambda text: text
    """What is done last to everything but code."""
    unknown: dict[str, int] = field(default_factory=dict)
    file: Callable[[str], str | None] = lambda _path: None
    deepest: int = 3
    """How deep what is included may include something itself."""
    room: Room = field(default_factory=Room)

    def __call__(self, text: str) -> str:
        if "<pre" in text:
            text = _PRE.sub(_fenced, text)
        text = myst.opened(excerpts.into_code(text, self._of_file), self._read)
        if self.with_names:
            text = with_named_parts(text)
        aside = code.Aside()

        def include(path: str) -> str | None:
            path, which = excerpts.parted(path)
            said = self._read(path) if self.deepest else None
            said = excerpts.of(said, which) if said and which else said
            return aside.keep(replace(self, deepest=self.deepest - 1)(said)) if said else said

        text = highlighted(aside.away(text), aside.keep)
        return aside.back(self._changed(text, include))

    def _read(self, path: str) -> str | None:
        return self._within_room(self.include, path)

    def _of_file(self, path: str) -> str | None:
        return self._within_room(self.file, path)

    def _within_room(self, read: Callable[[str], str | None], path: str) -> str | None:
        if min(self.room.files, self.room.characters) <= 0:
            return None
        said = read(path)
        self.room.files -= 1
        self.room.characters -= len(said or "")
        return said

    def _changed(self, text: str, include: Callable[[str], str | None]) -> str:
        if "@include:" in text or "8<-" in text or "{{#" in text:
            text = _OF_A_BOOK.sub("", _INCLUDED.sub(lambda m: include(m[1] or m[2] or m[3]) or "", text))
        if self.is_vault:
            text = marks.of_a_vault(text)
        text = marks.footnotes(marks.joined(components.without_components(text, include)))
        text = containers.opened(text)
        shortcodes = Shortcodes(include, self.front, self.values, self.unknown)
        words = with_emoji(markup.to_markdown(shortcodes(text)))
        words = marks.plain(words, with_names=self.with_names)
        return self.then(re.sub(r"\n[ \t]*\n(?:[ \t]*\n)+", "\n\n", words))


def _fenced(match: re.Match[str]) -> str:
    """Return code in HTML as code in Markdown."""
    said = unescape(re.sub(r"</?[A-Za-z][^<>]*>", "", match["code"])).strip("\n")
    language = _LANGUAGE.search(match["head"] + match["code"][:200])
    fence = "````" if "```" in said else "```"
    return f"\n{fence}{language[1] if language else ''}\n{said}\n{fence}\n"
