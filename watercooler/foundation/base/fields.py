"""What a form says beside a field, in our own words, wherever the field itself says nothing else."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import EmailValidator, MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

SAID: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": _("Type something here.")},
    forms.EmailField: {"required": _("Type an e-mail address.")},
    forms.IntegerField: {"required": _("Type a number."), "invalid": _("Type a whole number.")},
    forms.DateField: {"required": _("Choose a day."), "invalid": _("Type the day like this: 2030-01-14.")},
    forms.ChoiceField: {"required": _("Choose one."), "invalid_choice": _("Choose one of these.")},
    forms.MultipleChoiceField: {"required": _("Choose at least one."), "invalid_choice": _("Choose from these.")},
    forms.ModelChoiceField: {"required": _("Choose one."), "invalid_choice": _("Choose one of these.")},
    forms.FileField: {"required": _("Choose a file."), "empty": _("This file is empty. Choose another.")},
    forms.BooleanField: {"required": _("Tick this first.")},
}


def speak_in_our_words() -> None:
    """Give every kind of field our sentences. Fields take them when they are made, so this comes before any form."""
    for kind, sentences in SAID.items():
        kind.default_error_messages = {**kind.__dict__.get("default_error_messages", {}), **sentences}
    EmailValidator.message = _("Type an e-mail address, like priya@example.org.")
    MaxLengthValidator.message = _("At most %(limit_value)d characters, please. It has %(show_value)d.")
    MaxValueValidator.message = _("At most %(limit_value)s, please.")
    MinValueValidator.message = _("At least %(limit_value)s, please.")
