"""The page of two people: the answer, what they agree, goals, the end, and what they say of it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from watercooler.foundation.base.errors import Stale
from watercooler.foundation.base.pages import Request, page, say, see
from watercooler.foundation.base.sent import number, tried
from watercooler.places.mentoring import acts, reads
from watercooler.places.mentoring.forms import AgreementForm, CloseForm, DeclineForm, FeedbackForm
from watercooler.places.mentoring.matching import Wanted, matches
from watercooler.places.mentoring.models import Mentoring, MentorProfile, State
from watercooler.places.mentoring.views.access import leads_only, members_only, own, own_goal
from watercooler.places.mentoring.views.words import words
from watercooler.spine.people.models import Person

SUGGESTED = 4
STEPS = (0, 25, 50, 75, 100)


@require_safe
@members_only
def show(request: Request, pk: int) -> HttpResponse:
    """Show how it stands between the two."""
    ours = own(request, pk)
    pair = reads.pair(request.viewer, ours)
    profile = MentorProfile.objects.filter(pk=request.viewer.person_id).first()
    return page(
        request,
        "mentoring/show.html",
        place="people",
        pair=pair,
        one=ours,
        free=profile.free if profile else 0,
        is_mentor_too=profile is not None,
        suggests=ours.suggested is not None and reads.offer_of(request.viewer, ours.suggested.handle) is not None,
        steps=STEPS,
        step_words=[_("Not begun"), _("Begun"), _("Half way"), _("Nearly there"), _("Reached")],
        **words(request.viewer),
    )


@require_POST
@members_only
def accept(request: Request, pk: int) -> HttpResponse:
    """Say yes."""
    ours = acts.accept(request.viewer, own(request, pk), request.POST.get("answer", ""))
    say(request, _("You said yes. Now write down together what you want to reach."))
    return see(request, f"{ours.url}/agreement")


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def decline(request: Request, pk: int) -> HttpResponse:
    """Say no, in kind words, and perhaps name somebody else."""
    ours, viewer = own(request, pk), request.viewer
    if ours.mentor_id != viewer.person_id or ours.state != State.ASKED:
        raise Http404
    others = [
        (match.mentor.handle, f"{match.mentor.name} · {', '.join(match.mentor.helps_with[:3])}")
        for match in matches(viewer, Wanted(tuple(ours.wants)), SUGGESTED + 1)
        if match.mentor.id != ours.mentee_id
    ][:SUGGESTED]
    form = DeclineForm(others, request.POST or None, initial={"suggested": ""})
    if request.method == "POST":

        def send() -> None:
            handle = form.cleaned_data.get("suggested")
            suggested = Person.objects.filter(handle=handle, is_active=True).first() if handle else None
            acts.decline(viewer, ours, form.cleaned_data["answer"], suggested)

        if tried(request, form, send):
            say(request, _("Answered. %(name)s is free to ask somebody else.") % {"name": ours.mentee.name})
            return see(request, "/mentoring")
    return _form(request, "mentoring/decline.html", ours, form)


def _form(request: Request, template: str, ours: Mentoring, form: Any, **more: Any) -> HttpResponse:
    other = ours.other(request.viewer.person_id)
    status = 422 if form.errors else 200
    return page(request, template, status=status, place="people", one=ours, other=other, form=form, **more)


@require_POST
@members_only
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take one's request back."""
    ours = acts.withdraw(request.viewer, own(request, pk))
    say(request, _("Taken back. %(name)s need not answer.") % {"name": ours.mentor.name})
    return see(request, "/mentoring")


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def agreement(request: Request, pk: int) -> HttpResponse:
    """Write the first version of an agreement, or the next one, beginning with what stands there."""
    ours, viewer = own(request, pk), request.viewer
    if ours.state not in (State.AGREEING, State.RUNNING):
        raise Http404
    pair = reads.pair(viewer, ours)
    form = AgreementForm(request.POST or None, initial=_terms(pair))
    newer = False
    if request.method == "POST":
        try:
            if tried(request, form, lambda: acts.propose(viewer, ours, **form.facts())):
                say(request, _("Written down. It counts when %(name)s agrees too.") % {"name": pair.other.name})
                return see(request, ours.url)
        except Stale as refused:
            form.add_error(None, refused.sentence)
            newer = True
    return _form(request, "mentoring/agreement.html", ours, form, pair=pair, newer=newer, **words(request.viewer))


def _terms(pair: reads.Pair) -> dict[str, Any]:
    """Return what the form begins with: the newest version, with the goals that stand now; else what was asked for."""
    newest = pair.versions[0] if pair.versions else None
    if newest is None:
        offered = MentorProfile.objects.filter(pk=pair.mentoring.mentor_id).first()
        ways = offered.ways if offered else []
        rhythm = offered.rhythm if offered else "fortnightly"
        return {"rhythm": rhythm, "minutes": 30, "months": 6, "ways": ways, "based_on": 0}
    standing = [goal.words for goal in pair.goals if goal.reached_at is None]
    goals = standing if newest.is_agreed and standing else newest.goals
    names = ("rhythm", "minutes", "months", "ways", "between_us")
    return {
        **{name: getattr(newest, name) for name in names},
        "goals": "\n".join(goals),
        "based_on": newest.version,
    }


@require_POST
@members_only
def agree(request: Request, pk: int) -> HttpResponse:
    """Agree with the newest version."""
    ours = own(request, pk)
    if acts.agree(request.viewer, ours, number(request.POST.get("version", ""))):
        say(request, _("Agreed. Plan when you meet first."))
    return see(request, ours.url)


@require_POST
@members_only
def set_goal(request: Request, pk: int) -> HttpResponse:
    """Set one more goal."""
    ours = own(request, pk)
    acts.set_goal(request.viewer, ours, request.POST.get("words", ""))
    return see(request, f"{ours.url}#goals")


@require_POST
@members_only
def move_goal(request: Request, pk: int, goal_id: int) -> HttpResponse:
    """Say how far a goal has come."""
    goal = own_goal(request, pk, goal_id)
    if acts.move_goal(request.viewer, goal, number(request.POST.get("progress", ""))).reached_at:
        say(request, _("Reached. Well done, both of you."))
    return see(request, f"{goal.mentoring.url}#goals")


@require_POST
@members_only
def let_goal_go(request: Request, pk: int, goal_id: int) -> HttpResponse:
    """Let a goal go."""
    goal = acts.let_goal_go(request.viewer, own_goal(request, pk, goal_id))
    return see(request, f"{goal.mentoring.url}#goals")


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def close(request: Request, pk: int) -> HttpResponse:
    """Close it, at its end or early."""
    ours, viewer = own(request, pk), request.viewer
    if ours.state not in (State.AGREEING, State.RUNNING):
        raise Http404
    form = CloseForm(request.POST or None, initial={"ending": "early" if ours.state == State.AGREEING else "finished"})
    if request.method == "POST" and tried(request, form, lambda: acts.close(viewer, ours, **form.cleaned_data)):
        say(request, _("Closed. The place is free again."))
        return see(request, f"{ours.url}/feedback")
    return _form(request, "mentoring/close.html", ours, form)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def feedback(request: Request, pk: int) -> HttpResponse:
    """Say how it was."""
    ours, viewer = own(request, pk), request.viewer
    if ours.state != State.CLOSED:
        raise Http404
    form = FeedbackForm(request.POST or None)
    if request.method == "POST" and tried(request, form, lambda: acts.give_feedback(viewer, ours, **form.cleaned_data)):
        other = ours.other(viewer.person_id)
        say(request, _("Thank you. %(name)s reads it.") % {"name": other.name} if other.is_active else _("Saved."))
        return see(request, ours.url)
    return _form(request, "mentoring/feedback.html", ours, form)


@require_safe
@leads_only
def numbers(request: Request) -> HttpResponse:
    """Show how mentoring goes, in counts of five and more."""
    return page(request, "mentoring/numbers.html", place="people", numbers=reads.numbers())
