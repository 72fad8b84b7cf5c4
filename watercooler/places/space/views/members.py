"""Who is in a space, who asks to be, and inviting people."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.pages import Request, is_fragment, page
from watercooler.foundation.base.templates import render
from watercooler.places.space.insiders import after as later
from watercooler.places.space.insiders import inside
from watercooler.places.space.views.found import back, find, find_hosted, page_of
from watercooler.places.space.views.show import hero
from watercooler.projections.feed.reads import Place
from watercooler.spine.people.models import Person
from watercooler.spine.spaces import acts
from watercooler.spine.spaces.models import Membership, Space, Standing

MANY = 40
PICKED = 12


def members(request: Request, slug: str) -> HttpResponse:
    """Show who is in a space, hosts first, then the newest; for hosts also who asks to be let in."""
    found = page_of(request.viewer, slug, "nothing")
    space = found.space
    if not space.may_read:
        raise Http404
    words = request.GET.get("q", "")[:80].replace("\0", "").strip()
    people = inside(space.id, words)
    place = Place.read(request.GET.get("after"))
    lines = list(later(people, place)[: MANY + 1])
    last = lines[MANY - 1] if len(lines) > MANY else None
    more = f"?{'q=' + words + '&' if words else ''}after={Place(last.rank, last.pk)}" if last else ""
    shown = {"lines": lines[:MANY], "words": words, "more": f"{space.url}members{more}" if more else "", "space": space}
    if is_fragment(request):
        return HttpResponse(render("space/members_list.html", viewer=request.viewer, **shown))
    waiting = Membership.objects.filter(space_id=space.id, standing=Standing.REQUESTED).select_related("person__site")
    invited = Membership.objects.filter(space_id=space.id, standing=Standing.INVITED).select_related("person__site")
    return page(
        request,
        "space/members.html",
        waiting=list(waiting.order_by("since")[:50]) if space.is_host else [],
        invited=list(invited.order_by("-since")[:20]) if space.is_host else [],
        **{**hero(space, "members"), **shown},
    )


def _person(handle: str) -> Person:
    person = Person.objects.filter(handle__iexact=handle, is_active=True).first()
    if person is None:
        raise Http404
    return person


@require_POST
def standing(request: Request, slug: str, handle: str, standing: str) -> HttpResponse:
    """Make an insider host or member, or send them out. Hosts only."""
    space, person = find_hosted(request.viewer, slug), _person(handle)
    wanted = {"host": Standing.HOST, "member": Standing.MEMBER, "out": None}
    if standing not in wanted:
        raise Http404
    acts.change_standing(request.viewer, space, person, wanted[standing])
    said = {
        "host": _("%(name)s is a host now"),
        "member": _("%(name)s is a member now"),
        "out": _("%(name)s is no longer in this space"),
    }
    return back(request, space, said[standing] % {"name": person.name})


@require_POST
def request_answered(request: Request, slug: str, handle: str, answer: str) -> HttpResponse:
    """Let somebody in who asked, or say not now. Hosts only."""
    space, person = find_hosted(request.viewer, slug), _person(handle)
    if answer == "yes":
        acts.let_in(request.viewer, space, person)
        return back(request, space, _("%(name)s is in") % {"name": person.name})
    if answer == "no":
        acts.turn_away(request.viewer, space, person)
        return back(request, space, _("%(name)s was told: not now") % {"name": person.name})
    raise Http404


def invitations(request: Request, slug: str) -> HttpResponse:
    """Find people (GET, with or without script) and invite those picked (POST)."""
    viewer = request.viewer
    space = find(viewer, slug)
    if request.method == "POST":
        picked = Person.objects.filter(handle__in=request.POST.getlist("person")[:50], is_active=True)
        if not picked:
            raise Invalid(_("Pick at least one person."), field="person")
        count = acts.invite(viewer, space, picked, note=request.POST.get("note", ""))
        said = ngettext("%(count)s person invited", "%(count)s people invited", count) % {"count": count}
        return back(request, space, said)
    if not acts.may_invite(viewer, space):
        raise NotAllowed(_("Only a host can invite people here."))
    found = page_of(viewer, slug, "nothing")
    words = request.GET.get("q", "")[:80].replace("\0", "").strip()
    chosen = request.GET.getlist("person")[:50]
    shown: dict[str, Any] = {"people": _others(space, words, chosen), "words": words, "picked": chosen}
    if is_fragment(request):
        return HttpResponse(render("space/pick_list.html", viewer=viewer, **shown))
    return page(request, "space/invite.html", **hero(found.space, "invite"), **shown)


def _others(space: Space, words: str, picked: list[str]) -> list[Person]:
    """Return those picked so far, then people by name who have nothing to do with the space yet.

    Without words these are of its owner's unit.
    """
    known = Membership.objects.filter(space=space).values("person_id")
    others = Person.objects.filter(is_active=True).exclude(pk__in=known).select_related("site").order_by("name", "pk")
    named = Q(name__icontains=words) | Q(job__icontains=words) if words else Q(unit=space.owner.unit_id)
    chosen = list(others.filter(handle__in=picked)) if picked else []
    return [*chosen, *others.filter(named).exclude(handle__in=picked)[:PICKED]]
