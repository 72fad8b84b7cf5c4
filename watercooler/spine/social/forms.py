"""The forms of the social verbs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from watercooler.foundation.base.sent import number
from watercooler.spine.content.acts import USUAL_MONTHS
from watercooler.spine.social.models import Flag, Rating

ANSWERS = {"yes": True, "no": False}


class RateForm(forms.Form):
    """Three questions, each answered yes, no or not at all; and why."""

    CHOICES = [("yes", _("Yes")), ("no", _("No")), ("", _("Can’t say"))]
    QUESTIONS = ("useful", "correct", "applied")

    useful = forms.ChoiceField(label=_("Was it useful to you?"), choices=CHOICES, required=False)
    correct = forms.ChoiceField(label=_("Is it correct?"), choices=CHOICES, required=False)
    applied = forms.ChoiceField(label=_("Have you done it this way?"), choices=CHOICES, required=False)
    reason = forms.CharField(
        label=_("Why?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Its author and the hosts read this with your name. If something is wrong, say what."),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in self.QUESTIONS:
            self.fields[name].widget = forms.RadioSelect(choices=self.CHOICES)

    def answers(self) -> dict[str, Any]:
        """Return what the act takes: True, False or None for each question, and the reason."""
        said: dict[str, Any] = {name: ANSWERS.get(self.cleaned_data[name]) for name in self.QUESTIONS}
        return {**said, "reason": self.cleaned_data["reason"]}

    @staticmethod
    def filled(rating: Rating | None) -> dict[str, str]:
        """Return a standing rating as the form's first values."""
        words = {True: "yes", False: "no", None: ""}
        if rating is None:
            return dict.fromkeys(RateForm.QUESTIONS, "")
        given = {name: words[getattr(rating, name)] for name in RateForm.QUESTIONS}
        return {**given, "reason": rating.reason}


class RecommendForm(forms.Form):
    """To whom, and why them."""

    to = forms.CharField(
        label=_("To"),
        max_length=160,
        help_text=_("A colleague’s name or @handle, or the name of a space."),
        widget=forms.TextInput(
            attrs={
                "list": "to-offers",
                "autocomplete": "off",
                "placeholder": _("Who should see this?"),
            }
        ),
        error_messages={"required": _("Type the name of a colleague or a space.")},
    )
    note = forms.CharField(
        label=_("Why them?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": _("You asked about this on Tuesday.")}),
    )


class ConnectForm(forms.Form):
    """A note to whom one would like to connect with."""

    note = forms.CharField(
        label=_("Why you?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": _("We sat at the same table on Tuesday.")}),
        help_text=_("They read it with your name. Once connected, you both see each other’s e-mail address."),
    )


class IntroduceForm(forms.Form):
    """To whom, and why the two should meet."""

    to = forms.CharField(
        label=_("To whom?"),
        max_length=160,
        help_text=_("A colleague’s name or @handle."),
        widget=forms.TextInput(attrs={"list": "meet-offers", "autocomplete": "off"}),
        error_messages={"required": _("Type the name of a colleague.")},
    )
    note = forms.CharField(
        label=_("Why should they meet?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": _("You are both writing a guide to the same boiler.")}),
        help_text=_("Both read it, and that it comes from you. Each of them decides; you only hear when both say yes."),
        error_messages={"required": _("Say in a sentence why they should meet.")},
    )


class FlagForm(forms.Form):
    """What is wrong, for a host's eyes."""

    reason = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=Flag.REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason."), "invalid_choice": _("Choose a reason.")},
    )
    note = forms.CharField(
        label=_("What should the host know?"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class CheckForm(forms.Form):
    """Vouching for a text: for how long, and what it rests on. revision, attached: what was read."""

    LENGTHS = [(3, _("3 months")), (6, _("6 months")), (12, _("1 year")), (24, _("2 years"))]

    months = forms.TypedChoiceField(
        label=_("How long does it stand?"),
        choices=LENGTHS,
        coerce=int,
        required=False,
        initial=USUAL_MONTHS,
        widget=forms.RadioSelect,
        help_text=_("Two weeks before it ends you are reminded to read it again."),
        error_messages={"invalid_choice": _("Choose how long it stands.")},
    )
    note = forms.CharField(
        label=_("What does it rest on?"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Everybody who reads it can read this too."),
    )
    revision = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    attached = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)

    def answers(self) -> dict[str, Any]:
        """Return what the act takes."""
        said = {name: self.cleaned_data[name] for name in ("revision", "note")}
        files = [number(one) for one in self.cleaned_data["attached"].split(",") if one]
        return {**said, "files": files, "months": self.cleaned_data["months"] or USUAL_MONTHS}


class TakeAwayForm(forms.Form):
    """Why a colleague's check does not hold."""

    reason = forms.CharField(
        label=_("Why does it not hold?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Tell them why, in a sentence.")},
    )


class TagForm(forms.Form):
    """One topic more."""

    topic = forms.CharField(
        label=_("Add a topic"),
        max_length=60,
        widget=forms.TextInput(attrs={"list": "topic-offers", "autocomplete": "off", "placeholder": _("Defrost")}),
        error_messages={"required": _("Type a topic.")},
    )
