"""What one offers as a mentor, and what one would like to learn."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from watercooler.foundation.base.errors import Invalid
from watercooler.foundation.base.pages import Request, page, say, see
from watercooler.foundation.base.sent import tried
from watercooler.places.mentoring import acts
from watercooler.places.mentoring.acts.asking import is_resting
from watercooler.places.mentoring.forms import OfferForm, WishForm
from watercooler.places.mentoring.models import MenteeProfile, Mentoring, MentorProfile, State, Way
from watercooler.places.mentoring.views.access import members_only
from watercooler.spine.people.models import Person

LISTS = ("helps_with", "wants", "languages")


def _initial(found: Any, names: tuple[str, ...]) -> dict[str, Any]:
    values = {name: getattr(found, name) for name in names}
    return {name: ", ".join(value) if name in LISTS else value for name, value in values.items()}


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def offer(request: Request) -> HttpResponse:
    """Show and change what one offers as a mentor."""
    viewer = request.viewer
    profile = MentorProfile.objects.filter(pk=viewer.person_id).first()
    form = OfferForm(request.POST or None, initial=_offered(viewer.person_id, profile))
    if request.method == "POST" and tried(request, form, lambda: acts.offer(viewer, **form.facts())):
        if profile:
            say(request, _("Saved."))
        else:
            say(request, _("You are a mentor. Whoever may fit finds you from now on."))
        return see(request, "/mentoring")
    return page(
        request,
        "mentoring/offer.html",
        status=422 if form.errors else 200,
        place="people",
        form=form,
        profile=profile,
        is_resting=profile is not None and is_resting(profile),
    )


def _offered(person_id: int, profile: MentorProfile | None) -> dict[str, Any]:
    if profile is not None:
        return _initial(profile, ("helps_with", "note", "ways", "rhythm", "languages", "places", "free_from"))
    person = Person.objects.get(pk=person_id)
    # Who was mentored passes on what they reached.
    learnt = Mentoring.objects.filter(mentee=person, state=State.CLOSED).values_list("wants", flat=True)
    words = list(dict.fromkeys([*person.offers, *(each for wants in learnt for each in wants)]))[:8]
    return {
        "helps_with": ", ".join(words),
        "languages": ", ".join(person.languages),
        "ways": [Way.REMOTE.value],
        "rhythm": "fortnightly",
    }


@require_POST
@members_only
def pause(request: Request) -> HttpResponse:
    """Be asked by nobody new, until a day or until one says so."""
    typed = request.POST.get("until", "")
    try:
        until = date.fromisoformat(typed) if typed else None
    except ValueError:
        raise Invalid(_("Write the day as 2030-01-14."), field="until") from None
    if acts.pause(request.viewer, until):
        say(request, _("Paused. Nobody new asks you; those you mentor stay."), "/mentoring/mentor/paused/undo")
    return see(request, "/mentoring")


@require_POST
@members_only
def go_on(request: Request) -> HttpResponse:
    """Be asked again."""
    if acts.go_on(request.viewer):
        say(request, _("You can be asked again."))
    return see(request, "/mentoring")


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def wishes(request: Request) -> HttpResponse:
    """Show and change what one would like to learn."""
    viewer = request.viewer
    form = WishForm(request.POST or None, initial=_wished(viewer.person_id))
    if request.method == "POST" and tried(request, form, lambda: acts.wish(viewer, **form.facts())):
        return see(request, "/mentoring/mentors")
    return page(request, "mentoring/wishes.html", status=422 if form.errors else 200, place="people", form=form)


def _wished(person_id: int) -> dict[str, Any]:
    found = MenteeProfile.objects.filter(pk=person_id).first()
    if found is not None:
        return _initial(found, ("wants", "about", "ways", "rhythm", "languages", "with_own_line"))
    person = Person.objects.get(pk=person_id)
    return {"wants": ", ".join(person.wants_to_learn[:5]), "languages": ", ".join(person.languages)}
