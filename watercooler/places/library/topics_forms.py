"""The form that leads two words for one thing together."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class MergeForm(forms.Form):
    """Into which topic."""

    into = forms.CharField(
        label=_("Which word should people find?"),
        max_length=60,
        help_text=_("This one becomes another word for it. Everything tagged with this moves there."),
    )
