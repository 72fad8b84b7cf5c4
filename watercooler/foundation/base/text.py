"""Small truths about text and time that every page needs."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import TYPE_CHECKING
from zlib import crc32

from django.utils.dateformat import format as date_format
from django.utils.formats import number_format
from django.utils.translation import get_language

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_DAYS = {"de": "j. M"}
"""Where a day is not written as in "14 Nov"."""

type Words = str | _StrPromise
"""A sentence for people, translated at once or when shown."""

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


def excerpt(text: str, limit: int = 280) -> str:
    """Return the beginning of a plain text, cut at a word, at most `limit` characters."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(",.;:") + "…"


def initials(name: str) -> str:
    """Return one or two letters that stand for a name where no photo is."""
    words = [w for w in name.split() if w[0].isalnum()]
    return "".join(w[0] for w in (words[:1] + words[-1:] if len(words) > 1 else words)).upper() or "?"


def hue(name: str) -> int:
    """Return a hue in degrees that is always the same for the same name."""
    return crc32(name.encode()) % 360


def iso(at: datetime | date | None) -> str:
    """Return the moment as a `<time datetime>` wants it; empty for None."""
    return at.isoformat() if at else ""


def day(at: datetime | date | None) -> str:
    """Return "14 Nov", or "14 Nov 2025" of another year: what is read until the browser puts the reader's words there.

    Those are about as long, so that few lines break and the page below them seldom jumps.
    """
    if not at:
        return ""
    language = get_language() or "en"
    year = "" if at.year == date.today().year else " Y"  # noqa: DTZ011  # a few hours at New Year do not matter
    if language.startswith("en"):
        return f"{at.day} {at:%b}{year and f' {at.year}'}"
    return date_format(at, f"{_DAYS.get(language, 'j M')}{year}")


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - date.resolution).day
    return date(year, month + 1, min(day.day, last))


def short_number(number: int) -> str:
    """Return 1,204 below ten thousand and 12k above, as the language writes numbers."""
    if number >= 10_000:
        return f"{number // 1000}k"
    return f"{number:,}" if number < 1000 or (get_language() or "en").startswith("en") else _grouped(number)


def _grouped(number: int) -> str:
    return str(number_format(number, use_l10n=True, force_grouping=True))
