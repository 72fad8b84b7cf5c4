"""Where a webhook goes and what it hears, as a form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from watercooler.doors.webhooks.acts import spaces_for
from watercooler.doors.webhooks.reads import hearable
from watercooler.foundation.base.viewer import Viewer

MOST_SPACES = 500


class WebhookForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=80, help_text=gettext_lazy("What is at the other end, as “Planning”.")
    )
    address = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=1000,
        help_text=gettext_lazy("It begins with https:// and answers within fifteen seconds."),
        widget=forms.URLInput(attrs={"placeholder": "https://", "autocomplete": "off", "spellcheck": "false"}),
    )
    spaces = forms.TypedMultipleChoiceField(
        label=gettext_lazy("From which spaces"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    verbs = forms.MultipleChoiceField(
        label=gettext_lazy("What it hears"),
        required=False,
        help_text=gettext_lazy("With nothing ticked it hears all of it, and what is still to be invented."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spaces = spaces_for(viewer).order_by("name").values_list("pk", "name")[:MOST_SPACES]
        self.fields["spaces"].choices = list(spaces)  # type: ignore[attr-defined]
        if viewer.is_administrator:
            self.fields["spaces"].help_text = _("With nothing ticked: everything that you can read, walls as well.")
        self.fields["verbs"].choices = hearable()  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Return what the acts take."""
        typed = self.cleaned_data
        return {
            "name": typed["name"],
            "address": typed["address"],
            "verbs": typed["verbs"],
            "space_ids": typed["spaces"],
        }
