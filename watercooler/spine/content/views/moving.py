"""Taking something to another space, with all that was said below it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.pages import Request, is_fragment, page, say, see
from watercooler.spine.content import acts
from watercooler.spine.content.found import readable
from watercooler.spine.content.models import Item
from watercooler.spine.spaces.models import Space


@require_http_methods(["GET", "HEAD", "POST"])
def moved(request: Request, pk: int) -> HttpResponse:
    """Show where something can be taken (GET), or take it there (POST)."""
    item = readable(request.viewer, pk)
    if not acts.may_move(request.viewer, item):
        raise NotAllowed(_("Only its author or a host can move this."))
    places = acts.places_for(request.viewer, item)
    if request.method != "POST":
        return _page(request, item, places)
    to = next((space for space in places if space.slug == request.POST.get("space", "")), None)
    if to is None:
        refused = Invalid(_("Choose where it should go."), field="space")
        if is_fragment(request):
            raise refused
        return _page(request, item, places, str(refused.sentence))
    acts.move(request.viewer, item, to)
    say(request, _("It is in %(space)s now.") % {"space": _name(request, to)}, undo=f"/items/{item.pk}/moved/undo")
    return see(request, item.url)


@require_POST
def moved_back(request: Request, pk: int) -> HttpResponse:
    """Take something back to where one took it from."""
    item = readable(request.viewer, pk)
    if not acts.move_back(request.viewer, item):
        raise Http404
    say(request, _("It is back in %(space)s.") % {"space": _name(request, item.space)})
    return see(request, item.url)


def _name(request: Request, space: Space) -> str:
    return _("My wall and blog") if space.pk == request.viewer.wall_id else space.name


def _page(request: Request, item: Item, places: list[Space], refused: str = "") -> HttpResponse:
    shown = [(space.slug, _name(request, space), space.access) for space in places]
    status = 422 if refused else 200
    return page(request, "content/move.html", status=status, item=item, places=shown, refused=refused)
