"""What is typed about a space."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later

from watercooler.foundation.base.viewer import Viewer
from watercooler.places.space.starters import NOTHING, STARTERS
from watercooler.spine.people.naming import ColleagueField
from watercooler.spine.spaces.models import Access, Space

HUES = [
    (195, _later("Lagoon")),
    (150, _later("Leaf")),
    (95, _later("Moss")),
    (60, _later("Sand")),
    (30, _later("Clay")),
    (345, _later("Rose")),
    (300, _later("Heather")),
    (255, _later("Sky")),
]
ACCESS_SAID = [
    (Access.OPEN.value, _later("Open: everybody reads it and can join")),
    (Access.CLOSED.value, _later("Closed: listed; a host lets people in")),
    (Access.SECRET.value, _later("Secret: only those who are in know of it")),
]


class LinesField(forms.CharField):
    """Sentences, one a line."""

    widget = forms.Textarea

    def clean(self, value: Any) -> list[str]:
        return [line.strip() for line in (super().clean(value) or "").splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> str:
        return "\n".join(value) if isinstance(value, list | tuple) else str(value or "")


class SpaceForm(forms.Form):
    """The words of a space."""

    name = forms.CharField(
        label=_later("Name"), max_length=80, error_messages={"required": _later("Give the space a name.")}
    )
    objective = forms.CharField(
        label=_later("What should get better because of it?"),
        help_text=_later("One or two sentences that tell people whether it worked. Shown as “Why this space exists”."),
        max_length=600,
        widget=forms.Textarea,
        error_messages={"required": _later("Say what should get better because of it.")},
    )
    tagline = forms.CharField(label=_later("Whom it is for, in one line"), max_length=200, required=False)
    how_we_work = forms.CharField(
        label=_later("How we work here"), max_length=4000, required=False, widget=forms.Textarea
    )
    rules = LinesField(
        label=_later("Ground rules"),
        help_text=_later("One a line, at most twelve. Everybody accepts them on joining."),
        required=False,
    )


class SettingsForm(SpaceForm):
    """The words of a space and its colour."""

    hue = forms.TypedChoiceField(label=_later("Colour"), choices=HUES, coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, space: Space, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["hue"]
        if space.hue not in {hue for hue, _name in HUES}:
            field.choices = [(space.hue, _("As it is")), *HUES]
        self.fields["rules"].help_text = _(
            "One a line, at most twelve. When you change them, everybody is asked again."
        )


class NewSpaceForm(forms.Form):
    """A new space: what it is for, who looks after it, who gets in, and what it begins with."""

    template = forms.ChoiceField(
        label=_later("Begin with"), choices=[(s.name, s.label) for s in (*STARTERS, NOTHING)], initial="practice"
    )
    name = SpaceForm.base_fields["name"]
    objective = SpaceForm.base_fields["objective"]
    tagline = SpaceForm.base_fields["tagline"]
    access = forms.ChoiceField(
        label=_later("Who gets in?"), choices=ACCESS_SAID, initial=Access.OPEN.value, widget=forms.RadioSelect
    )
    parent = forms.ModelChoiceField(
        Space.objects.none(),
        label=_later("Part of another space"),
        required=False,
        empty_label=_later("No, it stands alone"),
    )
    owner = ColleagueField(
        label=_later("Who will look after it, if not you?"), help_text=_later("You stay a host."), required=False
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent: Any = self.fields["parent"]
        parent.queryset = Space.objects.filter(pk__in=viewer.space_ids, archived_at=None).order_by("name")


class HighlightForm(forms.Form):
    """Why an item stands at the top of its space, and until when."""

    note = forms.CharField(
        label=_later("Why is it worth a look?"),
        help_text=_later("Shown with it, so that people know whether it is for them."),
        max_length=200,
        required=False,
    )
    ends_on = forms.DateField(
        label=_later("Until"),
        help_text=_later("The last day it stands there. Empty means until somebody takes it down."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    is_pinned = forms.BooleanField(label=_later("Pin it before the others"), required=False)

    def clean_ends_on(self) -> date | None:
        ends_on: date | None = self.cleaned_data["ends_on"]
        if ends_on is not None and ends_on < timezone.localdate():
            raise forms.ValidationError(_("That day is over. Choose today or a later one."))
        return ends_on
