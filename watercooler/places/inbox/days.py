"""What a day is called in the inbox and between messages."""

from __future__ import annotations

from datetime import date, timedelta

from watercooler.foundation.base.text import day
from watercooler.foundation.base.words import gettext as _


def day_name(on: date, today: date) -> str:
    """Return "Today", "Yesterday" or the day itself."""
    if on == today:
        return _("Today")
    return _("Yesterday") if on == today - timedelta(days=1) else day(on)
