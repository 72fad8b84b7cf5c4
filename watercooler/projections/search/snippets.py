"""Cutting the place that matters out of a text, with the words found in it marked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cached_property
from html import escape, unescape

from watercooler.projections.search.letters import is_letter, is_run, pattern

WIDTH = 190
BEFORE, AFTER = 260, 700
"""Characters of HTML around the place that matters from which a snippet is cut; tags take some of them."""
_TAGS = re.compile(r"<[^>]+>")
LONG_WORD = 40
_AIR = re.compile(r"\s+")
_FOREIGN = re.compile(r"[^\x00-\x7f]")


class _Bare(dict[int, int]):
    """Character → its lower-case base letter, one for one; filled as characters are met."""

    def __missing__(self, code: int) -> int:
        letter = chr(code).lower()
        base = letter[0] if is_run(letter) else unicodedata.normalize("NFD", letter)[0]
        self[code] = ord(base)
        return self[code]


_BARE = _Bare()


def plain(html: str) -> str:
    """Return the words of cleaned HTML, on one line. Tags cut off at either end are left out."""
    if html.find(">") < html.find("<") or ("<" not in html and ">" in html):
        html = html[html.find(">") + 1 :]
    if html.rfind("<") > html.rfind(">"):
        html = html[: html.rfind("<")]
    return _AIR.sub(" ", unescape(_TAGS.sub(" ", html))).strip()


def _bare(text: str) -> str:
    """Return lower case without accents, exactly as long as the text itself, so that places agree."""
    lower = text.lower()
    if len(lower) != len(text):
        return text.translate(_BARE)
    # A few letters of thousands are none of ASCII's: each is replaced at once, instead of looking at every character.
    for letter in set(_FOREIGN.findall(lower)):
        lower = lower.replace(letter, chr(_BARE[ord(letter)]))
    return lower


def stems(terms: Sequence[str]) -> list[str]:
    """Return what words looked for begin with, the longest first, at most 30."""
    cut = {_bare(term)[: max(3, len(term) - 2)] if len(term) > 4 else _bare(term) for term in terms}
    return sorted((stem for stem in cut if len(stem) > 1 or is_letter(stem)), key=len, reverse=True)[:30]


class Marker:
    """Knows the words looked for, and marks them; one a page, because its pattern is costly to make."""

    def __init__(self, terms: Sequence[str]) -> None:
        found = stems(terms)
        self.stems = found

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        # Not made where all that it would mark is kept.
        words = [stem for stem in self.stems if not is_run(stem)]
        ways = [r"\b(?:" + "|".join(map(re.escape, words)) + r")\w*"] if words else []
        if runs := [stem for stem in self.stems if is_run(stem)]:
            ways.append(pattern(runs))
        return re.compile("|".join(ways)) if ways else None

    def mark(self, text: str) -> str:
        """Return HTML of a short text with the terms in <mark>."""
        if self._pattern is None:
            return escape(text)
        out, last = [], 0
        for found in self._pattern.finditer(_bare(text)):
            start, end = found.span()
            out += [text[last:start], "\0<", text[start:end], "\0>"]
            last = end
        out.append(text[last:])
        # Escaped once and not piece by piece. No text of the database holds a NUL.
        return escape("".join(out)).replace("\0&lt;", "<mark>").replace("\0&gt;", "</mark>")

    def snippet(self, html: str, width: int = WIDTH) -> str:
        """Return about `width` characters around the first place where most terms meet, marked, as HTML."""
        place = _densest(self._places(html), width)
        begun = place > BEFORE
        body = plain(html[place - BEFORE if begun else 0 : place + AFTER])
        if begun:
            body = body[_next_word(body, 0) :]
        start = max(0, _densest(self._places(body), width) - 40)
        if start:
            start = _next_word(body, start)
        cut = body[start : start + width]
        if start + width < len(body) or place + AFTER < len(html):
            last = cut.rfind(" ")
            cut = (cut[:last] if last > len(cut) - LONG_WORD else cut).rstrip(" .,;:") + "…"
        return ("… " if start or begun else "") + self.mark(cut)

    def counted(self, text: str) -> int:
        """Return how many of the different words a text holds."""
        bare = _bare(text)
        return sum(stem in bare for stem in self.stems)

    def _places(self, text: str) -> list[int]:
        return [m.start() for m in self._pattern.finditer(_bare(text))][:200] if self._pattern else []


def _next_word(text: str, start: int) -> int:
    """Return where a word begins from here on; the place itself where no space is near, as in Chinese."""
    return text.find(" ", start, start + LONG_WORD) + 1 or start


def _densest(places: Sequence[int], width: int) -> int:
    """Return the place from which most others lie within `width`; 0 if there is none."""
    best, most, last = (places[0] if places else 0), 0, 0
    for index, place in enumerate(places):
        while last < len(places) and places[last] < place + width:
            last += 1
        if last - index > most:
            best, most = place, last - index
    return best
