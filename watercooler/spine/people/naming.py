"""Naming a colleague in a form: what is typed, what is offered, and whom it means."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Role
from watercooler.spine.people.models import Person

HANDLE = re.compile(r"@([a-z0-9._-]+)")


def called_like(typed: str) -> Q:
    """Return the condition that a name has a word, or a handle begins, as typed."""
    return Q(name__istartswith=typed) | Q(name__icontains=f" {typed}") | Q(handle__istartswith=typed)


def spelt(person: Person | None) -> str:
    """Return somebody as offers write them: "Noah Whitfield (@noah)"."""
    return f"{person.name} (@{person.handle})" if person else ""


def one_named(people: QuerySet[Person], typed: str) -> Person:
    """Return whom a typed name means. Raises Invalid if it means nobody, or more than one."""
    typed = clean_line(typed)
    if handle := HANDLE.search(typed.lower()):
        found = list(people.filter(handle=handle[1]))
    else:
        found = list(people.filter(name__iexact=typed)[:2]) or list(people.filter(name__icontains=typed)[:6])
    if not found:
        raise Invalid(_("There is nobody called “%(name)s”.") % {"name": typed}, field="to")
    if len(found) > 1:
        which = ", ".join(spelt(one) for one in found[:5])
        raise Invalid(_("More than one: %(names)s. Add the handle.") % {"names": which}, field="to")
    return found[0]


class ColleagueField(forms.CharField):
    """A colleague by name or handle, guests left out; templates show it with forms.html `colleague`, which offers."""

    def __init__(self, **more: Any) -> None:
        off = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        super().__init__(max_length=200, widget=forms.TextInput(attrs=off), **more)

    def clean(self, value: Any) -> Any:
        """Return the colleague that was typed, None for nothing."""
        typed = super().clean(value).strip()
        if not typed:
            return None
        colleagues = Person.objects.filter(is_active=True, role__gt=Role.GUEST.value)
        if alone := colleagues.filter(handle=typed.removeprefix("@").lower()).first():
            return alone
        try:
            return one_named(colleagues, typed)
        except Invalid as error:
            raise forms.ValidationError(str(error.sentence)) from None
