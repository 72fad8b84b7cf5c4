"""The form of this kind's own pages: an answer. Asking is the composer's."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from watercooler.spine.content.acts.make import LONGEST_TEXT


class AnswerForm(forms.Form):
    """What somebody knows."""

    source = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea,
        error_messages={"required": _("Write something first.")},
    )
