"""The forms of mentoring. What they check is shape; what may be is decided by the acts."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from watercooler.places.mentoring.acts.profiles import MOST_PLACES
from watercooler.places.mentoring.models import Ending, Rhythm, Useful, Way

WITH_COMMAS = gettext_lazy("With commas between.")
MINUTES = (15, 30, 45, 60, 90, 120)
MONTHS = (1, 2, 3, 6, 9, 12, 18, 24)


def listed(text: str) -> list[str]:
    """Return what stands between commas or on lines."""
    return [each.strip() for each in text.replace("\n", ",").split(",") if each.strip()]


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "data-no-draft": ""})


def _words(label: Any, hint: Any = "", *, required: bool = True, most: int = 700) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=required, max_length=most)


def _ways() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=gettext_lazy("Where to meet"),
        choices=Way.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def _numbered(label: Any, said: Callable[[int], Any], numbers: tuple[int, ...]) -> forms.TypedChoiceField:
    choices = [(number, said(number)) for number in numbers]
    return forms.TypedChoiceField(label=label, coerce=int, choices=choices)


def _minutes() -> forms.TypedChoiceField:
    said = ngettext_lazy("%d minute", "%d minutes")
    return _numbered(gettext_lazy("How long"), lambda number: said % number, MINUTES)


class OfferForm(forms.Form):
    """What somebody offers as a mentor."""

    helps_with = _words(
        gettext_lazy("What you can help with"),
        gettext_lazy("With commas between: Fault finding, Talking to families, Spreadsheets."),
    )
    note = forms.CharField(
        label=gettext_lazy("How you like to work"),
        help_text=gettext_lazy("A sentence or two for somebody who thinks of asking you."),
        required=False,
        max_length=600,
        widget=_area(3),
    )
    ways = _ways()
    rhythm = forms.ChoiceField(label=gettext_lazy("How often"), choices=Rhythm.choices)
    languages = _words(gettext_lazy("Languages"), WITH_COMMAS, required=False, most=400)
    places = forms.IntegerField(
        label=gettext_lazy("How many people at once"),
        help_text=gettext_lazy("A place is taken with your yes, and free again when you close."),
        min_value=1,
        max_value=MOST_PLACES,
        initial=1,
    )
    free_from = forms.DateField(
        label=gettext_lazy("From when"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def facts(self) -> dict[str, Any]:
        """Return what the act takes."""
        typed = self.cleaned_data
        return {
            **{name: typed[name] for name in ("note", "ways", "rhythm", "places", "free_from")},
            "helps_with": listed(typed["helps_with"]),
            "languages": listed(typed["languages"]),
        }


class WishForm(forms.Form):
    """What somebody would like to learn with a mentor."""

    wants = _words(
        gettext_lazy("What you would like to learn"),
        gettext_lazy("Up to five, with commas between: Heat pumps, Leading a team."),
        most=400,
    )
    about = forms.CharField(
        label=gettext_lazy("Where you stand, and where you want to get"),
        help_text=gettext_lazy("Only you read this. It is put into the note when you ask somebody."),
        required=False,
        max_length=600,
        widget=_area(3),
    )
    ways = _ways()
    rhythm = forms.ChoiceField(
        label=gettext_lazy("How often"), choices=[("", gettext_lazy("I don’t mind")), *Rhythm.choices], required=False
    )
    languages = _words(gettext_lazy("Languages"), WITH_COMMAS, required=False, most=400)
    with_own_line = forms.BooleanField(
        label=gettext_lazy("Suggest my manager and the people who report to me too"),
        help_text=gettext_lazy("Left out otherwise: a mentor from outside speaks more freely."),
        required=False,
    )

    def facts(self) -> dict[str, Any]:
        """Return what the act takes."""
        typed = self.cleaned_data
        return {
            **{name: typed[name] for name in ("about", "ways", "rhythm", "with_own_line")},
            "wants": listed(typed["wants"]),
            "languages": listed(typed["languages"]),
        }


class AskForm(forms.Form):
    """A request, with a note."""

    wants = _words(gettext_lazy("What it is about"), WITH_COMMAS, required=False, most=400)
    note = forms.CharField(
        label=gettext_lazy("Your note"),
        help_text=gettext_lazy("What you hope for, and where you stand. It is what they read first."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class DeclineForm(forms.Form):
    """A kind no."""

    answer = forms.CharField(
        label=gettext_lazy("A few kind words"),
        help_text=gettext_lazy("Why not now, or what they could try first."),
        required=False,
        max_length=600,
        widget=_area(4),
    )
    suggested = forms.ChoiceField(
        label=gettext_lazy("Somebody else who may help"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, others: list[tuple[str, str]], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if others:
            field = self.fields["suggested"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [*others, ("", _("Nobody in particular"))]
        else:
            del self.fields["suggested"]


class AgreementForm(forms.Form):
    """One version of an agreement."""

    goals = forms.CharField(
        label=gettext_lazy("What you want to reach"),
        help_text=gettext_lazy("One goal a line, at most six."),
        max_length=1100,
        widget=_area(4),
    )
    rhythm = forms.ChoiceField(label=gettext_lazy("How often you meet"), choices=Rhythm.choices)
    minutes = _minutes()
    months = _numbered(
        gettext_lazy("Until when"), lambda number: ngettext_lazy("%d month", "%d months") % number, MONTHS
    )
    ways = _ways()
    between_us = forms.CharField(
        label=gettext_lazy("What stays between you"),
        help_text=gettext_lazy("Nobody but the two of you reads this page, notes and goals included."),
        required=False,
        max_length=1000,
        widget=_area(3),
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)

    def facts(self) -> dict[str, Any]:
        """Return what the act takes."""
        typed = dict(self.cleaned_data)
        return {**typed, "goals": typed["goals"].splitlines(), "based_on": typed["based_on"] or 0}


class MeetingForm(forms.Form):
    """When and where the two meet. A time is written by the clock of the writer's site."""

    starts_at = forms.CharField(
        label=gettext_lazy("When"),
        max_length=40,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": "300"}),
    )
    minutes = _minutes()
    place = _words(gettext_lazy("Where"), gettext_lazy("A room, the van, or a link."), required=False, most=200)
    about = forms.CharField(
        label=gettext_lazy("What about"),
        help_text=gettext_lazy("Both of you read it, and it stands in the calendar."),
        required=False,
        max_length=600,
        widget=_area(3),
    )

    def __init__(self, zone: str, *args: Any, **more: Any) -> None:
        self.zone = zone
        super().__init__(*args, **more)

    def clean_starts_at(self) -> datetime:
        """Give the moment; a program may write it with its own zone, as 2030-01-14T09:00:00Z."""
        with suppress(ValueError, OverflowError):
            moment = datetime.fromisoformat(self.cleaned_data["starts_at"])
            return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(self.zone))).astimezone(UTC)
        raise forms.ValidationError(_("Write the time as day and hour, for example 2030-01-14 09:00."))


def local(moment: datetime, zone: str) -> str:
    """Return a moment as the field wants it, in that zone."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")


class CloseForm(forms.Form):
    """The end, with a word to the other one."""

    ending = forms.ChoiceField(
        label=gettext_lazy("How it ends"),
        choices=[
            (Ending.FINISHED.value, gettext_lazy("We did what we set out to do, or as much as we wanted")),
            (Ending.EARLY.value, gettext_lazy("It ends early, and that is fine")),
        ],
        widget=forms.RadioSelect,
    )
    parting_words = forms.CharField(
        label=gettext_lazy("A word to the other one"),
        required=False,
        max_length=600,
        widget=_area(4),
    )


class FeedbackForm(forms.Form):
    """How it was."""

    useful = forms.ChoiceField(
        label=gettext_lazy("Was it useful to you?"), choices=Useful.choices, widget=forms.RadioSelect
    )
    came_of_it = forms.CharField(
        label=gettext_lazy("What came of it?"),
        help_text=gettext_lazy("Something you do differently now, or could not do before. The other one reads it."),
        required=False,
        max_length=1000,
        widget=_area(4),
    )
    thanks = forms.CharField(
        label=gettext_lazy("Thanks in a sentence"),
        required=False,
        max_length=400,
        widget=_area(2),
    )
    is_shared = forms.BooleanField(
        label=gettext_lazy("Share my thanks on my wall, if the other one shares theirs too"), required=False
    )
