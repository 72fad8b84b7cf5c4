"""When an article appears: now, later, or not yet."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from watercooler.foundation.base.text import day

WRITTEN = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M")
"""How browsers send a <input type="datetime-local">."""


def zone_of(name: str) -> ZoneInfo:
    """Return the named time zone, or the installation's where there is none of that name."""
    return ZoneInfo(name if name in available_timezones() else settings.TIME_ZONE)


class TimingForm(forms.Form):
    """The hour at which an article appears, in the writer's own time zone, which their browser names."""

    way = forms.ChoiceField(required=False, choices=[("", ""), ("draft", ""), ("later", "")])
    publish_at = forms.CharField(
        required=False,
        label=_("Publish at"),
        max_length=40,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": "60"}),
    )
    zone = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Give `publish_at` as a moment, or None; a time written for a draft is left alone."""
        typed = super().clean() or {}
        written, way = typed.get("publish_at") or "", typed.get("way")
        typed["publish_at"] = None
        if way == "draft" or "publish_at" in self.errors:
            return typed
        if way == "later" and not written:
            self.add_error("publish_at", _("Choose the day and hour at which it should appear."))
        elif written:
            typed["publish_at"] = self._moment(written, typed.get("zone") or "")
        return typed

    def _moment(self, written: str, zone: str) -> datetime | None:
        """Return the moment; a program may write it with its own zone, as 2030-01-14T09:00:00Z."""
        with suppress(ValueError, OverflowError):
            moment = datetime.fromisoformat(written)
            if moment.tzinfo is not None:
                return moment.astimezone(UTC)
        for form in WRITTEN:
            try:
                return datetime.strptime(written, form).replace(tzinfo=zone_of(zone))
            except (ValueError, OverflowError):
                continue
        self.add_error("publish_at", _("Write the time as day and hour, for example 2030-01-14 09:00."))
        return None


def local(moment: datetime | None, zone: str) -> str:
    """Return a moment as the field wants it, in that zone; empty for None."""
    return moment.astimezone(zone_of(zone)).strftime("%Y-%m-%dT%H:%M") if moment else ""


def spoken(moment: datetime | None, zone: str) -> str:
    """Return "1 Mar 2027, 08:00" in that zone and the reader's language; empty for None."""
    there = moment.astimezone(zone_of(zone)) if moment else None
    return f"{day(there)}, {there:%H:%M}" if there else ""
