"""What people type about items, cleaned field by field; what must hold of it is said by the acts."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from watercooler.foundation.base.text import clean_line, clean_text
from watercooler.spine.content.acts.make import LONGEST_TEXT
from watercooler.spine.content.acts.topics import MOST_TOPICS
from watercooler.spine.content.models import LONGEST_TITLE


class Line(forms.CharField):
    """One line of text without what cannot be seen."""

    def to_python(self, value: Any) -> str:
        return clean_line(str(value or ""))


class Text(forms.CharField):
    """Running text without what cannot be seen; its line breaks stay."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return clean_text(str(value or ""))


class Topics(forms.CharField):
    """Names of topics with commas, line breaks or # between them, as a list without doubles."""

    def to_python(self, value: Any) -> Any:
        parts = re.split(r"[,;\n]|(?:^|\s)#", str(value or ""))
        return list({name.lower(): name for part in parts if (name := clean_line(part)[:60])}.values())

    def validate(self, value: Any) -> None:
        if len(value) > MOST_TOPICS:
            raise forms.ValidationError(_("Eight topics are enough. Take one off first."))


class Ids(forms.Field):
    """The ids of hidden fields that share a name; what is not a number is left out."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[int]:
        return [int(each) for each in value or () if str(each).isdecimal() and len(str(each)) < 19][:50]


def _words(most: int) -> dict[str, Any]:
    said = _("At most %(limit_value)d characters, please. It has %(show_value)d.")
    return {"required": False, "max_length": most, "strip": False, "error_messages": {"max_length": said}}


class ComposeForm(forms.Form):
    """The fields that every kind has. Where things may be put, the view says: `spaces`."""

    kind = forms.CharField(widget=forms.HiddenInput)
    space = forms.CharField(required=False)
    parent = forms.IntegerField(required=False, widget=forms.HiddenInput)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    title = Line(**_words(LONGEST_TITLE))
    source = Text(**_words(LONGEST_TEXT))
    topics = Topics(required=False)
    rules = forms.IntegerField(required=False)


class EditForm(forms.Form):
    """An item's text with the revision it began from, and what the editor says about the change."""

    title = Line(**_words(LONGEST_TITLE))
    source = Text(**_words(LONGEST_TEXT))
    topics = Topics(required=False)
    note = Line(**_words(200))
    based_on = forms.IntegerField(widget=forms.HiddenInput)
    attachments = Ids(required=False)
