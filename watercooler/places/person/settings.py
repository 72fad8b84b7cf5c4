"""What people say of themselves, and how Watercooler looks to them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from watercooler.foundation.base.errors import Invalid, Refused
from watercooler.foundation.base.pages import Request, page, say, see
from watercooler.places.person.directory import forget_facets
from watercooler.spine.people import portraits
from watercooler.spine.people.acts import change_profile
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.viewer import forget

LISTS = ("offers", "wants_to_learn", "languages")
STATUSES = (
    gettext_lazy("Open to questions"),
    gettext_lazy("Busy this week"),
    gettext_lazy("On the road"),
    gettext_lazy("Away"),
)
YEAR = 60 * 60 * 24 * 365


def _words(label: Any, hint: Any = "", most: int = 1000) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=False, max_length=most)


class ProfileForm(forms.Form):
    """Everything one may write oneself. What is not a field here cannot be written by this page, whatever is sent."""

    status = forms.CharField(
        label=gettext_lazy("Status"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("With “Open to questions” a green dot says that you like to be asked."),
        widget=forms.TextInput(attrs={"list": "statuses", "autocomplete": "off"}),
    )
    about = forms.CharField(
        label=gettext_lazy("About you"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "data-no-draft": ""}),
        help_text=gettext_lazy("What you do, and what you like to be asked."),
    )
    offers = _words(gettext_lazy("Others can ask you about"), gettext_lazy("With commas between: Gas boilers, Tamil."))
    wants_to_learn = _words(gettext_lazy("You want to learn"), gettext_lazy("With commas between."))
    languages = _words(gettext_lazy("Languages you speak"), gettext_lazy("With commas between."))
    pronouns = _words(gettext_lazy("Pronouns"), gettext_lazy("As in she/her. Shown beside your name."), 40)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=settings.LANGUAGES,
        required=False,
        help_text=gettext_lazy("Of buttons and sentences here. What people write stays as they wrote it."),
    )
    theme = forms.ChoiceField(
        label=gettext_lazy("Appearance"),
        choices=[
            ("system", gettext_lazy("As your device")),
            ("light", gettext_lazy("Light")),
            ("dark", gettext_lazy("Dark")),
        ],
    )
    has_shortcuts = forms.BooleanField(
        label=gettext_lazy("Keyboard shortcuts"),
        required=False,
        help_text=gettext_lazy("One key for one thing, as c for the composer. Switch them off if you dictate."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("language"):
            cleaned.pop("language", None)
        for name in LISTS:
            if name in cleaned:
                cleaned[name] = [word.strip() for word in cleaned[name].split(",") if word.strip()]
        return cleaned


def _now(person: Person) -> dict[str, Any]:
    values = {name: getattr(person, name) for name in ProfileForm.base_fields}
    return values | {name: ", ".join(values[name]) for name in LISTS}


def _page(
    request: Request, person: Person, form: ProfileForm, status: int = 200, about_photo: str = ""
) -> HttpResponse:
    return page(
        request,
        "person/settings.html",
        status=status,
        person=person,
        portrait=portraits.large(person.photo),
        form=form,
        about_photo=about_photo,
        statuses=[str(each) for each in STATUSES],
    )


def _me(request: Request) -> Person:
    return Person.objects.select_related("site", "unit", "manager").get(pk=request.viewer.person_id)


def show(request: Request) -> HttpResponse:
    """Show one's own settings, or keep them. What was typed stays there when it cannot be kept."""
    person = _me(request)
    if request.method != "POST":
        return _page(request, person, ProfileForm(initial=_now(person)))
    form = ProfileForm(request.POST)
    if not form.is_valid():
        return _page(request, person, form, 422)
    try:
        change_profile(request.viewer, **form.cleaned_data)
    except Refused as error:
        form.add_error(error.field or None, error.sentence)
        return _page(request, person, form, error.status)
    _changed(request)
    translation.activate(form.cleaned_data.get("language", person.language))
    say(request, _("Kept."))
    response = see(request, "/me/settings")
    return _with_theme(response, form.cleaned_data["theme"])


def _with_theme(response: HttpResponse, theme: str) -> HttpResponse:
    """Let the choice made here win over the one made in the menu of this browser."""
    if theme == "system":
        response.delete_cookie("theme", samesite="Lax")
    else:
        response.set_cookie("theme", theme, max_age=YEAR, samesite="Lax")
    return response


def _changed(request: Request) -> None:
    forget(request.viewer.person_id)
    forget_facets()


@require_POST
def photo(request: Request) -> HttpResponse:
    """Take a new photo of the viewer, or say beside its field why it cannot be one."""
    upload = request.FILES.get("photo")
    try:
        if upload is None or upload.size is None:
            raise Invalid(_("Choose a photo first."), field="photo")
        change_profile(request.viewer, photo=portraits.keep_photo(upload, upload.size))
    except Refused as error:
        person = _me(request)
        return _page(request, person, ProfileForm(initial=_now(person)), error.status, str(error.sentence))
    _changed(request)
    say(request, _("That is you now."))
    return see(request, "/me/settings")


@require_POST
def remove_photo(request: Request) -> HttpResponse:
    """Show initials again."""
    change_profile(request.viewer, photo="")
    _changed(request)
    return see(request, "/me/settings")
