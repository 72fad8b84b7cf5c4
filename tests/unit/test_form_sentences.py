"""Every form of ours speaks in our voice: no sentence of the framework stands beside a field."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django import forms
from django.utils.translation import override

import watercooler

THEIRS = (
    "This field is required",
    "Enter a ",
    "Enter the ",
    "Ensure this value",
    "Select a valid choice",
    "This field cannot be",
)


def _modules() -> Iterator[str]:
    for found in pkgutil.walk_packages(watercooler.__path__, "watercooler."):
        if "forms" in found.name.rsplit(".", 1)[-1] or found.name.endswith((".house", ".linking", "person.settings")):
            yield found.name


def _below(kind: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


def _ours() -> list[type[forms.BaseForm]]:
    for name in _modules():
        importlib.import_module(name)
    found = {form for form in _below(forms.BaseForm) if form.__module__.startswith("watercooler.")}
    return sorted(found, key=lambda form: form.__name__)


def _sentences(field: forms.Field) -> Iterator[str]:
    asked = {"required", "invalid", "invalid_choice", "empty"} if field.required else {"invalid", "invalid_choice"}
    yield from (str(said) for name, said in field.error_messages.items() if name in asked)
    own = field.error_messages
    yield from (str(each.message) for each in field.validators if hasattr(each, "message") and each.code not in own)


def test_no_form_speaks_in_the_frameworks_words():
    found = _ours()
    assert len(found) > 40
    with override("en"):
        borrowed = [
            f"{form.__name__}.{name}: {said}"
            for form in found
            for name, field in form.base_fields.items()
            if not field.widget.is_hidden
            for said in _sentences(field)
            if said.startswith(THEIRS)
        ]
    assert borrowed == []


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        (forms.CharField(), "", "Type something here."),
        (forms.ChoiceField(choices=[("a", "A")]), "", "Choose one."),
        (forms.ChoiceField(choices=[("a", "A")]), "b", "Choose one of these."),
        (forms.DateField(), "soon", "Type the day like this: 2030-01-14."),
        (forms.CharField(max_length=3), "four", "At most 3 characters, please. It has 4."),
        (forms.EmailField(), "priya", "Type an e-mail address, like priya@example.org."),
    ],
)
def test_a_field_says_what_to_do(field, typed, said):
    with override("en"), pytest.raises(forms.ValidationError) as refused:
        field.clean(typed)
    assert refused.value.messages == [said]
