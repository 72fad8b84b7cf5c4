"""What is typed about an access token."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from watercooler.doors.api.scopes import SAID, offered
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.people.naming import ColleagueField

ENDS = [
    ("7", gettext_lazy("In a week")),
    ("30", gettext_lazy("In 30 days")),
    ("90", gettext_lazy("In 90 days")),
    ("365", gettext_lazy("In a year")),
]


class TokenForm(forms.Form):
    """A name, what it may do, and when it ends."""

    name = forms.CharField(
        label=gettext_lazy("What is it for?"),
        max_length=80,
        help_text=gettext_lazy("So that you know later whether it is still needed: Rota export, Night report."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What may it do?"),
        widget=forms.CheckboxSelectMultiple,
        initial=["read"],
        error_messages={"required": gettext_lazy("Choose what it may do.")},
    )
    ends = forms.ChoiceField(label=gettext_lazy("When does it end?"), choices=ENDS, initial="90")

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["scopes"]
        field.choices = [(scope, SAID[scope]) for scope in offered(viewer)]

    def ends_at(self) -> datetime:
        return timezone.now() + timedelta(days=int(self.cleaned_data["ends"]))


class ServiceTokenForm(TokenForm):
    """The same, and who answers for it."""

    answers = ColleagueField(
        label=gettext_lazy("Who answers for it?"),
        help_text=gettext_lazy(
            "A colleague. It reads what they read and writes under their name, and works once they agreed."
        ),
    )

    field_order = ("name", "answers", "scopes", "ends")
