"""What a host may do, from lightest to heaviest, with words to begin from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from watercooler.studio.moderation.reads import Case


@dataclass(frozen=True, slots=True)
class Choice:
    """One outcome. note: what the author would read, ready to be changed; empty where the author hears nothing."""

    outcome: str
    label: str
    says: str
    note: str


def choices(case: Case) -> list[Choice]:
    """Return the four, lightest first. The second is chosen to begin with: guide first, remove last."""
    name = case.author["name"].split(" ")[0]
    by_few = _("Only %(name)s and hosts see it.") % {"name": name}
    return [
        Choice("kept", _("It’s fine"), _("Leaves it as it is. Nobody but those who flagged it is told."), ""),
        Choice(
            "helped",
            _("Ask %(name)s to change it") % {"name": name},
            _("Sends a kind note and leaves it visible."),
            _wish(case, name),
        ),
        Choice("held", _("Hide it for now"), by_few, _hidden(case, name)),
        Choice(
            "removed",
            _("Remove it"),
            _("Takes it away, with what hangs below. You can take that back."),
            _("Hi %(name)s, I removed this: %(reason)s. Write to me if you see it differently.")
            % {"name": name, "reason": _reason(case)},
        ),
    ]


def _wish(case: Case, name: str) -> str:
    wishes = {
        "outdated": _("part of this seems wrong or out of date. Could you check it and put it right?"),
        "private": _("this shows somebody’s private details. Could you take them out? The rest is useful."),
        "unkind": _("this reads harsher than you may have meant. Could you say it another way?"),
        "unsafe": _("somebody could get hurt by following this. Could you change it, or ask first?"),
        "misplaced": _("more people would find this in another space. Could you move it?"),
    }
    wish = wishes.get(case.reasons[0] if case.reasons else "", _("could you have another look at this?"))
    return _("Hi %(name)s, quick one: %(wish)s Thanks.") % {"name": name, "wish": wish}


def _hidden(case: Case, name: str) -> str:
    words = _("Hi %(name)s, I hid this for now: %(reason)s. Change it and tell me, and I’ll bring it back.")
    return words % {"name": name, "reason": _reason(case)}


def _reason(case: Case) -> str:
    reasons = {
        "outdated": _("it is wrong or out of date"),
        "private": _("it shows somebody’s private details"),
        "unkind": _("it is unkind"),
        "unsafe": _("somebody could get hurt by following it"),
        "misplaced": _("it belongs in another space"),
    }
    return reasons.get(case.reasons[0] if case.reasons else "", _("it goes against our ground rules"))


def duration(time: timedelta) -> str:
    """Return "7 minutes", "3 hours" or "2 days"."""
    minutes = max(round(time.total_seconds() / 60), 1)
    if minutes < 60:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    hours = round(minutes / 60)
    if hours < 48:
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    return ngettext("%(count)s day", "%(count)s days", round(hours / 24)) % {"count": round(hours / 24)}
