"""A directory entry as a form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Role
from watercooler.spine.people.models import LONGEST_EMAIL, ROLES, Person, Site, Unit
from watercooler.spine.people.naming import ColleagueField, spelt

NAMED = {"site": Site, "unit": Unit}


class PersonForm(forms.Form):
    """What the directory says of somebody. Sites and units that are new come into being by being named."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    handle = forms.RegexField(
        r"^[a-zA-Z0-9][a-zA-Z0-9._-]*\Z",
        label=gettext_lazy("Handle"),
        max_length=40,
        help_text=gettext_lazy("What they sign in with and are mentioned by. It stays the same for ever."),
        error_messages={
            "required": gettext_lazy("Choose a handle."),
            "invalid": gettext_lazy("Use a to z, 0 to 9, dot, dash."),
        },
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        max_length=LONGEST_EMAIL,
        help_text=gettext_lazy("People without one come in by a printed link."),
    )
    job = forms.CharField(label=gettext_lazy("Job"), max_length=120, required=False)
    site = forms.CharField(
        label=gettext_lazy("Site"), max_length=80, required=False, widget=forms.TextInput(attrs={"list": "sites"})
    )
    unit = forms.CharField(
        label=gettext_lazy("Unit"), max_length=80, required=False, widget=forms.TextInput(attrs={"list": "units"})
    )
    manager = ColleagueField(label=gettext_lazy("Manager"), required=False)
    role = forms.TypedChoiceField(label=gettext_lazy("Role"), choices=ROLES, coerce=int, initial=Role.MEMBER.value)
    sponsor = ColleagueField(
        label=gettext_lazy("Sponsor"),
        required=False,
        help_text=gettext_lazy("For guests: the colleague who answers for them."),
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("For guests: after it they no longer get in."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, person: Person | None, *args: Any, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)
        if person is not None:
            del self.fields["handle"]

    def clean_handle(self) -> str:
        handle = str(self.cleaned_data["handle"]).lower()
        if Person.objects.filter(handle=handle).exists():
            raise forms.ValidationError(_("Somebody has this handle already."))
        return handle

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        others = Person.objects.exclude(pk=self.person.pk) if self.person else Person.objects.all()
        if email and others.alias(low=Lower("email")).filter(low=email).exists():
            raise forms.ValidationError(_("Somebody has this e-mail address already."))
        return email

    def clean_name(self) -> str:
        name = clean_line(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("Everybody here has a name."))
        return name

    def clean_job(self) -> str:
        return clean_line(self.cleaned_data["job"])

    def clean_site(self) -> str:
        return clean_line(self.cleaned_data["site"])

    def clean_unit(self) -> str:
        return clean_line(self.cleaned_data["unit"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("role") == Role.GUEST:
            for field in ("sponsor", "ends_on"):
                if not cleaned.get(field) and field not in self.errors:
                    self.add_error(field, _("Every guest needs this."))
        else:
            cleaned |= {"sponsor": None, "ends_on": None}
        return cleaned

    def facts(self) -> dict[str, Any]:
        """Return what to write: sites and units as rows, made where they are new. Call it inside the transaction."""
        values = dict(self.cleaned_data)
        for field, model in NAMED.items():
            name = values[field]
            values[field] = model._default_manager.get_or_create(name=name)[0] if name else None
        return values


def entry(person: Person) -> dict[str, Any]:
    """Return somebody's entry as the form shows it."""
    return {
        "name": person.name,
        "email": person.email,
        "job": person.job,
        "site": person.site.name if person.site else "",
        "unit": person.unit.name if person.unit else "",
        "manager": spelt(person.manager),
        "role": person.role,
        "sponsor": spelt(person.sponsor),
        "ends_on": person.ends_on,
    }
