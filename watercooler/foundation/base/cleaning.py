"""Texts cleaned and cut, for whoever works on many: needs nothing of the framework, which takes 0.1 s to load."""

from __future__ import annotations

import re
import unicodedata

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# Direction overrides and isolates, zero-width and other invisible characters that make a text lie about itself.
_INVISIBLE = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff\u00ad]")


def clean_line(text: str) -> str:
    """Return one line of plain text: composed (NFC), without control, direction or zero-width characters."""
    if not text:
        return ""
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return " ".join(_CONTROL.sub(" ", text).split())


def clean_text(text: str) -> str:
    """Return running text with its line breaks kept and the same characters removed as in `clean_line`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return _CONTROL.sub("", text).strip()


def slugify(text: str, fallback: str = "thing") -> str:
    """Return a readable part of an address, at most 80 characters: letters of any script, digits and hyphens."""
    text = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[^\w]+", "-", text).strip("-_")[:80].strip("-") or fallback


def topic_slug(name: str, fallback: str = "") -> str:
    """Return a topic's part of an address, at most 60 characters.

    What an address cannot hold and a name needs is spelt out in it: C, C# and C++ are three topics.
    """
    spelt = clean_line(name).lstrip("#").replace("#", "-sharp").replace("+", "-plus")
    return slugify(spelt, fallback)[:60]


def excerpt(text: str, limit: int = 280) -> str:
    """Return the beginning of a plain text, cut at a word, at most `limit` characters."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(",.;:") + "…"
