"""What the templates of mentoring say with: names of rhythms, ways to meet, and times by the reader's clock."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as date_format

from watercooler.foundation.base.text import excerpt
from watercooler.foundation.base.viewer import Viewer
from watercooler.places.mentoring.matching import ways_inside, ways_said
from watercooler.places.mentoring.models import Rhythm, Useful
from watercooler.places.mentoring.reads import home_zone


def words(viewer: Viewer) -> dict[str, Any]:
    """Return what every template here may ask for. Cost: one query."""
    return {
        "rhythms": {value: str(label) for value, label in Rhythm.choices},
        "useful": {value: str(label) for value, label in Useful.choices},
        "ways_said": ways_said,
        "ways_inside": ways_inside,
        "short": excerpt,
        "clock": partial(_by_the_clock_of, home_zone(viewer)),
    }


def _by_the_clock_of(zone: str, at: datetime) -> str:
    """Return "Wed 26 Nov 2026, 16:00"; script puts the reader's own words in its place."""
    return date_format(at.astimezone(ZoneInfo(zone)), "D j M Y, H:i")
