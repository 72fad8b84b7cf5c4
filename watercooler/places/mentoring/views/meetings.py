"""Meetings: planning, moving, how it went, what is kept, and the calendar file."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from watercooler.foundation.base.pages import Request, page, say, see
from watercooler.foundation.base.sent import number, tried
from watercooler.foundation.base.viewer import Viewer
from watercooler.places.mentoring import acts, calendar, reads
from watercooler.places.mentoring.forms import MeetingForm, local
from watercooler.places.mentoring.models import Meeting, MeetingState, Mentoring, State
from watercooler.places.mentoring.views.access import members_only, own, own_meeting
from watercooler.places.mentoring.views.words import words


def _url(meeting: Meeting) -> str:
    return f"{meeting.mentoring.url}/meetings/{meeting.pk}"


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def plan(request: Request, pk: int) -> HttpResponse:
    """Plan the next meeting."""
    ours, viewer = own(request, pk), request.viewer
    if ours.state not in (State.AGREEING, State.RUNNING):
        raise Http404
    zone = reads.home_zone(viewer)
    standing = reads.pair(viewer, ours).standing
    form = MeetingForm(zone, request.POST or None, initial={"minutes": standing.minutes if standing else 30})
    if request.method == "POST" and tried(request, form, lambda: acts.plan(viewer, ours, **form.cleaned_data)):
        say(request, _("Planned. Put it into your calendar from here."))
        return see(request, ours.url)
    return _form(request, ours, form, zone)


def _form(
    request: Request, ours: Mentoring, form: MeetingForm, zone: str, meeting: Meeting | None = None
) -> HttpResponse:
    other = ours.other(request.viewer.person_id)
    return page(
        request,
        "mentoring/plan.html",
        status=422 if form.errors else 200,
        place="people",
        one=ours,
        other=other,
        form=form,
        zone=zone,
        meeting=meeting,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def move(request: Request, pk: int, meeting_id: int) -> HttpResponse:
    """Change when and where a planned meeting is."""
    meeting, viewer = own_meeting(request, pk, meeting_id), request.viewer
    if meeting.state != MeetingState.PLANNED or not meeting.mentoring.is_open:
        raise Http404
    zone = reads.home_zone(viewer)
    begun = {name: getattr(meeting, name) for name in ("minutes", "place", "about")}
    form = MeetingForm(zone, request.POST or None, initial={**begun, "starts_at": local(meeting.starts_at, zone)})
    if request.method == "POST" and tried(request, form, lambda: acts.move(viewer, meeting, **form.cleaned_data)):
        say(request, _("Changed. %(name)s is told.") % {"name": meeting.mentoring.other(viewer.person_id).name})
        return see(request, _url(meeting))
    return _form(request, meeting.mentoring, form, zone, meeting)


@require_safe
@members_only
def show(request: Request, pk: int, meeting_id: int) -> HttpResponse:
    """Show one meeting, with what both keep of it and what one keeps for oneself."""
    meeting = own_meeting(request, pk, meeting_id)
    return page(
        request,
        "mentoring/meeting.html",
        place="people",
        meeting=meeting,
        one=meeting.mentoring,
        other=meeting.mentoring.other(request.viewer.person_id),
        own_note=reads.own_note(request.viewer, meeting),
        is_over=meeting.starts_at <= timezone.now(),
        is_open=meeting.mentoring.state in (State.AGREEING, State.RUNNING),
        **words(request.viewer),
    )


def _done(
    request: Request, pk: int, meeting_id: int, act: Callable[[Viewer, Meeting], None], said: str
) -> HttpResponse:
    meeting = own_meeting(request, pk, meeting_id)
    act(request.viewer, meeting)
    say(request, said)
    return see(request, _url(meeting))


@require_POST
@members_only
def call_off(request: Request, pk: int, meeting_id: int) -> HttpResponse:
    """Call a planned meeting off."""
    return _done(request, pk, meeting_id, acts.call_off, _("Called off. Plan another one when it suits you both."))


@require_POST
@members_only
def hold(request: Request, pk: int, meeting_id: int) -> HttpResponse:
    """Say that the two have met."""
    return _done(request, pk, meeting_id, acts.hold, _("Noted. What do you keep from it?"))


@require_POST
@members_only
def miss(request: Request, pk: int, meeting_id: int) -> HttpResponse:
    """Say that it did not come to the meeting."""
    return _done(request, pk, meeting_id, acts.miss, _("It happens. Plan the next one."))


@require_POST
@members_only
def note(request: Request, pk: int, meeting_id: int) -> HttpResponse:
    """Write what both keep."""
    meeting, sent = own_meeting(request, pk, meeting_id), request.POST
    acts.note(request.viewer, meeting, sent.get("shared_note", ""), number(sent.get("based_on", "")))
    say(request, _("Saved for both of you."))
    return see(request, _url(meeting))


@require_POST
@members_only
def note_alone(request: Request, pk: int, meeting_id: int) -> HttpResponse:
    """Write what one keeps for oneself."""
    meeting = own_meeting(request, pk, meeting_id)
    acts.note_alone(request.viewer, meeting, request.POST.get("own_note", ""))
    say(request, _("Saved for you alone."))
    return see(request, _url(meeting))


@require_safe
@members_only
def one_in_calendar(request: Request, pk: int, meeting_id: int) -> HttpResponse:
    """Give one meeting as a calendar file."""
    return _file(request, [own_meeting(request, pk, meeting_id)], f"meeting-{meeting_id}.ics")


@require_safe
@members_only
def all_in_calendar(request: Request, pk: int) -> HttpResponse:
    """Give all meetings of the two as a calendar file, those that were called off among them."""
    ours = own(request, pk)
    meetings = list(Meeting.objects.filter(mentoring=ours).order_by("starts_at", "pk"))
    for meeting in meetings:
        meeting.mentoring = ours
    return _file(request, meetings, f"mentoring-{pk}.ics")


def _file(request: Request, meetings: list[Meeting], name: str) -> HttpResponse:
    answer = HttpResponse(calendar.calendar(meetings, request.viewer.person_id), content_type=calendar.CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
