"""Connecting with a colleague, and introducing two to each other: their forms, and one address for each act."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from watercooler.foundation.base.pages import Request, is_fragment, page, say
from watercooler.foundation.base.sent import back, tried
from watercooler.foundation.base.templates import render
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Role
from watercooler.spine.people.models import Person
from watercooler.spine.people.naming import called_like, one_named
from watercooler.spine.social import acts
from watercooler.spine.social.forms import ConnectForm, IntroduceForm
from watercooler.spine.social.models import Introduction
from watercooler.spine.social.reads.connections import acquaintances_first, stands_with
from watercooler.spine.spaces.sight import known_to

OFFERS = 8
HANDLE = re.compile(r"@([a-z0-9._-]+)")


def colleague(request: Request, handle: str) -> Person:
    """Return an active person the viewer may know of and is not. Raises Http404."""
    people = Person.objects.filter(known_to(request.viewer), is_active=True).exclude(pk=request.viewer.person_id)
    return get_object_or_404(people, handle=handle)


def _answered(request: Request, person: Person, sentence: str, undo: str = "") -> HttpResponse:
    """Answer an act: to a script the buttons as they are now, else the page it came from with a toast."""
    if is_fragment(request):
        tie = stands_with(request.viewer, person.pk)
        toast = {"sentence": sentence, "undo": undo}
        return HttpResponse(render("social/tied.html", viewer=request.viewer, person=person, tie=tie, toast=toast))
    say(request, sentence, undo)
    return HttpResponseRedirect(back(request, person.url))


@require_http_methods(["GET", "HEAD", "POST"])
def connect(request: Request, handle: str) -> HttpResponse:
    """Show the form with its note, and ask."""
    person = colleague(request, handle)
    form = ConnectForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and tried(
        request, form, lambda: acts.connect(request.viewer, person, form.cleaned_data["note"])
    ):
        if stands_with(request.viewer, person.pk) == "connected":
            return _answered(request, person, _("You and %(name)s are connected.") % {"name": person.name})
        undo = f"{person.url}/connection/ended"
        return _answered(request, person, _("Asked. %(name)s decides.") % {"name": person.name}, undo)
    context = {"person": person, "form": form, "tie": stands_with(request.viewer, person.pk)}
    if is_fragment(request):
        return HttpResponse(render("social/connect_form.html", viewer=request.viewer, **context))
    return page(request, "social/connect.html", place="people", status=422 if form.errors else 200, **context)


Act = Callable[[Any, Person], bool]
TIES: dict[str, tuple[Act, Act]] = {
    "accepted": (acts.accept_connection, acts.reconsider_connection),
    "declined": (acts.decline_connection, acts.reconsider_connection),
    "ended": (acts.end_connection, acts.resume_connection),
}
"""What is done with a connection, by the last word of its address, and how it is taken back."""


def _said(what: str, person: Person) -> str:
    sentences = {
        "accepted": _("You and %(name)s are connected."),
        "declined": _("Not now, then. %(name)s is not told."),
        "ended": _("Done. %(name)s is not told."),
    }
    return sentences[what] % {"name": person.name}


@require_POST
def tie(request: Request, handle: str, what: str) -> HttpResponse:
    """Accept, decline or end. 404 where there is nothing of the sort."""
    person = colleague(request, handle)
    if not TIES[what][0](request.viewer, person):
        raise Http404
    return _answered(request, person, _said(what, person), f"{person.url}/connection/{what}/undo")


@require_POST
def untie(request: Request, handle: str, what: str) -> HttpResponse:
    """Take it back. 404 where there is nothing to take back, or no longer."""
    person = colleague(request, handle)
    if not TIES[what][1](request.viewer, person):
        raise Http404
    return _answered(request, person, _("As it was before."))


# Introductions


@require_http_methods(["GET", "HEAD", "POST"])
def introduce(request: Request, handle: str) -> HttpResponse:
    """Show the form, and introduce this person to a colleague."""
    person = colleague(request, handle)
    form = IntroduceForm(request.POST if request.method == "POST" else None, initial={"to": _named(request)})
    made: list[Introduction] = []
    if request.method == "POST" and tried(request, form, lambda: made.append(_introduced(request, person, form))):
        sentence = _("Introduced. Both read your note.")
        undo = f"/introductions/{made[0].pk}/taken-back"
        if is_fragment(request):
            return HttpResponse(render("base/toast.html", toast={"sentence": sentence, "undo": undo}))
        say(request, sentence, undo)
        return HttpResponseRedirect(back(request, person.url))
    context = {"person": person, "form": form}
    if is_fragment(request):
        return HttpResponse(render("social/introduce_form.html", viewer=request.viewer, **context))
    return page(request, "social/introduce.html", place="people", status=422 if form.errors else 200, **context)


def _named(request: Request) -> str:
    return clean_line(request.GET.get("to", ""))[:160]


def _introduced(request: Request, person: Person, form: IntroduceForm) -> Introduction:
    other = one_named(_others(request, person), form.cleaned_data["to"])
    return acts.introduce(request.viewer, person, other, form.cleaned_data["note"])


def _others(request: Request, person: Person) -> QuerySet[Person]:
    known = Person.objects.filter(known_to(request.viewer), is_active=True)
    return known.exclude(pk__in=[person.pk, request.viewer.person_id])


@require_safe
def offers(request: Request, handle: str) -> HttpResponse:
    """Return people whose names go like what is being typed, as options; those one is connected with first."""
    person = colleague(request, handle)
    typed = clean_line(request.GET.get("to", "")).lstrip("@")[:80]
    people: list[Person] = []
    if typed:
        people = list(acquaintances_first(request.viewer, _others(request, person).filter(called_like(typed)))[:OFFERS])
    return HttpResponse(render("social/offers.html", people=people, spaces=[], topics=[]))


@require_safe
def colleague_offers(request: Request) -> HttpResponse:
    """Return colleagues whose names go like what is being typed in a form's field, as options."""
    typed = clean_line(request.GET.get(next(iter(request.GET), ""), "")).lstrip("@")[:80]
    known = Person.objects.filter(known_to(request.viewer), is_active=True, role__gt=Role.GUEST.value)
    people = acquaintances_first(request.viewer, known.filter(called_like(typed)))[:OFFERS] if typed else []
    return HttpResponse(render("social/offers.html", people=people, spaces=[], topics=[]))


def _introduction(request: Request, number: int) -> Introduction:
    """Return a standing introduction of this viewer's. Raises Http404."""
    me = request.viewer.person_id
    mine = Introduction.objects.filter(Q(one_id=me) | Q(other_id=me), taken_back_at=None)
    return get_object_or_404(mine.select_related("one", "other"), pk=number)


def _went(request: Request, sentence: str, undo: str = "") -> HttpResponse:
    say(request, sentence, undo)
    return HttpResponseRedirect(back(request, "/me/connections/requests"))


@require_POST
def met(request: Request, number: int) -> HttpResponse:
    """Say yes to an introduction."""
    found = _introduction(request, number)
    other = found.other if found.one_id == request.viewer.person_id else found.one
    if acts.meet(request.viewer, found):
        return _went(request, _("You and %(name)s are connected.") % {"name": other.name})
    sentence = _("Good. As soon as %(name)s says yes too, you are connected.") % {"name": other.name}
    return _went(request, sentence, f"/introductions/{found.pk}/answered/undo")


@require_POST
def passed(request: Request, number: int) -> HttpResponse:
    """Say "not now" to an introduction. 404 once the two have met."""
    found = _introduction(request, number)
    if not acts.decline_introduction(request.viewer, found):
        raise Http404
    return _went(request, _("Not now, then. Nobody is told."), f"/introductions/{found.pk}/answered/undo")


@require_POST
def unanswered(request: Request, number: int) -> HttpResponse:
    """Take one's answer back. 404 where there is none, or the two have met."""
    if not acts.reconsider_introduction(request.viewer, _introduction(request, number)):
        raise Http404
    return _went(request, _("As it was before."))


@require_POST
def taken_back(request: Request, number: int) -> HttpResponse:
    """Take back an introduction of one's own. 404 once the two have met."""
    mine = Introduction.objects.filter(introducer_id=request.viewer.person_id, taken_back_at=None)
    if not acts.take_back_introduction(request.viewer, get_object_or_404(mine, pk=number)):
        raise Http404
    return _went(request, _("Taken back. They no longer see it."))
