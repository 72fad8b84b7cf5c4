"""Handing something on, and what became of it."""

from __future__ import annotations

import re

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from watercooler.foundation.base.errors import Invalid
from watercooler.foundation.base.pages import Request, is_fragment, page
from watercooler.foundation.base.sent import tried
from watercooler.foundation.base.templates import render
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import EVERYONE, Role
from watercooler.spine.content.models import Item
from watercooler.spine.people.models import Person
from watercooler.spine.social import acts
from watercooler.spine.social.forms import RecommendForm
from watercooler.spine.social.models import Recommendation
from watercooler.spine.social.reads.connections import acquaintances_first
from watercooler.spine.social.views.answering import done, readable
from watercooler.spine.spaces.models import Purpose, Space

OFFERS = 8
HANDLE = re.compile(r"@([a-z0-9._-]+)")


@require_http_methods(["GET", "HEAD", "POST"])
def recommend(request: Request, item_id: int) -> HttpResponse:
    """Show the form with what the viewer handed on before, and hand on."""
    item = readable(request, item_id)
    form = RecommendForm(initial={"to": request.GET.get("to", "")[:160]})
    if request.method == "POST":
        form = RecommendForm(request.POST)
        made: list[Recommendation] = []
        if tried(request, form, lambda: made.append(_hand_on(request, item, form.cleaned_data))):
            sentence = _("Sent to %(name)s.") % {"name": made[0].to_person or made[0].to_space}
            return done(request, item, sentence, f"/items/{item.pk}/recommend/{made[0].pk}/undo")
    context = {"item": item, "form": form}
    if is_fragment(request):
        return HttpResponse(render("social/recommend_form.html", viewer=request.viewer, **context))
    status = 422 if form.errors else 200
    return page(request, "social/recommend.html", place="spaces", status=status, sent=_sent(request, item), **context)


def _hand_on(request: Request, item: Item, data: dict[str, str]) -> Recommendation:
    return acts.recommend(request.viewer, item, receiver(request, item, data["to"]), data["note"])


def _sent(request: Request, item: Item) -> QuerySet[Recommendation]:
    mine = Recommendation.objects.filter(item=item, sender_id=request.viewer.person_id, taken_back_at=None)
    return mine.select_related("to_person", "to_space").order_by("-id")[:50]


def people_who_read(request: Request, item: Item) -> QuerySet[Person]:
    """Return the active people who could open the item, the viewer left out."""
    people = Person.objects.filter(is_active=True).exclude(pk=request.viewer.person_id)
    inside = Q(memberships__space_id=item.space_id, memberships__standing__in=["host", "member"])
    if item.audience != EVERYONE or not request.viewer.is_member:
        return people.filter(inside).distinct()
    return people.filter(inside | Q(role__gte=Role.MEMBER)).distinct()


def spaces_for(request: Request, item: Item) -> QuerySet[Space]:
    """Return the spaces the viewer is in whose people may all open the item."""
    mine = Space.objects.filter(pk__in=request.viewer.space_ids, purpose=Purpose.SPACE, archived_at=None)
    return mine if item.audience == EVERYONE else mine.filter(pk=item.space_id)


def receiver(request: Request, item: Item, typed: str) -> Person | Space:
    """Return whom a typed name means. Raises Invalid if it means nobody, or more than one."""
    typed = clean_line(typed)
    people = people_who_read(request, item)
    if handle := HANDLE.search(typed.lower()):
        if found := people.filter(handle=handle[1]).first():
            return found
        raise Invalid(_("Nobody with the handle @%(handle)s can open this.") % {"handle": handle[1]}, field="to")
    if space := spaces_for(request, item).filter(name__iexact=typed).first():
        return space
    alike = people.filter(name__icontains=typed).order_by("name")
    named = list(people.filter(name__iexact=typed)[:2]) or list(alike[:6])
    if not named:
        raise Invalid(_("Nobody called “%(name)s” can open this.") % {"name": typed}, field="to")
    if len(named) > 1:
        which = ", ".join(f"{one.name} (@{one.handle})" for one in named[:5])
        raise Invalid(_("More than one: %(names)s. Add the handle.") % {"names": which}, field="to")
    return named[0]


@require_safe
def offers(request: Request, item_id: int) -> HttpResponse:
    """Return people and spaces whose names go like what is being typed, as options."""
    item = readable(request, item_id)
    typed = clean_line(request.GET.get("to", "")).lstrip("@")[:80]
    people: list[Person] = []
    spaces: list[Space] = []
    if typed:
        like = Q(name__istartswith=typed) | Q(name__icontains=f" {typed}") | Q(handle__istartswith=typed)
        people = list(acquaintances_first(request.viewer, people_who_read(request, item).filter(like))[:OFFERS])
        spaces = list(spaces_for(request, item).filter(name__icontains=typed).order_by("name")[:OFFERS])
    return HttpResponse(render("social/offers.html", people=people, spaces=spaces, topics=[]))


@require_POST
def take_back(request: Request, item_id: int, recommendation_id: int) -> HttpResponse:
    item = readable(request, item_id)
    mine = Recommendation.objects.filter(item=item, sender_id=request.viewer.person_id)
    found = get_object_or_404(mine.select_related("item"), pk=recommendation_id)
    acts.take_back_recommendation(request.viewer, found)
    return done(request, item, _("Taken back. They no longer see it."))
