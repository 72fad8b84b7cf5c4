"""Meetings as a calendar file (iCalendar, RFC 5545), for the calendar that somebody has already.

Only what both may read goes in: when, where, with whom, what it is about. No note ever does.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from watercooler.places.mentoring.models import Meeting, MeetingState

CONTENT_TYPE = "text/calendar; charset=utf-8"
LONGEST_LINE = 75
"""Octets, without the line break (RFC 5545, 3.1)."""
PRODUCT = "-//Watercooler//Mentoring//EN"


def calendar(meetings: Iterable[Meeting], person_id: int) -> str:
    """Return these meetings as one calendar, as this one of the two sees them."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for meeting in meetings:
        lines += _event(meeting, person_id)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _event(meeting: Meeting, person_id: int) -> list[str]:
    host = urlsplit(settings.SITE_URL).hostname or "watercooler"
    address = f"{settings.SITE_URL}{meeting.mentoring.url}/meetings/{meeting.pk}"
    other = meeting.mentoring.other(person_id).name
    is_off = meeting.state == MeetingState.CALLED_OFF
    lines = [
        "BEGIN:VEVENT",
        f"UID:{meeting.uid}@{host}",
        f"DTSTAMP:{_moment(meeting.changed_at)}",
        f"LAST-MODIFIED:{_moment(meeting.changed_at)}",
        f"SEQUENCE:{meeting.sequence}",
        f"DTSTART:{_moment(meeting.starts_at)}",
        f"DTEND:{_moment(meeting.starts_at + timedelta(minutes=meeting.minutes))}",
        f"SUMMARY:{escaped(_('Mentoring with %(name)s') % {'name': other})}",
        f"DESCRIPTION:{escaped(f'{meeting.about}\n\n{address}'.strip())}",
        f"URL:{address}",
        "CLASS:PRIVATE",
        f"STATUS:{'CANCELLED' if is_off else 'CONFIRMED'}",
    ]
    if meeting.place:
        lines.append(f"LOCATION:{escaped(meeting.place)}")
    return [*lines, "END:VEVENT"]


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(text: str) -> str:
    """Return a text as the value of a property: backslash, semicolon, comma and line breaks escaped (3.3.11)."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "")


def folded(line: str) -> str:
    """Return a line in pieces of at most 75 octets, each but the first begun by a space; no letter is cut in two."""
    pieces, piece, room = [], "", LONGEST_LINE
    for letter in line:
        size = len(letter.encode())
        if size > room:
            pieces.append(piece)
            piece, room = "", LONGEST_LINE - 1
        piece, room = piece + letter, room - size
    return "\r\n ".join([*pieces, piece])
