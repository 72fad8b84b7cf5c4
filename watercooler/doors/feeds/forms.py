"""A feed from outside, as a host adds it."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from watercooler.doors.feeds.acts import MOST_A_DAY


def in_a_year() -> date:
    """Return the day on which a feed ends if nobody says otherwise."""
    return timezone.localdate() + timedelta(days=365)


class FeedForm(forms.Form):
    address = forms.CharField(
        label=gettext_lazy("Address of the feed"),
        max_length=1000,
        help_text=gettext_lazy("RSS or Atom. Often linked at the foot of a site, as “RSS”."),
        widget=forms.URLInput(attrs={"placeholder": "https://", "autocomplete": "off", "spellcheck": "false"}),
    )
    most_a_day = forms.IntegerField(
        label=gettext_lazy("At most, in a day"),
        min_value=1,
        max_value=MOST_A_DAY,
        initial=3,
        help_text=gettext_lazy("The newest are taken, the rest is left out."),
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Until"),
        initial=in_a_year,
        help_text=gettext_lazy("A year at most; then somebody decides again."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
