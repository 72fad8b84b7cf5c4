"""The organisation's name and logo."""

from __future__ import annotations

import hashlib
import io
import re
from pathlib import Path

from django import forms
from django.conf import settings as django_settings
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from PIL import Image, ImageOps, UnidentifiedImageError

from watercooler.foundation.base.errors import Invalid, Refused, TooLarge
from watercooler.foundation.base.pages import Request, open_to_strangers, page, say, see
from watercooler.spine.people.acts import change_organisation
from watercooler.spine.people.models import Organisation
from watercooler.studio.administration.access import administrators_only

NAME = re.compile(r"[0-9a-f]{32}\.webp\Z")
SIDE = 192
MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 30_000_000
YEAR = 60 * 60 * 24 * 365


class HouseForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
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
                fields["logo"] = keep_logo(form.cleaned_data["logo"])
            change_organisation(request.viewer, **fields)
        except Refused as error:
            form.add_error(error.field or None, error.sentence)
        else:
            say(request, _("Kept."))
            return see(request, "/studio/settings")
    return page(request, "administration/house.html", status=422, form=form, house=house)


def keep_logo(upload: UploadedFile[bytes]) -> str:
    """Keep a logo as a small picture under its content's name, and return its address. Raises Invalid, TooLarge."""
    if (upload.size or 0) > MOST_BYTES:
        raise TooLarge(_("A logo may have at most 5 MB."), field="logo")
    try:
        picture = Image.open(upload, formats=("PNG", "WEBP", "JPEG"))
        if picture.width * picture.height > MOST_PIXELS:
            raise TooLarge(_("That logo has too many pixels. Make it smaller first."), field="logo")
        cut = ImageOps.contain(picture.convert("RGBA"), (SIDE, SIDE), Image.Resampling.LANCZOS)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise Invalid(_("That is not a PNG, WebP or JPEG picture."), field="logo") from None
    data = io.BytesIO()
    cut.save(data, "WEBP", lossless=True)
    name = f"{hashlib.sha256(data.getvalue()).hexdigest()[:32]}.webp"
    _folder().mkdir(parents=True, exist_ok=True)
    (_folder() / name).write_bytes(data.getvalue())
    return f"/logos/{name}"


def _folder() -> Path:
    return Path(django_settings.MEDIA_ROOT) / "logos"


@open_to_strangers
@require_GET
def logo(request: Request, name: str) -> FileResponse:
    """Send the logo, also to whoever stands at the door. Its name changes with its content."""
    path = _folder() / name
    if not NAME.fullmatch(name) or not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type="image/webp")
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response
