"""One's own mentoring, the list of who may fit, and asking."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from watercooler.foundation.base.pages import Request, fragment, new_key, page, say, see
from watercooler.foundation.base.sent import sent_with, tried
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Role
from watercooler.places.mentoring import acts, reads
from watercooler.places.mentoring.acts.asking import MOST_ASKED, is_resting
from watercooler.places.mentoring.forms import AskForm, listed
from watercooler.places.mentoring.matching import Wanted, matches
from watercooler.places.mentoring.models import MenteeProfile, Mentoring, MentorProfile, State
from watercooler.places.mentoring.views.access import members_only
from watercooler.places.mentoring.views.words import words

BESIDE = 3


@require_safe
@members_only
def home(request: Request) -> HttpResponse:
    """Show one's own mentoring: what waits, what runs, who may fit, and what one offers."""
    viewer = request.viewer
    mine = reads.mine(viewer)
    profile = MentorProfile.objects.filter(pk=viewer.person_id).first()
    wishes = MenteeProfile.objects.filter(pk=viewer.person_id).first()
    wanted = reads.wanted_by(viewer)
    has_mentor = any(not row.is_mentor for row in mine.current)
    return page(
        request,
        "mentoring/home.html",
        place="people",
        mine=mine,
        profile=profile,
        is_resting=profile is not None and is_resting(profile),
        wishes=wishes,
        wanted=wanted,
        found=matches(viewer, wanted, BESIDE) if wanted.wants and not has_mentor else [],
        has_mentor=has_mentor,
        was_mentored=any(not row.is_mentor and row.mentoring.state == State.CLOSED for row in mine.past),
        sees_numbers=viewer.role >= Role.LEAD,
        **words(request.viewer),
    )


@require_safe
@members_only
def mentors(request: Request) -> HttpResponse:
    """Show the mentors with a place free who fit, best first, each with the reasons."""
    viewer = request.viewer
    typed = clean_line(request.GET.get("q", ""))[:300]
    wishes = reads.wanted_by(viewer)
    wanted = replace(wishes, wants=tuple(listed(typed)[:5])) if typed else wishes
    everybody = request.GET.get("show") == "all"
    asked: Wanted = replace(wanted, wants=()) if everybody else wanted
    return page(
        request,
        "mentoring/mentors.html",
        place="people",
        words=typed or ", ".join(wishes.wants),
        wanted=asked,
        found=matches(viewer, asked),
        waiting=Mentoring.objects.filter(mentee_id=viewer.person_id, state=State.ASKED).count(),
        most=MOST_ASKED,
        **words(request.viewer),
    )


def _offer(request: Request, handle: str) -> reads.Offer:
    found = reads.offer_of(request.viewer, handle)
    if found is None:
        raise Http404
    return found


@require_safe
@members_only
def beside(request: Request, handle: str) -> HttpResponse:
    """Show on somebody's profile what they offer as a mentor; nothing for who is none."""
    found = reads.offer_of(request.viewer, handle)
    is_me = found is not None and found.person.pk == request.viewer.person_id
    return fragment(
        request,
        "mentoring/beside.html",
        otherwise=f"/mentoring/ask/{handle}",
        offer=found,
        is_me=is_me,
        **words(request.viewer),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def ask(request: Request, handle: str) -> HttpResponse:
    """Show what somebody offers, why they may fit, and the form of the request."""
    offer, viewer = _offer(request, handle), request.viewer
    is_me = offer.person.pk == viewer.person_id
    wanted = reads.wanted_by(viewer)
    form = AskForm(request.POST or None, initial=_begun(viewer.person_id, wanted))
    if request.method == "POST":

        def send() -> None:
            key = sent_with(request)["key"]
            wants = listed(form.cleaned_data["wants"])
            acts.ask(viewer, offer.person, form.cleaned_data["note"], wants, key)

        if tried(request, form, send):
            say(request, _("Sent. %(name)s has two weeks to answer.") % {"name": offer.person.name})
            return see(request, "/mentoring")
    # By everybody who may fit, not only the first twenty: the reasons of this one are wanted.
    fits = [] if is_me else matches(viewer, wanted, most=2000)
    return page(
        request,
        "mentoring/ask.html",
        status=422 if form.errors else 200,
        place="people",
        offer=offer,
        is_me=is_me,
        form=form,
        match=next((each for each in fits if each.mentor.id == offer.person.pk), None),
        key=new_key(),
        **words(request.viewer),
    )


def _begun(person_id: int, wanted: Wanted) -> dict[str, Any]:
    wishes = MenteeProfile.objects.filter(pk=person_id).first()
    return {"wants": ", ".join(wanted.wants), "note": wishes.about if wishes else ""}
