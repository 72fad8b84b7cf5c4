"""Small truths about text and time that every page needs."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zlib import crc32

from django.utils.dateformat import format as date_format
from django.utils.formats import number_format
from django.utils.translation import get_language

from watercooler.foundation.base.cleaning import clean_line, clean_text, excerpt, slugify, topic_slug

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

__all__ = [
    "Words",
    "clean_line",
    "clean_text",
    "day",
    "excerpt",
    "hue",
    "initials",
    "iso",
    "months_after",
    "short_number",
    "slugify",
    "topic_slug",
]

_DAYS = {"de": "j. M"}
"""Where a day is not written as in "14 Nov"."""

type Words = str | _StrPromise
"""A sentence for people, translated at once or when shown."""


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
