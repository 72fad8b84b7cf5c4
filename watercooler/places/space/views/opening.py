"""Opening a space, and pointing out those that are nearly the same."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.pages import Request, fragment, page, say, see
from watercooler.places.space.forms import NewSpaceForm
from watercooler.places.space.opening import open_space
from watercooler.places.space.starters import NOTHING, STARTERS, starter
from watercooler.spine.spaces.models import Access
from watercooler.spine.spaces.reads import similar


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Show the form for a space and open it. Near-duplicates are pointed out once, and allowed the second time."""
    viewer = request.viewer
    if not viewer.is_member:
        raise NotAllowed(_("Guests can’t open spaces; ask your sponsor."))
    form = NewSpaceForm(request.POST or None, viewer=viewer, initial={"parent": request.GET.get("parent")})
    near = []
    if request.method == "POST" and form.is_valid():
        near = similar(viewer, form.cleaned_data["name"]) if "anyway" not in request.POST else []
        if not near and (opened := _opened(request, form)) is not None:
            return opened
    return page(
        request,
        "space/new.html",
        status=422 if request.method == "POST" else 200,
        form=form,
        near=near,
        starters=[*STARTERS, NOTHING],
        chosen=form["template"].value(),
    )


def _opened(request: Request, form: NewSpaceForm) -> HttpResponse | None:
    values = dict(form.cleaned_data)
    try:
        space = open_space(
            request.viewer,
            starter(values.pop("template")),
            values.pop("owner"),
            **{**values, "access": Access(values["access"])},
        )
    except Invalid as error:
        form.add_error(error.field if error.field in form.fields else None, error.sentence)
        return None
    say(request, _("%(space)s is open") % {"space": space.name})
    return see(request, space.url)


@require_safe
def similar_names(request: Request) -> HttpResponse:
    """Show the spaces whose names are nearly what is being typed."""
    near = similar(request.viewer, request.GET.get("name", "")[:80].replace("\0", ""))
    return fragment(request, "space/similar.html", otherwise="/spaces/new", near=near, is_typing=True)
