"""Putting an item at the top of its space, with the reason and a last day (R39)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from watercooler.foundation.base.errors import NotAllowed
from watercooler.foundation.base.pages import Request, page, say, see
from watercooler.places.space.forms import HighlightForm
from watercooler.places.space.views.found import back
from watercooler.spine.content.acts import highlight, may_highlight, take_down
from watercooler.spine.content.models import Highlight, Item


def _item(request: Request, item_id: int) -> Item:
    found = Item.objects.visible_to(request.viewer).top().select_related("space__owner")
    return get_object_or_404(found, pk=item_id)


@require_http_methods(["GET", "HEAD", "POST"])
def highlighted(request: Request, item_id: int) -> HttpResponse:
    """Show the reason and the last day, and put the item up."""
    item = _item(request, item_id)
    if not may_highlight(request.viewer, item):
        raise NotAllowed(_("Only a host can highlight things here."))
    standing = Highlight.objects.filter(item=item, space_id=item.space_id).first()
    initial = {"note": standing.note, "ends_on": standing.ends_on, "is_pinned": standing.is_pinned} if standing else {}
    form = HighlightForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        highlight(request.viewer, item, **form.cleaned_data)
        say(
            request,
            _("It stands at the top of %(space)s") % {"space": item.space.name},
            f"/items/{item.pk}/highlighted/undo",
        )
        return see(request, item.space.url)
    return page(
        request,
        "space/highlight.html",
        status=422 if request.method == "POST" else 200,
        form=form,
        item=item,
        space=item.space,
        standing=standing,
    )


@require_POST
def taken_down(request: Request, item_id: int) -> HttpResponse:
    """Take an item off the top of its space."""
    item = _item(request, item_id)
    take_down(request.viewer, item)
    return back(request, item.space, _("Taken down"))
