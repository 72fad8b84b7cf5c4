"""The organisation's name and logo."""

from __future__ import annotations

from django import forms
from django.http import FileResponse, Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from watercooler.foundation.base.errors import Refused
from watercooler.foundation.base.pages import Request, open_to_strangers, page, say, see
from watercooler.spine.people.acts import change_organisation
from watercooler.spine.people.models import Organisation
from watercooler.studio.administration import logos
from watercooler.studio.administration.access import administrators_only

YEAR = 60 * 60 * 24 * 365


class HouseForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=80, error_messages={"required": gettext_lazy("Type a name.")}
    )
    logo = forms.FileField(
        label=gettext_lazy("Logo"),
        required=False,
        help_text=gettext_lazy("A square PNG, WebP or JPEG. It stands beside the name, and on the sign-in page."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/webp,image/jpeg"}),
    )


@administrators_only
def settings(request: Request) -> HttpResponse:
    """Show or change the name and the logo."""
    house = Organisation.objects.get()
    if request.method != "POST":
        return page(request, "administration/house.html", form=HouseForm(initial={"name": house.name}), house=house)
    form = HouseForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            fields = {"name": form.cleaned_data["name"]}
            if "no_logo" in request.POST:
                fields["logo"] = ""
            elif form.cleaned_data["logo"]:
                fields["logo"] = logos.keep_logo(form.cleaned_data["logo"], form.cleaned_data["logo"].size or 0)
            change_organisation(request.viewer, **fields)
        except Refused as error:
            form.add_error(error.field or None, error.sentence)
        else:
            say(request, _("Kept."))
            return see(request, "/studio/settings")
    return page(request, "administration/house.html", status=422, form=form, house=house)


@open_to_strangers
@require_GET
def logo(request: Request, name: str) -> FileResponse:
    """Send the logo, also to whoever stands at the door. Its name changes with its content."""
    path = logos.folder() / name
    if not logos.NAME.fullmatch(name) or not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type="image/webp")
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response
