"""Getting in and out, accepting the rules, and how much of a space one wants to hear."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from watercooler.foundation.base.pages import Request, page, say, see
from watercooler.places.space.views.found import back, find, page_of
from watercooler.places.space.views.show import hero
from watercooler.spine.spaces import acts
from watercooler.spine.spaces.models import Level, Membership, Standing


@require_http_methods(["GET", "HEAD", "POST"])
def joined(request: Request, slug: str) -> HttpResponse:
    """Show the rules and the way in (GET), or get in, or ask to be let in (POST)."""
    if request.method != "POST":
        found = page_of(request.viewer, slug, "nothing")
        return page(request, "space/join.html", **hero(found.space, "join"))
    space = find(request.viewer, slug)
    now = acts.join(request.viewer, space, note=request.POST.get("note", ""))
    if now == Standing.REQUESTED:
        return back(request, space, _("Asked. A host of %(space)s will answer.") % {"space": space.name})
    return back(request, space, _("You joined %(space)s") % {"space": space.name}, f"{space.url}joined/undo")


@require_POST
def left(request: Request, slug: str) -> HttpResponse:
    """Leave a space, take a request back, or decline an invitation; all can be undone for a while."""
    space = find(request.viewer, slug)
    mine = acts.standing_of(request.viewer, space)
    if mine is None or not acts.leave(request.viewer, space):
        return back(request, space)
    if mine.standing in Membership.INSIDE:
        sentence = _("You left %(space)s") % {"space": space.name}
    elif mine.standing == Standing.INVITED:
        sentence = _("Invitation declined")
    else:
        sentence = _("Request taken back")
    undo = f"{space.url}joined/again"
    if space.access == "secret":
        say(request, sentence, undo)
        return see(request, "/spaces")
    return back(request, space, sentence, undo)


@require_POST
def joined_again(request: Request, slug: str) -> HttpResponse:
    """Undo having left. A secret space is found again by having just left it."""
    space = acts.lately_left(request.viewer, slug)
    if space is None:
        raise Http404
    acts.come_back(request.viewer, space)
    return back(request, space, _("You are back in %(space)s") % {"space": space.name})


@require_POST
def rules(request: Request, slug: str) -> HttpResponse:
    """Accept the rules as they are now."""
    space = find(request.viewer, slug)
    acts.accept_rules(request.viewer, space)
    return back(request, space, _("Thank you"))


@require_POST
def level(request: Request, slug: str, level: str) -> HttpResponse:
    """Say how much of a space reaches one's inbox."""
    if level not in Level:
        raise Http404
    space = find(request.viewer, slug)
    acts.set_level(request.viewer, space, Level(level))
    return back(request, space, _("Your inbox: %(level)s") % {"level": Level(level).label})
