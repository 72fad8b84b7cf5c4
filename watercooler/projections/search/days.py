"""Days as somebody types them beside words they look for."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.utils import timezone

DAYS_AGO = {"today": 0, "yesterday": 1, "heute": 0, "gestern": 1}
_PART = re.compile(r"(\d{4})(?:-(\d{1,2}))?\Z")
_GERMAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\Z")


def day_called(said: str) -> date | None:
    """Return the day meant by 2026-11-30, 2026-11, 2026, 30.11.2026, "today" or "yesterday"; None for anything else.

    A month or a year begins with its first day.
    """
    if (ago := DAYS_AGO.get(said.lower())) is not None:
        return timezone.localdate() - timedelta(days=ago)
    try:
        if part := _PART.match(said):
            return date(int(part[1]), int(part[2] or 1), 1)
        if german := _GERMAN.match(said):
            return date(int(german[3]), int(german[2]), int(german[1]))
        return date.fromisoformat(said)
    except ValueError:
        return None
