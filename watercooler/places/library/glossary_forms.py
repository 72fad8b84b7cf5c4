"""The form of a word of the glossary."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from watercooler.spine.content.acts.glossary import LONGEST_MEANING, LONGEST_NAME


class TermForm(forms.Form):
    """What a word means, and what else people call it."""

    name = forms.CharField(label=_("Word"), max_length=LONGEST_NAME, help_text=_("The one that people should use."))
    meaning = forms.CharField(
        label=_("What it means"),
        max_length=LONGEST_MEANING,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A sentence or two, in words that somebody new understands."),
    )
    others = forms.CharField(
        label=_("Other words for it"),
        max_length=1200,
        required=False,
        help_text=_("With commas between, as in “HP, ASHP, Wärmepumpe”. Search finds each by all of them."),
    )

    def whole(self) -> dict[str, Any]:
        """Return the arguments of the act."""
        typed = dict(self.cleaned_data)
        return {**typed, "others": [word for word in re.split(r"[,;\n]", typed["others"]) if word.strip()]}
