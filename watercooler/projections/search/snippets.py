"""Cutting the place that matters out of a text, with the words found in it marked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from html import escape

WIDTH = 190


class _Bare(dict[int, int]):
    """Character → its lower-case base letter, one for one; filled as characters are met."""

    def __missing__(self, code: int) -> int:
        base = unicodedata.normalize("NFD", chr(code).lower())[0]
        self[code] = ord(base)
        return self[code]


_BARE = _Bare()


def _plain(text: str) -> str:
    """Return lower case without accents, exactly as long as the text itself, so that places agree."""
    return text.translate(_BARE)


def _pattern(terms: Sequence[str]) -> re.Pattern[str] | None:
    stems = {
        _plain(term)[: max(3, len(term) - 2)] if len(term) > 4 else _plain(term) for term in terms if len(term) > 1
    }
    if not stems:
        return None
    return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(stems, key=len, reverse=True))) + r")\w*")


def mark(text: str, terms: Sequence[str]) -> str:
    """Return HTML of a short text with the terms in <mark>."""
    pattern = _pattern(terms)
    if pattern is None:
        return escape(text)
    out, last = [], 0
    for found in pattern.finditer(_plain(text)):
        start, end = found.span()
        out += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
        last = end
    return "".join(out) + escape(text[last:])


def snippet(body: str, terms: Sequence[str], width: int = WIDTH) -> str:
    """Return about `width` characters around the first place where most terms meet, marked, as HTML."""
    body = re.sub(r"\s+", " ", body).strip()
    pattern = _pattern(terms)
    found = [m.start() for m in pattern.finditer(_plain(body))][:200] if pattern else []
    start = max(0, _densest(found, width) - 40)
    if start:
        start = body.find(" ", start) + 1
    cut = body[start : start + width]
    if start + width < len(body):
        cut = cut.rsplit(" ", 1)[0].rstrip(" .,;:") + "…"
    return ("… " if start else "") + mark(cut, terms)


def _densest(places: Sequence[int], width: int) -> int:
    best, most = (places[0], 0) if places else (0, 0)
    for index, place in enumerate(places):
        near = sum(1 for other in places[index:] if other < place + width)
        if near > most:
            best, most = place, near
    return best
